#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Allow = [Method *(COMMA Method)]                                           RFC 3261 §20.5, §25.1
/// One method that the sender supports. An empty field lists none and has no value.
struct Allow {
  static constexpr HeaderId kId = HeaderId::Allow;

  std::string_view method;

  static Parsed<Allow> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
