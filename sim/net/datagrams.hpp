#pragma once

#include <string>
#include <vector>

#include "sim/net/endpoints.hpp"
#include "sim/net/event_queue.hpp"
#include "sim/net/observer.hpp"
#include "sim/net/options.hpp"
#include "sim/net/topology.hpp"

namespace trapezoid::net {

/// UDP: one packet a datagram, in whatever order the links deliver. A datagram is lost on a link
/// that is down and where nobody listens; there is no other loss and no fragmentation yet.
class Datagrams {
 public:
  Datagrams(const Options& options, EventQueue& queue, Topology& topology, Endpoints& endpoints,
            NetworkUser& user, NetworkObserver* observer)
      : options_(options),
        queue_(&queue),
        topology_(&topology),
        endpoints_(&endpoints),
        user_(&user),
        observer_(observer) {}

  void send(EndpointIndex endpoint, const TransportAddress& local, const TransportAddress& remote,
            std::string bytes, MessageTag tag);
  /// The datagram in `slot` has reached the end of a link.
  void on_hop(std::uint32_t slot);

 private:
  struct Packet {
    TransportAddress from;
    TransportAddress to;
    std::string bytes;
    MessageTag tag = 0;
    const Route* route = nullptr;
    HostIndex to_host = 0;
    std::uint32_t wire_bytes = 0;
    std::uint32_t hop = 0;
  };

  std::uint32_t take_slot();
  void forward(std::uint32_t slot);
  void deliver(std::uint32_t slot);
  void lose(MessageTag tag);

  Options options_;
  EventQueue* queue_;
  Topology* topology_;
  Endpoints* endpoints_;
  NetworkUser* user_;
  NetworkObserver* observer_;
  std::vector<Packet> packets_;
  std::vector<std::uint32_t> free_packets_;
};

}  // namespace trapezoid::net
