#pragma once

#include <cstdint>
#include <string>

#include "sim/base/connection.hpp"
#include "sim/sip/headers/via.hpp"
#include "sim/sip/message.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::transport {

/// 5061 for TLS, 5060 for the others (§18.1.1).
constexpr std::uint16_t default_port(Transport transport) {
  return transport == Transport::Tls ? 5061 : 5060;
}

/// Notes in the topmost Via where the request came from: `received` when its sent-by is a name or
/// another address (§18.2.1), and, where the sender asked for it with `rport`, the port and the
/// address in any case (RFC 3581 §4). What the sender itself put there is replaced. A Via that
/// cannot be read is left alone, and its error returned.
sip::Parsed<bool> stamp_via(sip::Request& request, const Source& source);
/// The same with the topmost Via of the request, which was decoded before.
bool stamp_via(sip::Request& request, const sip::Via& topmost, const Source& source);

/// Where a response goes by its topmost Via.
struct ResponseDestination {
  std::string host;        ///< An address without brackets, or a name.
  std::uint16_t port = 0;  ///< 0: a name without port, to be resolved by RFC 3263 §5.
  Transport transport{};
  bool is_address = false;
};

/// §18.2.2 for datagrams, and for streams whose connection is gone: `maddr`, else `received` (to
/// the `rport` where there is one, RFC 3581 §4), else sent-by. Fails when the topmost Via is
/// missing or cannot be read, or names a transport that this program does not have.
sip::Parsed<ResponseDestination> response_destination(const sip::Response& response);

}  // namespace trapezoid::transport
