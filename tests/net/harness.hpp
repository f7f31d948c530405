#pragma once

#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sim/net/network.hpp"

namespace trapezoid::net {

/// A network of hosts in a row, h0 - h1 - h2 ..., each with one endpoint of its number that listens
/// on 10.0.0.<number + 1>:5060, TCP and UDP. Logs what users and observers are told, with dates in
/// nanoseconds: "10000000  1 bytes 500 on a1", where a<n> is an accepted, o<n> an opened
/// connection.
class Row : public NetworkUser, public NetworkObserver {
 public:
  struct Hop {
    std::int64_t delay_ns;
    std::uint64_t bits_per_second;
  };

  explicit Row(const std::vector<Hop>& hops, const Options& options = {})
      : network(options, queue, *this, this) {
    const auto hosts = static_cast<HostIndex>(hops.size() + 1);
    for (HostIndex host = 0; host < hosts; ++host) {
      network.topology().add_host(fmt::format("h{}", host));
      network.topology().add_address(host, address(host).address);
      network.add_endpoint(host);
      network.listen(host, address(host));
      network.listen(host, address(host, Transport::Udp));
    }
    for (const Hop& hop : hops) {
      const LinkParameters parameters{"", Duration{hop.delay_ns}, hop.bits_per_second};
      right_.push_back(network.topology().add_link(parameters));
      left_.push_back(network.topology().add_link(parameters));
    }
    for (HostIndex from = 0; from < hosts; ++from)
      for (HostIndex to = 0; to < hosts; ++to)
        if (from != to) network.topology().set_route(from, to, route(from, to));
  }

  static TransportAddress address(HostIndex host, Transport transport = Transport::Tcp) {
    return {fmt::format("10.0.0.{}", host + 1), 5060, transport};
  }

  Link& link_right_of(HostIndex host) { return network.topology().link(right_[host]); }
  Link& link_left_of(HostIndex host) { return network.topology().link(left_[host - 1]); }

  /// Does something at a date. Equal dates: in the order of the calls.
  void at(std::int64_t ns, std::function<void()> action) {
    actions_.push_back(std::move(action));
    queue.push(from_ns(ns), EventKind::Deadline, static_cast<std::uint32_t>(actions_.size() - 1));
  }
  void open(EndpointIndex from, ConnectionId connection, EndpointIndex to) {
    TransportAddress local = address(from);
    local.port = 0;
    network.open(from, connection, local, address(to));
  }
  void send(EndpointIndex from, ConnectionId connection, std::size_t size, MessageTag tag) {
    network.send(from, connection, std::string(size, 'x'), tag);
  }

  /// Runs until nothing is left to do and returns the log, from a line break on.
  std::string run() {
    while (!queue.empty()) {
      const Event event = queue.pop();
      if (event.kind == EventKind::Deadline)
        actions_[event.subject]();
      else
        network.handle(event);
    }
    return "\n" + log_;
  }
  /// Forgets the log so far: for tests that start with an open connection.
  void forget() { log_.clear(); }
  bool logs_connections = true;
  std::string received;  ///< All bytes that any endpoint got.

  EventQueue queue;
  Network network;

 private:
  static std::string name(ConnectionId connection) {
    if (connection >= kFirstAcceptedConnection)
      return fmt::format("a{}", connection - kFirstAcceptedConnection);
    return fmt::format("o{}", connection);
  }
  Route route(HostIndex from, HostIndex to) const {
    Route links;
    for (HostIndex host = from; host < to; ++host) links.push_back(right_[host]);
    for (HostIndex host = from; host > to; --host) links.push_back(left_[host - 1]);
    return links;
  }
  void log(Instant at, const std::string& line) {
    log_ += fmt::format("{:9}  {}\n", to_ns(at), line);
  }

  void on_connected(EndpointIndex endpoint, ConnectionId connection, const TransportAddress& local,
                    const TransportAddress& remote) override {
    if (logs_connections)
      log(queue.now(), fmt::format("{} connected {}: {} to {}", endpoint, name(connection),
                                   to_string(local), to_string(remote)));
  }
  void on_accepted(EndpointIndex endpoint, ConnectionId connection, const TransportAddress& local,
                   const TransportAddress& remote) override {
    if (logs_connections)
      log(queue.now(), fmt::format("{} accepted {}: {} from {}", endpoint, name(connection),
                                   to_string(local), to_string(remote)));
  }
  void on_bytes(EndpointIndex endpoint, ConnectionId connection, std::string bytes) override {
    log(queue.now(), fmt::format("{} bytes {} on {}", endpoint, bytes.size(), name(connection)));
    received += bytes;
  }
  void on_closed(EndpointIndex endpoint, ConnectionId connection, bool is_reset) override {
    log(queue.now(),
        fmt::format("{} {} {}", endpoint, is_reset ? "reset" : "closed", name(connection)));
  }
  void on_refused(EndpointIndex endpoint, ConnectionId connection) override {
    log(queue.now(), fmt::format("{} refused {}", endpoint, name(connection)));
  }
  void on_datagram(EndpointIndex endpoint, const TransportAddress& local,
                   const TransportAddress& remote, std::string bytes) override {
    log(queue.now(), fmt::format("{} datagram {} at {} from {}", endpoint, bytes.size(),
                                 to_string(local), to_string(remote)));
  }

  void on_first_byte_sent(MessageTag tag, Instant at) override {
    log(queue.now(), fmt::format("  #{} leaves at {}", tag, to_ns(at)));
  }
  void on_received(MessageTag tag, EndpointIndex /*endpoint*/, ConnectionId /*connection*/,
                   Instant at) override {
    log(at, fmt::format("  #{} received", tag));
  }
  void on_lost(MessageTag tag, Instant at) override { log(at, fmt::format("  #{} lost", tag)); }
  void on_connection(const ConnectionEvent& event) override {
    if (!logs_connections) return;
    static constexpr const char* kKinds[] = {"opening", "established", "accepted", "refused",
                                             "closed"};
    const std::string peer = event.peer == kNoEndpoint ? "?" : fmt::format("{}", event.peer);
    log(event.at, fmt::format("  connection {}: {} {} {}, peer {} {}", event.number, event.endpoint,
                              name(event.connection), kKinds[static_cast<int>(event.kind)], peer,
                              event.peer_connection == 0 ? "?" : name(event.peer_connection)));
  }

  std::vector<LinkIndex> right_, left_;
  std::vector<std::function<void()>> actions_;
  std::string log_;
};

}  // namespace trapezoid::net
