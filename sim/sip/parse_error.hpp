#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/result.hpp"

namespace trapezoid::sip {

/// What went wrong in a text that should follow the grammar.
enum class ParseErrc : std::uint8_t {
  UnexpectedByte,  ///< The byte at `offset` does not fit `rule`.
  UnexpectedEnd,   ///< The text ends where `rule` needs more.
  OutOfRange,      ///< Well formed, but a number is too large or too small.
  Missing,         ///< A header field that was asked for is not there.
  TooLarge,        ///< A stated limit is exceeded.
  Duplicate,       ///< A field or parameter that may stand once stands twice.
};

/// Why input was rejected, and where. A value: it is returned, traced, and mapped to a response.
/// The views are literals and always valid.
struct ParseError {
  ParseErrc code{};           ///< What went wrong.
  std::size_t offset = 0;     ///< Byte offset in the message, or in the value for one header.
  std::string_view rule;      ///< RFC 3261 §25.1 production that failed, for example "via-parm".
  std::string_view expected;  ///< What would have been accepted at `offset`.

  friend bool operator==(const ParseError&, const ParseError&) = default;
};

/// "byte 17: via-parm: expected SEMI".
std::string to_string(const ParseError& error);

/// A value decoded from text, or where the text is wrong.
template <class T>
using Parsed = Result<T, ParseError>;

}  // namespace trapezoid::sip
