#include "sim/transport/stream_framer.hpp"

#include <algorithm>

#include "sim/base/text.hpp"
#include "sim/sip/header_id.hpp"
#include "sim/sip/lws.hpp"
#include "sim/sip/scan.hpp"

namespace trapezoid::transport {

using sip::ParseErrc;
using sip::ParseError;

namespace {

/// The first CRLF of [at, end); null where there is none.
const char* find_crlf(const char* at, const char* end) {
  for (;; ++at) {
    at = sip::find_line_break_within(at, end);
    if (end - at < 2) return nullptr;
    if (at[0] == '\r' && at[1] == '\n') return at;
  }
}

/// Whether a line can begin a Content-Length: compact, or the long form by its initial and by the
/// letter that few names that start with "C" share.
bool may_be_content_length(const char* line, const char* end) {
  constexpr std::ptrdiff_t kTelling = 8;  // behind "Content-"
  const char initial = to_lower(*line);
  return initial == 'l' ||
         (initial == 'c' && end - line > kTelling && to_lower(line[kTelling]) == 'l');
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
  const char* begin = buffer_.data() + begin_;
  const char* const end = buffer_.data() + buffer_.size();
  const auto offset = [&begin](const char* at) { return static_cast<std::size_t>(at - begin); };
  const char* line = begin + line_begin_;
  for (const char* at = begin + scanned_;;) {
    at = find_crlf(at, end);
    const char* const next = at == nullptr ? end : at + 2;
    if (offset(next) - offset(line) > limits_.max_line_bytes)
      return ParseError{ParseErrc::TooLarge, offset(line) + limits_.max_line_bytes,
                        "message-header", "a shorter line"};
    if (offset(next) > limits_.max_header_section_bytes)
      return ParseError{ParseErrc::TooLarge, limits_.max_header_section_bytes, "message-header",
                        "a shorter header section"};
    if (at == nullptr) {
      line_begin_ = offset(line);
      const bool may_be_half_a_crlf = end != begin && end[-1] == '\r';
      scanned_ = offset(end) - static_cast<std::size_t>(may_be_half_a_crlf);
      return std::nullopt;
    }
    if (at != line) {
      if (candidate_ == 0 && may_be_content_length(line, at)) candidate_ = offset(line);
    } else if (line == begin) {  // §7.5: empty lines before the start line
      begin = next;
      begin_ += 2;
      start_message();
    } else {
      line_begin_ = scanned_ = offset(next);
      return end_header_section();
    }
    line = at = next;
  }
}

/// Looks for Content-Length, long or compact, from the first line on that can be one.
std::optional<ParseError> StreamFramer::end_header_section() {
  const std::string_view section = pending().substr(0, line_begin_);
  const char* const end = section.data() + section.size();
  const char* at = candidate_ == 0 ? end : section.data() + candidate_;
  while (end - at > 2) {
    const char* to = find_crlf(at, end);
    while (to[2] == ' ' || to[2] == '\t') to = find_crlf(to + 2, end);
    if (may_be_content_length(at, to))
      if (const auto error = read_content_length({at, static_cast<std::size_t>(to - at)},
                                                 static_cast<std::size_t>(at - section.data())))
        return error;
    at = to + 2;
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
