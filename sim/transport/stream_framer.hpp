#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sim/sip/parse_error.hpp"

namespace trapezoid::transport {

/// How much of a stream one message may take. More is `TooLarge`, at the byte that is too many.
struct FramerLimits {
  /// One line with its CRLF; a fold begins a new one.
  std::size_t max_line_bytes = std::size_t{16} * 1024;
  std::size_t max_header_section_bytes = std::size_t{64} * 1024;  ///< Start line to empty line.
  std::size_t max_body_bytes = std::size_t{1024} * 1024;
  std::size_t max_message_bytes = std::size_t{1024} * 1024;  ///< Header section and body.
};

/// Finds the messages in the bytes of one connection by Content-Length (RFC 3261 §18.3), in
/// whatever pieces they arrive. Empty lines before a message are skipped (§7.5).
class StreamFramer {
 public:
  explicit StreamFramer(const FramerLimits& limits = {}) : limits_(limits) {}

  /// Takes the next bytes of the connection. Earlier views are invalid after this.
  void append(std::string_view bytes);

  /// The next whole message; nothing while its end has not arrived. An error means that the end of
  /// the message cannot be known: the connection is to be closed. It is given once, its offset
  /// counts from the message's first byte, and nothing follows it.
  std::optional<sip::Parsed<std::string_view>> next();

  /// Bytes of a message that is not whole yet; after an error, those of the wrong one and the rest,
  /// for whoever wants to answer it before closing.
  std::string_view pending() const { return std::string_view(buffer_).substr(begin_); }
  /// Whether an error has been given.
  bool is_broken() const { return is_broken_; }

 private:
  std::optional<sip::ParseError> scan_header_section();
  std::optional<sip::ParseError> read_content_length(std::string_view field, std::size_t offset);
  std::optional<sip::ParseError> end_header_section();
  void start_message();

  FramerLimits limits_;
  std::string buffer_;
  std::size_t begin_ = 0;        // of the message that is being read
  std::size_t line_begin_ = 0;   // of the line that is being read, from begin_
  std::size_t scanned_ = 0;      // bytes from begin_ that hold no further line end
  std::size_t candidate_ = 0;    // the first line that can be Content-Length; 0 is the start line
  std::size_t header_size_ = 0;  // 0 until the empty line has come
  std::optional<std::size_t> content_length_;
  bool is_broken_ = false;
};

}  // namespace trapezoid::transport
