#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/headers/name_addr.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Refer-To = ( name-addr / addr-spec ) *( SEMI generic-param )                       RFC 3515 §2.1
/// Whom the recipient of a REFER shall contact.
struct ReferTo {
  static constexpr HeaderId kId = HeaderId::ReferTo;

  NameAddr address;
  Parameters parameters;

  static Parsed<ReferTo> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
