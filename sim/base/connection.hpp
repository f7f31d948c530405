#pragma once

#include <cstdint>

#include "sim/base/transport_address.hpp"

namespace trapezoid {

/// One end of one connection, as an element and its driver name it. The element numbers the
/// connections that it opens 1, 2, 3, ...; the driver numbers those it accepts on the element's
/// behalf from `kFirstAcceptedConnection` up. 0 is none (datagrams).
using ConnectionId = std::uint64_t;
constexpr ConnectionId kFirstAcceptedConnection = ConnectionId{1} << 32U;

/// Where a message came from: its responses go back there (RFC 3261 §18.2.2).
struct Source {
  TransportAddress remote;      ///< The source address and port of the packets.
  TransportAddress local;       ///< The address they were sent to.
  ConnectionId connection = 0;  ///< The connection they came on; 0 for a datagram.
};

}  // namespace trapezoid
