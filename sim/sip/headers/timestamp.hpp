#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Timestamp = 1*(DIGIT) [ "." *(DIGIT) ] [ LWS delay ]                      RFC 3261 §20.38, §25.1
/// When the request was sent, by the clock of its client, and how long the server held it.
struct Timestamp {
  static constexpr HeaderId kId = HeaderId::Timestamp;

  std::string_view time;   ///< Seconds, "54.25".
  std::string_view delay;  ///< Seconds; empty when there is none.

  static Parsed<Timestamp> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
