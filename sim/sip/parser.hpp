#pragma once

#include <cstddef>
#include <string_view>

#include "sim/sip/message.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Where a message ends, §18.3.
enum class MessageBounds {
  Datagram,  ///< With Content-Length, else with the datagram; bytes after the body are dropped.
  Stream,    ///< With Content-Length, which must be there.
};

/// Reads one message. `bytes` is copied: once, into the message.
///
/// Fails, with the offset in `bytes`, only when no fields can be found: no start line of any kind,
/// or a last line without its CRLF. A message with a wrong start line, a line that is no header
/// field, or a wrong length is still returned, with `start_line_error()`, `header_error()` or
/// `framing_error()`, for the 400 or 505 that it deserves. Field values are not looked at,
/// Content-Length excepted: `validate` does that.
Parsed<Message> parse_message(std::string_view bytes,
                              MessageBounds bounds = MessageBounds::Datagram);

}  // namespace trapezoid::sip
