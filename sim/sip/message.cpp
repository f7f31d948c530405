#include "sim/sip/message.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace trapezoid::sip {
namespace {

constexpr std::string_view kVersion = "SIP/2.0";

/// Decimal digits of a number, without allocation.
class Digits {
 public:
  explicit Digits(std::size_t number)
      : end_(std::to_chars(text_.data(), text_.data() + text_.size(), number).ptr) {}
  std::string_view view() const {
    return {text_.data(), static_cast<std::size_t>(end_ - text_.data())};
  }

 private:
  std::array<char, 24> text_{};
  char* end_;
};

/// The range of the next `size` bytes behind `at`, which moves on.
TextRange take(std::uint32_t& at, std::size_t size) {
  const TextRange range{at, static_cast<std::uint32_t>(size)};
  at += range.size;
  return range;
}

}  // namespace

const ParseDefects& MessageBase::defects() const {
  static const ParseDefects none;
  return defects_ ? *defects_ : none;
}

std::string_view MessageBase::start_line_text() const {
  const std::string_view line = view(start_line_);
  return line.substr(0, line.find_last_not_of("\r\n") + 1);
}

void MessageBase::set_start_line(std::span<const std::string_view> parts) {
  start_line_ = store().add(parts);
  if (!defects_ || !defects_->start_line) return;
  auto defects = std::make_shared<ParseDefects>(*defects_);
  defects->start_line.reset();
  defects_ = std::move(defects);
}

void MessageBase::set_body(std::string_view body, std::string_view content_type) {
  if (body.empty()) {
    body_ = empty_line_ = {};
    headers_.remove(HeaderId::ContentType);
  } else {
    const std::array<std::string_view, 2> parts{"\r\n", body};
    const TextRange text = store().add(parts);
    empty_line_ = {text.offset, 2};
    body_ = {text.offset + 2, text.size - 2};
    const std::uint16_t length = store().first_of(HeaderId::ContentLength);
    if (length != kNoLine && !headers_.has(HeaderId::ContentType)) {
      const std::string_view name = canonical_name(HeaderId::ContentType);
      store().insert_line(length,
                          store().make_line(HeaderId::ContentType, name, {&content_type, 1}));
    } else {
      headers_.set_text(HeaderId::ContentType, content_type);
    }
  }
  headers_.set_text(HeaderId::ContentLength, Digits(body.size()).view());
  if (defects_ && defects_->framing) {
    auto defects = std::make_shared<ParseDefects>(*defects_);
    defects->framing.reset();
    defects_ = std::move(defects);
  }
}

/// Ranges whose offsets touch are written in one piece: the whole message, when nobody edited it.
void MessageBase::write(std::string& out) const {
  const auto lines = store().lines();
  std::size_t size = std::size_t{start_line_.size} + 2 + body_.size;
  for (const FieldLine& line : lines) size += line.line.size;
  out.reserve(out.size() + size);
  TextRange run = start_line_;
  const auto extend = [&](TextRange next) {
    if (run.offset + run.size == next.offset) {
      run.size += next.size;
    } else {
      out += view(run);
      run = next;
    }
  };
  for (const FieldLine& line : lines) extend(line.line);
  if (empty_line_.size == 0) {
    out += view(run);
    out += "\r\n";
    run = body_;
  } else {
    extend(empty_line_);
    extend(body_);
  }
  out += view(run);
}

Request::Request(const Method& method, std::string_view request_uri) : method_id_(method.id()) {
  set_request_line(method.name(), request_uri);
}

void Request::set_request_uri(std::string_view text) {
  set_request_line(method_text(), text);
}

void Request::set_request_line(std::string_view method, std::string_view request_uri) {
  const std::array<std::string_view, 5> parts{method, " ", request_uri, " ", "SIP/2.0\r\n"};
  set_start_line(parts);
  std::uint32_t at = start_line_.offset;
  method_ = take(at, method.size());
  ++at;
  request_uri_ = take(at, request_uri.size());
  ++at;
  version_ = take(at, kVersion.size());
}

Response::Response(StatusCode status, std::string_view reason) {
  set_status(status, reason);
}

void Response::set_status(StatusCode status, std::string_view reason) {
  if (reason.empty()) reason = default_reason(status);
  const Digits digits(static_cast<std::size_t>(status));
  const std::array<std::string_view, 5> parts{"SIP/2.0 ", digits.view(), " ", reason, "\r\n"};
  set_start_line(parts);
  std::uint32_t at = start_line_.offset;
  version_ = take(at, kVersion.size());
  reason_ = {start_line_.offset + static_cast<std::uint32_t>(9 + digits.view().size()),
             static_cast<std::uint32_t>(reason.size())};
  status_ = status;
}

bool operator==(const Request& a, const Request& b) {
  return a.start_line_text() == b.start_line_text() && a.headers() == b.headers() &&
         a.body() == b.body();
}

bool operator==(const Response& a, const Response& b) {
  return a.start_line_text() == b.start_line_text() && a.headers() == b.headers() &&
         a.body() == b.body();
}

const MessageBase& base_of(const Message& message) {
  return std::visit([](const auto& each) -> const MessageBase& { return each; }, message);
}

const Headers& headers_of(const Message& message) {
  return base_of(message).headers();
}

}  // namespace trapezoid::sip
