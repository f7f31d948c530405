#pragma once

#include <string>
#include <string_view>

#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"

// Words that the tests of messages share.
namespace trapezoid::sip {

/// The text with CRLF for LF: messages are written in tests as lines.
inline std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

/// The request or response; the test ends in an assertion when there is none.
inline Request parsed_request(std::string_view lines) {
  auto message = parse_message(with_crlf(lines));
  return std::get<Request>(std::move(message).value());
}
inline Response parsed_response(std::string_view lines) {
  auto message = parse_message(with_crlf(lines));
  return std::get<Response>(std::move(message).value());
}

/// The bytes with LF for CRLF, to be compared with lines.
inline std::string without_cr(std::string_view bytes) {
  std::string out;
  for (const char c : bytes)
    if (c != '\r') out += c;
  return out;
}

/// One error as one line: "byte 17: HCOLON ...", or "none".
inline std::string text_of(const std::optional<ParseError>& error) {
  return error ? to_string(*error) : "none";
}

/// Everything a message holds, one thing a line.
inline std::string dump(const Message& message) {
  std::string out;
  if (const auto* request = std::get_if<Request>(&message)) {
    out += "request [" + std::string(request->method_text()) + "] [";
    out += std::string(request->request_uri_text()) + "]";
  } else {
    const auto& response = std::get<Response>(message);
    out += "response [" + std::to_string(response.status()) + "] [";
    out += std::string(response.reason()) + "]";
  }
  const MessageBase& base = base_of(message);
  out += " [" + std::string(base.version_text()) + "]\n";
  for (const Field field : base.headers().fields())
    out += "[" + std::string(field.name) + "] [" + without_cr(field.value) + "]\n";
  out += "body [" + without_cr(base.body()) + "]\n";
  if (base.start_line_error()) out += "start line: " + text_of(base.start_line_error()) + "\n";
  if (base.header_error()) out += "header: " + text_of(base.header_error()) + "\n";
  if (base.framing_error()) out += "framing: " + text_of(base.framing_error()) + "\n";
  return out;
}

/// `dump` of what the lines parse to, or the error.
inline std::string dump_lines(std::string_view lines,
                              MessageBounds bounds = MessageBounds::Datagram) {
  const auto message = parse_message(with_crlf(lines), bounds);
  return message ? dump(*message) : "error: " + to_string(message.error()) + "\n";
}

}  // namespace trapezoid::sip
