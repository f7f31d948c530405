#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// reason-value = protocol *(SEMI reason-params)                                        RFC 3326 §2
/// Why a request was sent: of which protocol a cause, and which.
struct Reason {
  static constexpr HeaderId kId = HeaderId::Reason;

  std::string_view protocol;  ///< "SIP", "Q.850".
  Parameters parameters;

  std::optional<std::uint32_t> cause() const;

  static Parsed<Reason> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
