#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// priority-value = token                                                    RFC 3261 §20.26, §25.1
/// How urgent the call is to the caller; it is not a priority in the network.
struct Priority {
  static constexpr HeaderId kId = HeaderId::Priority;

  std::string_view value;  ///< "emergency", "urgent", "normal", "non-urgent" or any token.

  static Parsed<Priority> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
