#include "sim/net/network.hpp"

#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace trapezoid::net {

Network::Network(const Options& options, EventQueue& queue, NetworkUser& user,
                 NetworkObserver* observer)
    : tcp_(options, queue, topology_, endpoints_, user, observer),
      datagrams_(options, queue, topology_, endpoints_, user, observer) {}

EndpointIndex Network::add_endpoint(HostIndex host) {
  return endpoints_.add(host);
}

bool Network::listen(EndpointIndex endpoint, const TransportAddress& address) {
  if (address.transport == Transport::Tls) return false;
  if (topology_.find_host_at(address.address) != endpoints_.host_of(endpoint)) return false;
  return endpoints_.listen(endpoint, address);
}

void Network::open(EndpointIndex endpoint, ConnectionId connection, const TransportAddress& local,
                   const TransportAddress& remote) {
  assert(connection != 0 && connection < kFirstAcceptedConnection);
  tcp_.open(endpoint, connection, local, remote);
}

void Network::send(EndpointIndex endpoint, ConnectionId connection, std::string bytes,
                   MessageTag tag) {
  tcp_.send(endpoint, connection, std::move(bytes), tag);
}

void Network::close(EndpointIndex endpoint, ConnectionId connection) {
  tcp_.close(endpoint, connection);
}

void Network::reset(EndpointIndex endpoint, ConnectionId connection) {
  tcp_.reset(endpoint, connection);
}

void Network::send_datagram(EndpointIndex endpoint, const TransportAddress& local,
                            const TransportAddress& remote, std::string bytes, MessageTag tag) {
  datagrams_.send(endpoint, local, remote, std::move(bytes), tag);
}

void Network::handle(const Event& event) {
  if (event.kind == EventKind::Segment)
    tcp_.on_hop(event.subject);
  else if (event.kind == EventKind::Datagram)
    datagrams_.on_hop(event.subject);
}

std::vector<std::string> model_description(const Options& options) {
  return {
      "links: each direction first in, first out, store and forward; unlimited queue; no loss",
      fmt::format("packets: payload + TCP {} or UDP {} + IPv4 {} or IPv6 {} + layer 2 {} bytes",
                  options.tcp_header, options.udp_header, options.ipv4_header, options.ipv6_header,
                  options.layer2_overhead),
      fmt::format("TCP: handshake of one round trip, MSS {}, each write in segments of its own "
                  "(TCP_NODELAY), no window, no pure ACKs on the wire but that of a handshake "
                  "with nothing to send; SYN has {} bytes of options",
                  options.mss, options.syn_options),
      "UDP: one packet a datagram, no fragmentation; TLS: not modelled",
      "dates: whole nanoseconds; a packet's time on a link is rounded to the nearest",
  };
}

}  // namespace trapezoid::net
