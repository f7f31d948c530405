#include "sim/base/transport_address.hpp"

namespace trapezoid {

std::string_view via_token(Transport transport) {
  switch (transport) {
    case Transport::Udp: return "UDP";
    case Transport::Tcp: return "TCP";
    case Transport::Tls: return "TLS";
  }
  return {};
}

std::string to_string(const TransportAddress& address) {
  const bool is_ipv6 = address.address.find(':') != std::string::npos;
  std::string text = is_ipv6 ? "[" + address.address + "]" : address.address;
  text += ':';
  text += std::to_string(address.port);
  text += '/';
  text += via_token(address.transport);
  return text;
}

}  // namespace trapezoid
