#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/net/datagrams.hpp"
#include "sim/net/event_queue.hpp"
#include "sim/net/observer.hpp"
#include "sim/net/options.hpp"
#include "sim/net/tcp.hpp"
#include "sim/net/topology.hpp"

namespace trapezoid::net {

/// The simulated network: hosts and links, TCP connections and datagrams between endpoints. All
/// that it will do stands in one event queue; whoever drives it takes the events out in order and
/// hands them to `handle`. Dates are those of the queue: what is sent now is sent at `queue.now()`.
///
/// Set-up first (`topology()`, `add_endpoint`, `listen`), then traffic. An endpoint numbers the
/// connections it opens 1, 2, 3, ...; accepted ones are numbered from `kFirstAcceptedConnection`.
class Network {
 public:
  /// `queue` and `user` must outlive the network. `observer` may be null.
  Network(const Options& options, EventQueue& queue, NetworkUser& user, NetworkObserver* observer);

  Network(const Network&) = delete;  // its parts know each other by address
  Network& operator=(const Network&) = delete;

  Topology& topology() { return topology_; }
  /// Adds an endpoint on a host; the same indices as the driver's elements when added in that
  /// order.
  EndpointIndex add_endpoint(HostIndex host);
  /// Receives connections or datagrams at an address. False when it is not one of the endpoint's
  /// host, another endpoint listens there, or it asks for TLS, which is not modelled.
  bool listen(EndpointIndex endpoint, const TransportAddress& address);

  /// Starts a handshake. Port 0 in `local` takes any. Ends in `on_connected` or `on_refused`.
  void open(EndpointIndex endpoint, ConnectionId connection, const TransportAddress& local,
            const TransportAddress& remote);
  /// Writes one message. Before the connection is established it waits for that. On a connection
  /// that has ended, the message is lost.
  void send(EndpointIndex endpoint, ConnectionId connection, std::string bytes, MessageTag tag);
  /// Closes in order: what was written before still arrives, what arrives from now on is dropped.
  void close(EndpointIndex endpoint, ConnectionId connection);
  /// Breaks the connection: the peer hears of it, what has not been sent is lost.
  void reset(EndpointIndex endpoint, ConnectionId connection);
  /// Sends one message as one packet: no fragmentation yet.
  void send_datagram(EndpointIndex endpoint, const TransportAddress& local,
                     const TransportAddress& remote, std::string bytes, MessageTag tag);

  /// Acts on an event of kind `Segment` or `Datagram` that was just taken from the queue.
  void handle(const Event& event);

 private:
  Topology topology_;
  Endpoints endpoints_;
  Tcp tcp_;
  Datagrams datagrams_;
};

/// What is modelled and what is not, a line each: the model box of every report.
std::vector<std::string> model_description(const Options& options);

}  // namespace trapezoid::net
