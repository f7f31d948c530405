#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace trapezoid {

/// The transports a SIP message can travel by. The order is that of preference nowhere.
enum class Transport : std::uint8_t { Udp, Tcp, Tls };

/// The `transport` token of a Via header: "UDP", "TCP", "TLS".
std::string_view via_token(Transport transport);

/// Whether the transport retransmits by itself, RFC 3261 §17: timers A, E and G then do not run.
constexpr bool is_reliable(Transport transport) {
  return transport != Transport::Udp;
}

/// An IP address, a port and a transport: where a message is sent or a connection ends.
/// `address` is an IPv4 or IPv6 literal without brackets, never a name.
struct TransportAddress {
  std::string address;
  std::uint16_t port = 0;
  Transport transport = Transport::Udp;

  friend auto operator<=>(const TransportAddress&, const TransportAddress&) = default;
  friend bool operator==(const TransportAddress&, const TransportAddress&) = default;
};

/// "192.0.2.101:5060/TCP", "[2001:db8::1]:5060/UDP": for reports and traces.
std::string to_string(const TransportAddress& address);

}  // namespace trapezoid
