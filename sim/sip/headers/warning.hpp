#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// warning-value = warn-code SP warn-agent SP warn-text                      RFC 3261 §20.43, §25.1
/// What is wrong with a request, for a person. The code is 100 to 999.
struct Warning {
  static constexpr HeaderId kId = HeaderId::Warning;

  int code = 0;
  std::string_view agent;  ///< A host with an optional port, or a pseudonym.
  std::string_view text;   ///< With its quotes.

  static Parsed<Warning> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
