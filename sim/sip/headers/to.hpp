#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/headers/name_addr.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// To = ( name-addr / addr-spec ) *( SEMI to-param )                         RFC 3261 §20.39, §25.1
/// Whom the request was meant for.
struct To {
  static constexpr HeaderId kId = HeaderId::To;

  NameAddr address;
  Parameters parameters;

  /// Empty when there is none: outside a dialog, or an RFC 2543 element (§8.1.1.3, §19.3).
  std::string_view tag() const { return parameters.value_of("tag"); }

  static Parsed<To> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
