#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "sim/sip/headers.hpp"
#include "sim/sip/method.hpp"
#include "sim/sip/parse_error.hpp"
#include "sim/sip/status.hpp"
#include "sim/sip/uri.hpp"

namespace trapezoid::sip {

/// What a parser found wrong with a message that it could read nevertheless.
struct ParseDefects {
  std::optional<ParseError> start_line;
  std::optional<ParseError> header;
  std::optional<ParseError> framing;
};

/// What requests and responses have in common: fields and a body. Views that come from a message
/// stay valid while it lives, edited or moved.
class MessageBase {
 public:
  const Headers& headers() const { return headers_; }
  Headers& headers() { return headers_; }

  /// Bytes, as many as the Content-Length said, or up to the end of the datagram.
  std::string_view body() const { return headers_.store_.view(body_); }
  /// Sets Content-Type and Content-Length too; an empty body has no Content-Type.
  void set_body(std::string_view body, std::string_view content_type);

  /// The bytes this message was parsed from, without what followed its body; empty if it was not.
  std::string_view original_bytes() const { return headers_.store_.original(); }

  /// What is wrong with the start line, at its offset in the message. Such a message can still be
  /// answered with a 400 or 505 where its fields are intact.
  const std::optional<ParseError>& start_line_error() const { return defects().start_line; }
  /// The first line of the header section that is no header field: one without a colon, or with a
  /// bare CR or LF. `fields()` has it, without a name where there is none.
  const std::optional<ParseError>& header_error() const { return defects().header; }
  /// What is wrong with the end of the message: a Content-Length that is no number, or is not the
  /// only one, or promises more bytes than came; or no empty line after the header section.
  const std::optional<ParseError>& framing_error() const { return defects().framing; }
  /// "SIP/2.0", or what stands in its place.
  std::string_view version_text() const { return headers_.store_.view(version_); }
  /// The start line without its end.
  std::string_view start_line_text() const;

 protected:
  friend class MessageParser;
  MessageBase() = default;
  explicit MessageBase(MessageStore&& store) : headers_(std::move(store)) {}

  /// The start line is `parts`, one after the other, from now on.
  void set_start_line(std::span<const std::string_view> parts);
  const ParseDefects& defects() const;
  std::string_view view(TextRange range) const { return headers_.store_.view(range); }
  MessageStore& store() { return headers_.store_; }
  const MessageStore& store() const { return headers_.store_; }
  void write(std::string& out) const;

  Headers headers_;
  TextRange start_line_;  // with its CRLF
  TextRange version_;
  TextRange body_;
  TextRange empty_line_;  // the CRLF before the body; size 0 where there was none
  std::shared_ptr<const ParseDefects> defects_;  // null when there are none, as almost always
};

/// A SIP request, RFC 3261 §7.1: a value that owns its bytes. Copying copies once; moving is cheap.
/// Nothing is checked here; `validate(request)` checks the mandatory fields of §8.1.1.
class Request : public MessageBase {
 public:
  Request(const Method& method, std::string_view request_uri);

  Method method() const {
    return method_id_ == MethodId::Extension ? Method(method_text()) : Method(method_id_);
  }
  MethodId method_id() const { return method_id_; }
  /// The method token as it stands on the wire.
  std::string_view method_text() const { return view(method_); }
  std::string_view request_uri_text() const { return view(request_uri_); }
  /// The Request-URI, decoded when asked for. The error's offset is in `request_uri_text()`.
  Parsed<Uri> request_uri() const { return parse_uri(request_uri_text()); }
  void set_request_uri(std::string_view text);

  /// Equal when start line, fields and body are equal; how the bytes are held plays no part.
  friend bool operator==(const Request& a, const Request& b);
  friend void serialize(const Request& request, std::string& out);

 private:
  friend class MessageParser;
  explicit Request(MessageStore&& store) : MessageBase(std::move(store)) {}
  void set_request_line(std::string_view method, std::string_view request_uri);

  MethodId method_id_ = MethodId::Extension;
  TextRange method_;
  TextRange request_uri_;
};

/// A SIP response, RFC 3261 §7.2: a value that owns its bytes, like `Request`.
class Response : public MessageBase {
 public:
  /// An empty `reason` becomes `default_reason(status)`.
  explicit Response(StatusCode status, std::string_view reason = {});

  StatusCode status() const { return status_; }
  std::string_view reason() const { return view(reason_); }
  void set_status(StatusCode status, std::string_view reason = {});

  /// Equal when start line, fields and body are equal; how the bytes are held plays no part.
  friend bool operator==(const Response& a, const Response& b);
  friend void serialize(const Response& response, std::string& out);

 private:
  friend class MessageParser;
  explicit Response(MessageStore&& store) : MessageBase(std::move(store)) {}

  StatusCode status_ = 0;
  TextRange reason_;
};

using Message = std::variant<Request, Response>;

/// The fields of a message of either kind.
const Headers& headers_of(const Message& message);
/// The fields and body of a message of either kind.
const MessageBase& base_of(const Message& message);

}  // namespace trapezoid::sip
