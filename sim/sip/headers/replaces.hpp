#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Replaces = callid *(SEMI replaces-param)                                           RFC 3891 §6.1
/// The dialog that an INVITE takes over. Both tags stand there, once each.
struct Replaces {
  static constexpr HeaderId kId = HeaderId::Replaces;

  std::string_view call_id;
  Parameters parameters;

  std::string_view to_tag() const { return parameters.value_of("to-tag"); }
  std::string_view from_tag() const { return parameters.value_of("from-tag"); }
  bool is_early_only() const { return parameters.contains("early-only"); }

  static Parsed<Replaces> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
