#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// rfc1123-date = wkday "," SP date1 SP time SP "GMT"                        RFC 3261 §20.17, §25.1
/// A date of year 0 to 9999. That the day of the week fits the date is not checked.
struct Date {
  static constexpr HeaderId kId = HeaderId::Date;

  std::chrono::sys_seconds time{};

  static Parsed<Date> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
