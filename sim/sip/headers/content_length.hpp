#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Content-Length = 1*DIGIT                                                  RFC 3261 §20.14, §25.1
/// The size of the body in bytes; a number of 2^32 or more is `OutOfRange`.
struct ContentLength {
  static constexpr HeaderId kId = HeaderId::ContentLength;

  std::uint32_t bytes = 0;

  static Parsed<ContentLength> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
