#include "sim/transport/stream_framer.hpp"

#include <algorithm>

#include "sim/base/text.hpp"
#include "sim/sip/header_id.hpp"
#include "sim/sip/lws.hpp"

namespace trapezoid::transport {

using sip::ParseErrc;
using sip::ParseError;

namespace {

/// `text.find("\r\n", at)` without its comparison call at each CR.
std::size_t find_crlf(std::string_view text, std::size_t at) {
  for (;; ++at) {
    at = text.find('\r', at);
    if (at == std::string_view::npos || at + 1 == text.size()) return std::string_view::npos;
    if (text[at + 1] == '\n') return at;
  }
}

/// Whether `line` can begin a Content-Length: compact, or the long form by its initial and by the
/// letter that few names that start with "C" share.
bool may_be_content_length(std::string_view line) {
  constexpr std::size_t kTelling = std::string_view("Content-").size();
  const char initial = to_lower(line.front());
  return initial == 'l' ||
         (initial == 'c' && line.size() > kTelling && to_lower(line[kTelling]) == 'l');
}

}  // namespace

void StreamFramer::append(std::string_view bytes) {
  if (begin_ == buffer_.size())
    buffer_.clear();  // the common case: everything before was whole messages
  else if (begin_ != 0)
    buffer_.erase(0, begin_);
  begin_ = 0;
  buffer_ += bytes;
}

void StreamFramer::start_message() {
  line_begin_ = scanned_ = header_size_ = candidate_ = 0;
  content_length_.reset();
}

std::optional<sip::Parsed<std::string_view>> StreamFramer::next() {
  if (is_broken_) return std::nullopt;
  if (header_size_ == 0) {
    if (const auto error = scan_header_section()) {
      is_broken_ = true;
      return *error;
    }
    if (header_size_ == 0) return std::nullopt;
  }
  const std::size_t size = header_size_ + *content_length_;
  if (pending().size() < size) return std::nullopt;
  const std::string_view message = pending().substr(0, size);
  begin_ += size;
  start_message();
  return message;
}

/// Goes on where the last call stopped, so that a byte is looked at once however the pieces fall.
std::optional<ParseError> StreamFramer::scan_header_section() {
  for (;;) {
    const std::string_view bytes = pending();
    const std::size_t end = find_crlf(bytes, scanned_);
    const std::size_t line_end = end == std::string_view::npos ? bytes.size() : end + 2;
    if (line_end - line_begin_ > limits_.max_line_bytes)
      return ParseError{ParseErrc::TooLarge, line_begin_ + limits_.max_line_bytes, "message-header",
                        "a shorter line"};
    if (line_end > limits_.max_header_section_bytes)
      return ParseError{ParseErrc::TooLarge, limits_.max_header_section_bytes, "message-header",
                        "a shorter header section"};
    if (end == std::string_view::npos) {
      scanned_ = bytes.empty() || bytes.back() != '\r' ? bytes.size() : bytes.size() - 1;
      return std::nullopt;
    }
    const std::string_view line = bytes.substr(line_begin_, end - line_begin_);
    if (line.empty() && line_begin_ == 0) {  // §7.5: empty lines before the start line
      begin_ += 2;
      start_message();
      continue;
    }
    if (line.empty()) {
      line_begin_ = scanned_ = line_end;
      return end_header_section();
    }
    if (candidate_ == 0 && may_be_content_length(line)) candidate_ = line_begin_;
    line_begin_ = scanned_ = line_end;
  }
}

/// Looks for Content-Length, long or compact, from the first line on that can be one.
std::optional<ParseError> StreamFramer::end_header_section() {
  const std::string_view section = pending().substr(0, line_begin_);
  std::size_t at = candidate_ == 0 ? section.size() : candidate_;
  while (at + 2 < section.size()) {
    std::size_t end = find_crlf(section, at);
    while (section[end + 2] == ' ' || section[end + 2] == '\t') end = find_crlf(section, end + 2);
    const std::string_view field = section.substr(at, end - at);
    if (may_be_content_length(field))
      if (const auto error = read_content_length(field, at)) return error;
    at = end + 2;
  }
  if (!content_length_)
    return ParseError{ParseErrc::Missing, section.size(), "Content-Length", "Content-Length"};
  if (section.size() + *content_length_ > limits_.max_message_bytes)
    return ParseError{ParseErrc::TooLarge, limits_.max_message_bytes, "SIP-message",
                      "a shorter message"};
  header_size_ = section.size();
  return std::nullopt;
}

/// Notes the value when `field`, folds included, is a Content-Length.
std::optional<ParseError> StreamFramer::read_content_length(std::string_view field,
                                                            std::size_t offset) {
  const std::size_t colon = field.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view name = sip::without_trailing_lws(field.substr(0, colon));
  if (sip::find_header_id(name) != sip::HeaderId::ContentLength) return std::nullopt;
  const std::string_view value = sip::without_lws(field.substr(colon + 1));
  const auto* const wrong = std::find_if_not(value.begin(), value.end(), is_digit);
  offset += static_cast<std::size_t>(value.data() - field.data());
  if (content_length_)
    return ParseError{ParseErrc::Duplicate, offset, "Content-Length", "one Content-Length"};
  if (value.empty() || wrong != value.end())
    return ParseError{ParseErrc::UnexpectedByte,
                      offset + static_cast<std::size_t>(wrong - value.begin()), "Content-Length",
                      "1*DIGIT"};
  content_length_ = to_number<std::size_t>(value);
  if (!content_length_ || *content_length_ > limits_.max_body_bytes)
    return ParseError{ParseErrc::TooLarge, offset, "Content-Length", "a shorter body"};
  return std::nullopt;
}

}  // namespace trapezoid::transport
