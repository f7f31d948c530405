#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "sim/base/connection.hpp"
#include "sim/net/observer.hpp"
#include "sim/net/topology.hpp"

namespace trapezoid::net {

/// Numbers a connection of the network while it exists; used again afterwards.
using ConnectionSlot = std::uint32_t;

/// The end of a connection that a slot's name leads to: 0 opened it, 1 accepted it.
struct ConnectionEnd {
  ConnectionSlot slot = 0;
  std::uint8_t side = 0;
};

/// The endpoints: where they are, where they listen, and what their connection names mean.
class Endpoints {
 public:
  EndpointIndex add(HostIndex host);
  /// False when another endpoint listens there.
  bool listen(EndpointIndex endpoint, const TransportAddress& address);
  std::optional<EndpointIndex> find_listener(const TransportAddress& address) const;
  HostIndex host_of(EndpointIndex endpoint) const { return endpoints_[endpoint].host; }

  /// Binds the name that the opening endpoint chose.
  void bind_opened(EndpointIndex endpoint, ConnectionId connection, ConnectionSlot slot);
  /// Binds the next name of an accepted connection and returns it.
  ConnectionId bind_accepted(EndpointIndex endpoint, ConnectionSlot slot);
  std::optional<ConnectionEnd> find(EndpointIndex endpoint, ConnectionId connection) const;
  void unbind(EndpointIndex endpoint, ConnectionId connection);

 private:
  static constexpr ConnectionSlot kUnbound = ~ConnectionSlot{0};
  struct Endpoint {
    HostIndex host = 0;
    std::vector<ConnectionSlot> opened;    // by name - 1
    std::vector<ConnectionSlot> accepted;  // by name - kFirstAcceptedConnection
  };
  std::vector<Endpoint> endpoints_;
  std::map<TransportAddress, EndpointIndex> listeners_;
};

}  // namespace trapezoid::net
