#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Expires = delta-seconds                                                   RFC 3261 §20.19, §25.1
/// Seconds until the message or its content expires; 2^32 or more is `OutOfRange`.
struct Expires {
  static constexpr HeaderId kId = HeaderId::Expires;

  std::uint32_t seconds = 0;

  static Parsed<Expires> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Min-Expires = delta-seconds                                               RFC 3261 §20.23, §25.1
/// The shortest expiration, in seconds, that the server accepts; it comes with 423.
struct MinExpires {
  static constexpr HeaderId kId = HeaderId::MinExpires;

  std::uint32_t seconds = 0;

  static Parsed<MinExpires> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
