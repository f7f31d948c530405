#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/base/result.hpp"
#include "sim/trace/trace.hpp"

namespace trapezoid::trace {

/// Where and why a text is no trace that this version reads.
struct TraceError {
  std::size_t line = 0;    ///< From 1 up; 0: the text as a whole.
  std::size_t column = 0;  ///< From 1 up, in bytes; 0 where only the pointer is known.
  std::string pointer;     ///< RFC 6901 pointer into that line's value; may be empty.
  std::string message;     ///< What is wrong and what was expected.

  friend bool operator==(const TraceError&, const TraceError&) = default;
};

/// "3:17: /cause: names no earlier event".
std::string to_string(const TraceError& error);

// Reading stops at these sizes, with an error.
constexpr std::size_t kMaxTraceBytes = std::size_t{1} << 30U;
constexpr std::size_t kMaxLineBytes = std::size_t{4} << 20U;
constexpr std::size_t kMaxLanes = 1000;

/// A trace as JSON Lines: the header, then one event a line, then the end. Equal traces give equal
/// bytes: keys stand in one order, numbers are integers, optional keys that say nothing are left
/// out.
std::string write_trace(const Trace& trace);

/// The trace that `text` holds: everything `write_trace` writes, with keys in any order. Refuses
/// unknown versions, events and keys, ids out of order, causes and lanes that do not exist, and a
/// text that was cut.
Result<Trace, TraceError> read_trace(std::string_view text);

/// Whether `text` begins like a trace: its first line is an object that names the format.
bool looks_like_trace(std::string_view text);

/// SHA-256 of `write_trace(trace)`, 64 hexadecimal digits.
std::string trace_sha256(const Trace& trace);

}  // namespace trapezoid::trace
