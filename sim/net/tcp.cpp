#include "sim/net/tcp.hpp"

#include <algorithm>
#include <utility>

namespace trapezoid::net {

using segment_flag::kAck;
using segment_flag::kFin;
using segment_flag::kRst;
using segment_flag::kSyn;

Tcp::Tcp(const Options& options, EventQueue& queue, Topology& topology, Endpoints& endpoints,
         NetworkUser& user, NetworkObserver* observer)
    : options_(options),
      queue_(&queue),
      topology_(&topology),
      endpoints_(&endpoints),
      user_(&user),
      observer_(observer),
      wants_segments_(observer != nullptr && observer->wants_segments()) {}

// What the endpoints ask for.

void Tcp::open(EndpointIndex endpoint, ConnectionId connection, const TransportAddress& local,
               const TransportAddress& remote) {
  const ConnectionSlot slot = take_connection();
  endpoints_->bind_opened(endpoint, connection, slot);
  Connection& opened = connections_[slot];
  opened.number = ++opened_;
  const bool is_ipv6 = remote.address.find(':') != std::string::npos;
  opened.header_bytes = options_.layer2_overhead + options_.tcp_header +
                        (is_ipv6 ? options_.ipv6_header : options_.ipv4_header);
  End& self = opened.ends[0];
  self.state = State::Opening;
  self.endpoint = endpoint;
  self.name = connection;
  self.host = endpoints_->host_of(endpoint);
  self.address = local;
  if (local.port == 0) self.address.port = topology_->take_ephemeral_port(self.host);
  End& peer = opened.ends[1];
  peer.address = remote;
  if (const auto host = topology_->find_host_at(remote.address)) {
    peer.host = *host;
    self.route = topology_->find_route(self.host, *host);
    peer.route = topology_->find_route(*host, self.host);
  }
  tell(ConnectionEvent::Kind::Opening, slot, 0);
  const bool is_modelled = remote.transport == Transport::Tcp;
  if (!is_modelled || self.route == nullptr || peer.route == nullptr) return refuse_at_once(slot);
  send_control(slot, 0, kSyn);
}

void Tcp::send(EndpointIndex endpoint, ConnectionId connection, std::string bytes, MessageTag tag) {
  const auto end = endpoints_->find(endpoint, connection);
  if (!end || bytes.empty()) return lose(tag);
  End& self = connections_[end->slot].ends[end->side];
  if (self.state == State::Over || self.closes_when_open) return lose(tag);
  self.stream.write(std::move(bytes), tag);
  if (self.state == State::Open) send_waiting(end->slot, end->side);
}

void Tcp::close(EndpointIndex endpoint, ConnectionId connection) {
  const auto end = endpoints_->find(endpoint, connection);
  if (!end) return;
  End& self = connections_[end->slot].ends[end->side];
  if (self.state == State::Opening && self.stream.has_unreceived()) {
    self.closes_when_open = true;
  } else if (self.state == State::Opening) {
    end_side(end->slot, end->side, false);  // the SYN-ACK will be answered with a reset
  } else if (self.state == State::Open) {
    send_control(end->slot, end->side, kFin | kAck);
    end_side(end->slot, end->side, false);
  }
}

void Tcp::reset(EndpointIndex endpoint, ConnectionId connection) {
  const auto end = endpoints_->find(endpoint, connection);
  if (!end) return;
  const State state = connections_[end->slot].ends[end->side].state;
  if (state == State::Over) return;
  if (state == State::Open) send_control(end->slot, end->side, kRst | kAck);
  end_side(end->slot, end->side, true);
  release_if_over(end->slot);
}

// Connections.

ConnectionSlot Tcp::take_connection() {
  if (free_connections_.empty()) {
    connections_.emplace_back();
    return static_cast<ConnectionSlot>(connections_.size() - 1);
  }
  const ConnectionSlot slot = free_connections_.back();
  free_connections_.pop_back();
  return slot;
}

/// Ends one side: its name means nothing from now on.
void Tcp::end_side(ConnectionSlot slot, std::uint8_t side, bool is_reset) {
  End& end = connections_[slot].ends[side];
  const bool is_known = end.state == State::Opening || end.state == State::Open;
  end.state = State::Over;
  if (!is_known) return;
  tell(ConnectionEvent::Kind::Closed, slot, side, is_reset);
  endpoints_->unbind(end.endpoint, end.name);
}

void Tcp::release_if_over(ConnectionSlot slot) {
  Connection& connection = connections_[slot];
  if (connection.in_flight > 0 || connection.number == 0) return;
  if (connection.ends[0].state != State::Over || connection.ends[1].state != State::Over) return;
  for (End& end : connection.ends) {
    end.stream.drop_unreceived([this](MessageTag tag) { lose(tag); });
    end = End();
  }
  connection.number = 0;
  free_connections_.push_back(slot);
}

void Tcp::lose(MessageTag tag) {
  if (observer_ != nullptr) observer_->on_lost(tag, queue_->now());
}

void Tcp::tell(ConnectionEvent::Kind kind, ConnectionSlot slot, std::uint8_t side, bool is_reset) {
  if (observer_ == nullptr) return;
  const Connection& connection = connections_[slot];
  const End& self = connection.ends[side];
  const End& peer = connection.ends[1 - side];
  observer_->on_connection({kind, is_reset, queue_->now(), connection.number, self.endpoint,
                            self.name, peer.endpoint, peer.name, self.address, peer.address});
}

// Sending.

void Tcp::send_control(ConnectionSlot slot, std::uint8_t side, std::uint8_t flags) {
  Segment segment;
  segment.connection = slot;
  segment.from_side = side;
  segment.flags = flags;
  segment.sequence = connections_[slot].ends[side].stream.sent();
  segment.wire_bytes = connections_[slot].header_bytes;
  if (segment.has(kSyn)) segment.wire_bytes += options_.syn_options;
  put(segment);
}

/// Sends all that was written and not yet sent, each write in segments of its own.
void Tcp::send_waiting(ConnectionSlot slot, std::uint8_t side) {
  Stream& stream = connections_[slot].ends[side].stream;
  while (const Write* const write = stream.next_to_send()) {
    const std::uint64_t left = write->ends() - stream.sent();
    Segment segment;
    segment.connection = slot;
    segment.from_side = side;
    segment.flags = kAck;
    segment.sequence = stream.sent();
    segment.length = static_cast<std::uint32_t>(std::min<std::uint64_t>(left, options_.mss));
    segment.wire_bytes = connections_[slot].header_bytes + segment.length;
    const MessageTag begins = write->begins == segment.sequence ? write->tag : 0;
    stream.advance(segment.length);
    put(segment, begins);
  }
}

/// Puts a segment under way from its sender's host.
void Tcp::put(Segment segment, MessageTag begins) {
  Connection& connection = connections_[segment.connection];
  segment.acknowledged = connection.ends[1 - segment.from_side].stream.received();
  ++connection.in_flight;
  if (free_segments_.empty()) {
    segments_.push_back(segment);
    return forward(static_cast<std::uint32_t>(segments_.size() - 1), begins);
  }
  const std::uint32_t slot = free_segments_.back();
  free_segments_.pop_back();
  segments_[slot] = segment;
  forward(slot, begins);
}

/// Carries a segment over its next link. `begins` names the message whose first byte it has.
void Tcp::forward(std::uint32_t slot, MessageTag begins) {
  Segment& segment = segments_[slot];
  const Connection& connection = connections_[segment.connection];
  const End& sender = connection.ends[segment.from_side];
  Passage passage{queue_->now(), queue_->now()};  // within one host
  if (!sender.route->empty()) {
    const auto carried =
        topology_->is_host_up(sender.host) || segment.hop > 0
            ? topology_->link((*sender.route)[segment.hop]).carry(segment.wire_bytes, queue_->now())
            : std::nullopt;
    if (!carried) {
      const ConnectionSlot lost = segment.connection;
      free_segments_.push_back(slot);
      --connections_[lost].in_flight;
      return release_if_over(lost);
    }
    passage = *carried;
  }
  if (begins != 0 && observer_ != nullptr) observer_->on_first_byte_sent(begins, passage.starts);
  if (wants_segments_ && segment.hop == 0)
    observer_->on_segment({passage.starts, connection.number, sender.endpoint, segment.sequence,
                           segment.length, segment.flags});
  ++segment.hop;
  queue_->push(passage.arrives, EventKind::Segment, slot);
}

/// There is no way to the address: the opener hears of it at the same date, as an event.
void Tcp::refuse_at_once(ConnectionSlot slot) {
  static const Route no_links;
  connections_[slot].ends[1].route = &no_links;
  send_control(slot, 1, kRst);
}

// Receiving.

void Tcp::on_hop(std::uint32_t slot) {
  const Segment segment = segments_[slot];
  Connection& connection = connections_[segment.connection];
  if (segment.hop < connection.ends[segment.from_side].route->size()) return forward(slot);
  free_segments_.push_back(slot);
  --connection.in_flight;
  if (topology_->is_host_up(connection.ends[1 - segment.from_side].host)) on_arrival(segment);
  release_if_over(segment.connection);
}

void Tcp::on_arrival(const Segment& segment) {
  if (segment.has(kRst)) return on_reset(segment);
  if (segment.has(kSyn)) return segment.has(kAck) ? on_syn_ack(segment) : on_syn(segment);
  const ConnectionSlot slot = segment.connection;
  const std::uint8_t side = 1 - segment.from_side;
  if (connections_[slot].ends[side].state == State::Embryonic) on_handshake_done(slot);
  if (connections_[slot].ends[side].state != State::Open) return;
  if (segment.length > 0) on_data(segment);
  if (segment.has(kFin)) on_fin(segment);
}

void Tcp::on_syn(const Segment& segment) {
  End& self = connections_[segment.connection].ends[1];
  const auto listener = endpoints_->find_listener(self.address);
  if (!listener) return send_control(segment.connection, 1, kRst | kAck);
  self.endpoint = *listener;
  self.state = State::Embryonic;
  send_control(segment.connection, 1, kSyn | kAck);
}

void Tcp::on_syn_ack(const Segment& segment) {
  const ConnectionSlot slot = segment.connection;
  End& self = connections_[slot].ends[0];
  if (self.state != State::Opening) return send_control(slot, 0, kRst);
  self.state = State::Open;
  tell(ConnectionEvent::Kind::Established, slot, 0);
  if (self.stream.next_to_send() == nullptr) send_control(slot, 0, kAck);
  send_waiting(slot, 0);
  if (self.closes_when_open) {
    send_control(slot, 0, kFin | kAck);
    return end_side(slot, 0, false);
  }
  user_->on_connected(self.endpoint, self.name, self.address, connections_[slot].ends[1].address);
}

void Tcp::on_reset(const Segment& segment) {
  const ConnectionSlot slot = segment.connection;
  const std::uint8_t side = 1 - segment.from_side;
  End& self = connections_[slot].ends[side];
  const State state = std::exchange(self.state, State::Over);
  if (state != State::Opening && state != State::Open) return;
  const bool is_refused = state == State::Opening;
  tell(is_refused ? ConnectionEvent::Kind::Refused : ConnectionEvent::Kind::Closed, slot, side,
       !is_refused);
  endpoints_->unbind(self.endpoint, self.name);
  if (is_refused)
    user_->on_refused(self.endpoint, self.name);
  else
    user_->on_closed(self.endpoint, self.name, true);
}

/// The third step of the handshake has reached the accepting end.
void Tcp::on_handshake_done(ConnectionSlot slot) {
  End& self = connections_[slot].ends[1];
  self.state = State::Open;
  self.name = endpoints_->bind_accepted(self.endpoint, slot);
  tell(ConnectionEvent::Kind::Accepted, slot, 1);
  user_->on_accepted(self.endpoint, self.name, self.address, connections_[slot].ends[0].address);
}

void Tcp::on_data(const Segment& segment) {
  Connection& connection = connections_[segment.connection];
  const End& self = connection.ends[1 - segment.from_side];
  Stream& stream = connection.ends[segment.from_side].stream;
  if (segment.sequence != stream.received()) return;  // behind a segment that was lost
  const Write& write = stream.next_to_receive();
  if (observer_ != nullptr && segment.sequence + segment.length == write.ends())
    observer_->on_received(write.tag, self.endpoint, self.name, queue_->now());
  user_->on_bytes(self.endpoint, self.name, stream.receive(segment.length));
}

/// The peer has closed: this end closes too.
void Tcp::on_fin(const Segment& segment) {
  const ConnectionSlot slot = segment.connection;
  const std::uint8_t side = 1 - segment.from_side;
  send_control(slot, side, kFin | kAck);
  const End& self = connections_[slot].ends[side];
  const EndpointIndex endpoint = self.endpoint;
  const ConnectionId name = self.name;
  end_side(slot, side, false);
  user_->on_closed(endpoint, name, false);
}

}  // namespace trapezoid::net
