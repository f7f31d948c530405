#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/headers/name_addr.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// rplyto-spec = ( name-addr / addr-spec ) *( SEMI rplyto-param )            RFC 3261 §20.31, §25.1
/// Whom to call back instead of From.
struct ReplyTo {
  static constexpr HeaderId kId = HeaderId::ReplyTo;

  NameAddr address;
  Parameters parameters;

  static Parsed<ReplyTo> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
