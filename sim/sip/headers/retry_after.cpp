#include "sim/sip/headers/retry_after.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

// Retry-After = delta-seconds [ comment ] *( SEMI retry-param )
Parsed<RetryAfter> RetryAfter::parse(std::string_view value) {
  Cursor in(value, "Retry-After");
  const auto seconds = take_number<std::uint32_t>(in, "a number below 2^32");
  if (!seconds) return seconds.error();
  RetryAfter retry;
  retry.seconds = *seconds;
  in.skip_lws();
  if (in.is_at('(')) {
    retry.comment = in.take_comment();
    if (retry.comment.empty()) return in.fail("comment");
  }
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  retry.parameters = *parameters;
  return retry;
}

void RetryAfter::write(std::string& out) const {
  out += std::to_string(seconds);
  if (!comment.empty()) {
    out += ' ';
    out += comment;
  }
  out += parameters.text();
}

std::optional<std::uint32_t> RetryAfter::duration() const {
  return to_number<std::uint32_t>(parameters.value_of("duration"));
}

}  // namespace trapezoid::sip
