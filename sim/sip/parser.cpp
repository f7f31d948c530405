#include "sim/sip/parser.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/sip/grammar.hpp"
#include "sim/sip/scan.hpp"

namespace trapezoid::sip {
namespace {

constexpr std::size_t kMaxMessageSize = 0x40000000;
constexpr std::size_t kRoomForEdits = 256;
constexpr std::string_view kVersion = "SIP/2.0";

bool is_wsp(char c) {
  return c == ' ' || c == '\t';
}
const char* skip_token(const char* at, const char* end) {
  return skip_while(at, end, kToken);
}
bool is_lws(char c) {
  return is_wsp(c) || c == '\r' || c == '\n';
}

}  // namespace

/// Reads the store's own copy of the bytes, once, from the first to the last.
class MessageParser {
 public:
  MessageParser(std::string_view bytes, MessageBounds bounds)
      : store_(bytes, bytes.size() / 32 + 8, kRoomForEdits),
        begin_(store_.original().data()),
        at_(begin_),
        end_(begin_ + bytes.size()),
        bounds_(bounds) {}

  Parsed<Message> parse();

 private:
  std::optional<ParseError> take_start_line();
  std::optional<ParseError> take_fields();
  std::optional<ParseError> take_field();
  std::optional<ParseError> take_line_end(const char*& at);
  std::size_t take_name(HeaderId& id);
  void take_content_length(std::string_view value);
  TextRange take_body();
  Parsed<Message> make_request();
  Parsed<Message> make_response();
  template <class T>
  Parsed<Message> finish(T& message, TextRange body);

  std::size_t offset(const char* at) const { return static_cast<std::size_t>(at - begin_); }
  TextRange range(const char* from, const char* to) const {
    return {static_cast<std::uint32_t>(from - begin_), static_cast<std::uint32_t>(to - from)};
  }
  TextRange range(std::string_view part) const {
    return range(part.data(), part.data() + part.size());
  }
  /// Notes the first error of a kind; later ones do not matter.
  void note(std::optional<ParseError> ParseDefects::*kind, const ParseError& error) {
    if (!(defects_.*kind)) defects_.*kind = error;
    has_defects_ = true;
  }
  void note_start_line(ParseErrc code, const char* at, std::string_view rule,
                       std::string_view expected) {
    note(&ParseDefects::start_line, {code, offset(at), rule, expected});
  }
  void check_version(std::string_view version);
  void take_status(Response& response, std::string_view text);

  MessageStore store_;
  const char* begin_;
  const char* at_;
  const char* end_;
  MessageBounds bounds_;
  std::string_view start_line_;       // without CRLF
  const char* empty_line_ = nullptr;  // null where there is none
  std::optional<std::uint32_t> content_length_;
  bool has_content_length_ = false;
  bool has_defects_ = false;
  ParseDefects defects_;
};

/// Message = start-line *message-header CRLF [ message-body ]                 RFC 3261 §7, §25.1
Parsed<Message> MessageParser::parse() {
  if (const auto error = take_start_line()) return *error;
  if (const auto error = take_fields()) return *error;
  if (start_line_.size() >= 4 && iequals(start_line_.substr(0, 4), "SIP/")) return make_response();
  return make_request();
}

/// Empty lines before the start line are ignored, §7.5.
std::optional<ParseError> MessageParser::take_start_line() {
  while (end_ - at_ >= 2 && at_[0] == '\r' && at_[1] == '\n') at_ += 2;
  const char* const from = at_;
  const char* const to = find_line_break(from, end_);
  if (to == from)
    return ParseError{to == end_ ? ParseErrc::UnexpectedEnd : ParseErrc::UnexpectedByte, offset(to),
                      "start-line", "Request-Line or Status-Line"};
  if (end_ - to < 2)
    return ParseError{ParseErrc::UnexpectedEnd, offset(end_), "start-line", "CRLF"};
  if (to[0] != '\r' || to[1] != '\n')
    return ParseError{ParseErrc::UnexpectedByte, offset(to), "start-line", "CRLF"};
  start_line_ = {from, static_cast<std::size_t>(to - from)};
  at_ = to + 2;
  return std::nullopt;
}

std::optional<ParseError> MessageParser::take_fields() {
  while (at_ != end_) {
    if (*at_ == '\r' && at_ + 1 != end_ && at_[1] == '\n') {
      empty_line_ = at_;
      at_ += 2;
      return std::nullopt;
    }
    if (auto error = take_field()) return error;
  }
  note(&ParseDefects::framing, {ParseErrc::UnexpectedEnd, offset(end_), "SIP-message", "CRLF"});
  return std::nullopt;
}

/// message-header = field-name HCOLON field-value CRLF, folds included (§7.3.1)
std::optional<ParseError> MessageParser::take_field() {
  const char* const from = at_;
  HeaderId id = HeaderId::Extension;
  const std::size_t name_size = take_name(id);  // at_ is behind the colon now
  const char* value = at_;
  while (is_wsp(*value)) ++value;
  const char* to = find_line_break(value, end_);
  const bool is_plain = end_ - to >= 2 && to[0] == '\r' && to[1] == '\n' && !is_wsp(to[2]);
  if (!is_plain)
    if (auto error = take_line_end(to)) return error;
  const char* value_end = to;
  while (value != value_end && is_lws(*value)) ++value;  // it may begin on the next line
  while (value_end != value && is_lws(value_end[-1])) --value_end;
  at_ = to + 2;
  if (store_.lines().size() == kMaxLines)
    return ParseError{ParseErrc::TooLarge, offset(from), "message-header", "fewer header fields"};
  FieldLine& line = store_.push_line();
  line.line = range(from, at_);
  line.value = range(value, value_end);
  line.name_size = static_cast<std::uint16_t>(name_size);
  line.id = id;
  if (id == HeaderId::ContentLength)
    take_content_length({value, static_cast<std::size_t>(value_end - value)});
  return std::nullopt;
}

/// The size of the field name; `at_` moves behind the colon. 0, and an error noted, when the line
/// is no header field: then `at_` stays.
std::size_t MessageParser::take_name(HeaderId& id) {
  const int near = count_to_colon(at_);
  if (near < 16) {  // in nearly all lines a known name and its colon
    const auto size = static_cast<std::size_t>(near);
    id = find_padded_header_id({at_, size});
    if (id != HeaderId::Extension) {
      at_ += near + 1;
      return size;
    }
  }
  const char* colon = std::min(at_ + near, end_);
  if (near == 16) colon = skip_token(colon, end_);
  const char* name_end = colon;
  while (colon < end_ && is_wsp(*colon)) ++colon;
  while (name_end > at_ && is_wsp(name_end[-1])) --name_end;
  const std::string_view name(at_, static_cast<std::size_t>(name_end - at_));
  if (colon < end_ && *colon == ':' && name.size() <= 0xFFFF) {
    id = find_padded_header_id(name);
    if (id != HeaderId::Extension || is_token(name)) {
      at_ = colon + 1;
      return name.size();
    }
  }
  const char* wrong = skip_token(at_, end_);
  const char* const rest = std::find_if_not(wrong, end_, is_wsp);
  if (wrong != at_) wrong = rest;
  note(&ParseDefects::header, {ParseErrc::UnexpectedByte, offset(wrong), "message-header",
                               wrong == at_ ? "field-name" : "HCOLON"});
  id = HeaderId::Extension;
  return 0;
}

/// Moves `at` to the CRLF that ends the field: one that no white space follows.
std::optional<ParseError> MessageParser::take_line_end(const char*& at) {
  for (;;) {
    at = find_line_break(at, end_);
    if (end_ - at < 2)
      return ParseError{ParseErrc::UnexpectedEnd, offset(end_), "message-header", "CRLF"};
    if (at[0] != '\r' || at[1] != '\n') {
      note(&ParseDefects::header,
           {ParseErrc::UnexpectedByte, offset(at), "message-header", "CRLF"});
      ++at;
    } else if (end_ - at > 2 && is_wsp(at[2])) {
      at += 3;
    } else {
      return std::nullopt;
    }
  }
}

/// Content-Length = 1*DIGIT, once                                               RFC 3261 §20.14
void MessageParser::take_content_length(std::string_view value) {
  if (std::exchange(has_content_length_, true)) {
    note(&ParseDefects::framing,
         {ParseErrc::Duplicate, offset(value.data()), "Content-Length", "one Content-Length"});
    content_length_.reset();
    return;
  }
  const auto* const wrong = std::find_if_not(value.begin(), value.end(), is_digit);
  content_length_ = to_number<std::uint32_t>(value);
  if (content_length_) return;
  const bool is_number = !value.empty() && wrong == value.end();
  const auto at = is_number ? 0U : static_cast<std::size_t>(wrong - value.begin());
  note(&ParseDefects::framing,
       {is_number ? ParseErrc::OutOfRange : ParseErrc::UnexpectedByte, offset(value.data()) + at,
        "Content-Length", is_number ? "a number below 2^32" : "1*DIGIT"});
}

TextRange MessageParser::take_body() {
  if (!has_content_length_ && bounds_ == MessageBounds::Stream)
    note(&ParseDefects::framing,
         {ParseErrc::Missing, offset(at_), "Content-Length", "Content-Length"});
  const auto rest = static_cast<std::size_t>(end_ - at_);
  const std::size_t size = content_length_.value_or(static_cast<std::uint32_t>(rest));
  if (size > rest)
    note(&ParseDefects::framing, {ParseErrc::UnexpectedEnd, offset(end_), "message-body",
                                  "as many bytes as Content-Length says"});
  return range(at_, at_ + std::min(size, rest));
}

template <class T>
Parsed<Message> MessageParser::finish(T& message, TextRange body) {
  message.start_line_ = range(start_line_.data(), start_line_.data() + start_line_.size() + 2);
  if (empty_line_ != nullptr) message.empty_line_ = range(empty_line_, empty_line_ + 2);
  message.body_ = body;
  if (has_defects_) message.defects_ = std::make_shared<const ParseDefects>(defects_);
  return Parsed<Message>(std::in_place, std::move(message));
}

/// SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT; case is ignored (§7.1)
void MessageParser::check_version(std::string_view version) {
  if (version == kVersion || iequals(version, kVersion)) return;
  note_start_line(ParseErrc::UnexpectedByte, version.data(), "SIP-Version", "SIP/2.0");
}

/// Request-Line = Method SP Request-URI SP SIP-Version CRLF                    RFC 3261 §7.1, §25.1
/// Of a wrong line the first word is the method and the last one the version.
Parsed<Message> MessageParser::make_request() {
  const char* const from = start_line_.data();
  const char* const to = from + start_line_.size();
  const char* const method_end = skip_token(from, to);
  if (method_end == from || method_end == to || *method_end != ' ')
    return ParseError{method_end == to ? ParseErrc::UnexpectedEnd : ParseErrc::UnexpectedByte,
                      offset(method_end), "Request-Line", method_end == from ? "Method" : "SP"};
  const char* line_end = to;
  while (is_wsp(line_end[-1])) --line_end;
  const char* version = line_end;
  while (version > method_end && !is_wsp(version[-1])) --version;
  const char* uri = std::find_if_not(method_end, version, is_wsp);
  const char* uri_end = version;
  while (uri_end > uri && is_wsp(uri_end[-1])) --uri_end;
  // Exactly one SP before and after the Request-URI, and none in it or behind the version.
  if (uri == uri_end) {
    note_start_line(ParseErrc::UnexpectedByte, std::max(uri, method_end + 1), "Request-Line",
                    "Request-URI");
  } else if (uri != method_end + 1) {
    note_start_line(ParseErrc::UnexpectedByte, method_end + 1, "Request-Line", "Request-URI");
  } else if (const char* const gap = find_byte(uri, uri_end, is_wsp); gap != uri_end) {
    note_start_line(ParseErrc::UnexpectedByte, gap + 1, "Request-Line", "SIP-Version");
  } else if (version != uri_end + 1 || *uri_end != ' ') {
    note_start_line(ParseErrc::UnexpectedByte, uri_end + 1, "Request-Line", "SIP-Version");
  }
  check_version({version, static_cast<std::size_t>(line_end - version)});
  if (line_end != to) note_start_line(ParseErrc::UnexpectedByte, line_end, "Request-Line", "CRLF");

  const TextRange body = take_body();
  store_.end_lines(body.offset + std::size_t{body.size});
  Request request(std::move(store_));
  request.method_ = range(from, method_end);
  request.method_id_ = find_method_id({from, static_cast<std::size_t>(method_end - from)});
  request.request_uri_ = range(uri, uri_end);
  request.version_ = range(version, line_end);
  return finish(request, body);
}

/// Status-Line = SIP-Version SP Status-Code SP Reason-Phrase CRLF             RFC 3261 §7.2, §25.1
Parsed<Message> MessageParser::make_response() {
  const std::size_t version_size = std::min(start_line_.find(' '), start_line_.size());
  const std::string_view version = start_line_.substr(0, version_size);
  check_version(version);
  const TextRange body = take_body();
  store_.end_lines(body.offset + std::size_t{body.size});
  Response response(std::move(store_));
  response.version_ = range(version);
  take_status(response, start_line_.substr(version_size));
  return finish(response, body);
}

/// SP Status-Code SP Reason-Phrase; more than one SP before the code is noted and skipped.
void MessageParser::take_status(Response& response, std::string_view text) {
  const auto begin = std::min(text.find_first_not_of(' '), text.size());
  const auto end = std::min(text.find_first_not_of("0123456789", begin), text.size());
  const std::string_view code = text.substr(begin, end - begin);
  const std::string_view rest = text.substr(end);
  const auto status = to_number<std::uint16_t>(code);
  if (begin != 1)
    note_start_line(begin == 0 ? ParseErrc::UnexpectedEnd : ParseErrc::UnexpectedByte,
                    text.data() + (begin == 0 ? 0 : 1), "Status-Line",
                    begin == 0 ? "SP" : "Status-Code");
  if (code.empty())
    note_start_line(ParseErrc::UnexpectedByte, code.data(), "Status-Code", "3DIGIT");
  else if (code.size() != 3 || !status || *status < 100 || *status > 699)
    note_start_line(ParseErrc::OutOfRange, code.data(), "Status-Code", "a code from 100 to 699");
  if (!code.empty() && (rest.empty() || rest.front() != ' '))
    note_start_line(rest.empty() ? ParseErrc::UnexpectedEnd : ParseErrc::UnexpectedByte,
                    rest.data(), "Status-Line", "SP");
  response.status_ = code.size() == 3 && status ? *status : 0;
  response.reason_ = range(rest.substr(rest.empty() || rest.front() != ' ' ? 0 : 1));
}

Parsed<Message> parse_message(std::string_view bytes, MessageBounds bounds) {
  if (bytes.size() > kMaxMessageSize)
    return ParseError{ParseErrc::TooLarge, kMaxMessageSize, "SIP-message", "fewer bytes"};
  return MessageParser(bytes, bounds).parse();
}

}  // namespace trapezoid::sip
