#include "sim/net/datagrams.hpp"

#include <utility>

namespace trapezoid::net {

void Datagrams::send(EndpointIndex endpoint, const TransportAddress& local,
                     const TransportAddress& remote, std::string bytes, MessageTag tag) {
  const HostIndex host = endpoints_->host_of(endpoint);
  const auto to_host = topology_->find_host_at(remote.address);
  const Route* const route = to_host ? topology_->find_route(host, *to_host) : nullptr;
  if (route == nullptr || !topology_->is_host_up(host)) return lose(tag);
  const bool is_ipv6 = remote.address.find(':') != std::string::npos;
  const std::uint32_t headers = options_.udp_header + options_.layer2_overhead +
                                (is_ipv6 ? options_.ipv6_header : options_.ipv4_header);
  const std::uint32_t slot = take_slot();
  Packet& packet = packets_[slot];
  packet.from = local;
  packet.to = remote;
  packet.wire_bytes = headers + static_cast<std::uint32_t>(bytes.size());
  packet.bytes = std::move(bytes);
  packet.tag = tag;
  packet.route = route;
  packet.to_host = *to_host;
  packet.hop = 0;
  forward(slot);
}

std::uint32_t Datagrams::take_slot() {
  if (free_packets_.empty()) {
    packets_.emplace_back();
    return static_cast<std::uint32_t>(packets_.size() - 1);
  }
  const std::uint32_t slot = free_packets_.back();
  free_packets_.pop_back();
  return slot;
}

void Datagrams::forward(std::uint32_t slot) {
  Packet& packet = packets_[slot];
  const Instant now = queue_->now();
  if (packet.route->empty()) {  // to the host itself
    if (observer_ != nullptr) observer_->on_first_byte_sent(packet.tag, now);
    queue_->push(now, EventKind::Datagram, slot);
    return;
  }
  const auto passage = topology_->link((*packet.route)[packet.hop]).carry(packet.wire_bytes, now);
  if (!passage) {
    free_packets_.push_back(slot);
    return lose(packet.tag);
  }
  if (packet.hop == 0 && observer_ != nullptr)
    observer_->on_first_byte_sent(packet.tag, passage->starts);
  ++packet.hop;
  queue_->push(passage->arrives, EventKind::Datagram, slot);
}

void Datagrams::on_hop(std::uint32_t slot) {
  if (packets_[slot].hop < packets_[slot].route->size())
    forward(slot);
  else
    deliver(slot);
}

void Datagrams::deliver(std::uint32_t slot) {
  Packet packet = std::move(packets_[slot]);
  free_packets_.push_back(slot);
  const auto listener = endpoints_->find_listener(packet.to);
  if (!listener || !topology_->is_host_up(packet.to_host)) return lose(packet.tag);
  if (observer_ != nullptr) observer_->on_received(packet.tag, *listener, 0, queue_->now());
  user_->on_datagram(*listener, packet.to, packet.from, std::move(packet.bytes));
}

void Datagrams::lose(MessageTag tag) {
  if (observer_ != nullptr) observer_->on_lost(tag, queue_->now());
}

}  // namespace trapezoid::net
