#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Max-Forwards = 1*DIGIT                                                    RFC 3261 §20.22, §25.1
/// How many more hops the request may take, 0 to 255; a larger number is `OutOfRange`.
struct MaxForwards {
  static constexpr HeaderId kId = HeaderId::MaxForwards;

  std::uint8_t hops = 70;

  static Parsed<MaxForwards> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
