#pragma once

#include <string_view>

namespace trapezoid::sip {

/// A status code, RFC 3261 §7.2: three digits, 100 to 699 where the message is valid.
using StatusCode = int;

constexpr bool is_provisional(StatusCode code) {
  return code >= 100 && code < 200;
}
constexpr bool is_success(StatusCode code) {
  return code >= 200 && code < 300;
}
constexpr bool is_redirection(StatusCode code) {
  return code >= 300 && code < 400;
}
constexpr bool is_final(StatusCode code) {
  return code >= 200;
}

/// The reason phrase that RFC 3261 §21 (or the code's own RFC) gives; of an unknown code, that of
/// its class's x00 code.
std::string_view default_reason(StatusCode code);

}  // namespace trapezoid::sip
