#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"
#include "sim/sip/uri.hpp"

namespace trapezoid::sip {

/// via-parm = sent-protocol LWS sent-by *( SEMI via-params )                 RFC 3261 §20.42, §25.1
/// One hop that the request passed; the topmost value is the nearest.
struct Via {
  static constexpr HeaderId kId = HeaderId::Via;

  std::string_view protocol = "SIP";
  std::string_view version = "2.0";
  std::string_view transport;  ///< "UDP", "TCP", "TLS", "SCTP" or any token; case is ignored.
  HostPort sent_by;
  Parameters parameters;

  /// The transaction identifier; empty when there is none (RFC 2543).
  std::string_view branch() const { return parameters.value_of("branch"); }
  /// The address the request really came from (§18.2.1), without brackets; empty when there is
  /// none.
  std::string_view received() const;
  /// Where responses go instead of `sent_by` (multicast); empty when there is none.
  std::string_view maddr() const { return parameters.value_of("maddr"); }
  /// Whether `rport` stands there, with or without a value (RFC 3581 §3).
  bool has_rport() const { return parameters.contains("rport"); }
  /// The source port that the server noted (RFC 3581 §4); nothing when `rport` has no value.
  std::optional<std::uint16_t> rport() const;
  /// The multicast scope, 0 to 255.
  std::optional<std::uint8_t> ttl() const;

  static Parsed<Via> parse(std::string_view value);
  void write(std::string& out) const;

 private:
  static std::optional<ParseError> decode(std::string_view value, Via& via);
};

}  // namespace trapezoid::sip
