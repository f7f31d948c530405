#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Retry-After = delta-seconds [ comment ] *( SEMI retry-param )             RFC 3261 §20.33, §25.1
/// After how many seconds to try again; 2^32 or more is `OutOfRange`.
struct RetryAfter {
  static constexpr HeaderId kId = HeaderId::RetryAfter;

  std::uint32_t seconds = 0;
  std::string_view comment;  ///< With its parentheses; empty when there is none.
  Parameters parameters;

  /// How long the callee will be there then, in seconds.
  std::optional<std::uint32_t> duration() const;

  static Parsed<RetryAfter> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
