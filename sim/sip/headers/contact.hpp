#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/headers/name_addr.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// contact-param = (name-addr / addr-spec) *(SEMI contact-params), or STAR   RFC 3261 §20.10, §25.1
struct Contact {
  static constexpr HeaderId kId = HeaderId::Contact;

  bool is_star = false;  ///< "*": all bindings (§10.2.2); the other members are then empty.
  NameAddr address;
  Parameters parameters;

  /// The preference in thousandths, 0 to 1000, so that it compares exactly; nothing when there is
  /// none.
  std::optional<int> q_thousandths() const;
  /// The preference as a number from 0 to 1; 1 when there is none (§16.6 leaves the default open).
  double q() const;
  /// Seconds; nothing when there is none or it is no number below 2^32 (then the default rules,
  /// §20.10).
  std::optional<std::uint32_t> expires() const;

  static Parsed<Contact> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
