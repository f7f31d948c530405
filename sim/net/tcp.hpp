#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "sim/net/endpoints.hpp"
#include "sim/net/event_queue.hpp"
#include "sim/net/observer.hpp"
#include "sim/net/options.hpp"
#include "sim/net/segment.hpp"
#include "sim/net/stream.hpp"
#include "sim/net/topology.hpp"

namespace trapezoid::net {

/// TCP connections (RFC 9293) over links that lose nothing while they are up: handshake, segments,
/// order, refusal, close and reset. Congestion control, acknowledgements and recovery of lost
/// segments are not here; `Segment` has the fields that they need.
///
/// The handshake takes one round trip. Its third step is the first segment with data, or a bare ACK
/// when nothing waits to be sent. Each write starts a segment of its own and never waits.
class Tcp {
 public:
  Tcp(const Options& options, EventQueue& queue, Topology& topology, Endpoints& endpoints,
      NetworkUser& user, NetworkObserver* observer);

  /// As the functions of the same names in `Network`.
  void open(EndpointIndex endpoint, ConnectionId connection, const TransportAddress& local,
            const TransportAddress& remote);
  void send(EndpointIndex endpoint, ConnectionId connection, std::string bytes, MessageTag tag);
  void close(EndpointIndex endpoint, ConnectionId connection);
  void reset(EndpointIndex endpoint, ConnectionId connection);

  /// The segment in `slot` has reached the end of a link.
  void on_hop(std::uint32_t slot);

 private:
  enum class State : std::uint8_t {
    Over,       // not begun, closed by this end, or ended by the peer
    Opening,    // SYN sent
    Embryonic,  // SYN received and answered; the endpoint does not know of it yet
    Open,
  };
  struct End {
    State state = State::Over;
    bool closes_when_open = false;  // close was asked for during the handshake
    EndpointIndex endpoint = kNoEndpoint;
    ConnectionId name = 0;
    HostIndex host = 0;
    const Route* route = nullptr;  // to the other end
    TransportAddress address;
    Stream stream;  // what this end sends
  };
  struct Connection {
    End ends[2];               // 0 opened it, 1 accepts it
    std::uint64_t number = 0;  // 0 while the slot is free
    std::uint32_t header_bytes = 0;
    std::uint32_t in_flight = 0;  // segments on links
  };

  ConnectionSlot take_connection();
  void release_if_over(ConnectionSlot slot);

  // Sending. Side 0 or 1 of the connection in `slot`.
  void send_control(ConnectionSlot slot, std::uint8_t side, std::uint8_t flags);
  void send_waiting(ConnectionSlot slot, std::uint8_t side);
  void put(Segment segment, MessageTag begins = 0);
  void forward(std::uint32_t slot, MessageTag begins = 0);
  void refuse_at_once(ConnectionSlot slot);

  // Receiving: `segment` has arrived at the host of the other side.
  void on_arrival(const Segment& segment);
  void on_syn(const Segment& segment);
  void on_syn_ack(const Segment& segment);
  void on_reset(const Segment& segment);
  void on_handshake_done(ConnectionSlot slot);
  void on_data(const Segment& segment);
  void on_fin(const Segment& segment);

  void end_side(ConnectionSlot slot, std::uint8_t side, bool is_reset);
  void lose(MessageTag tag);
  void tell(ConnectionEvent::Kind kind, ConnectionSlot slot, std::uint8_t side,
            bool is_reset = false);

  Options options_;
  EventQueue* queue_;
  Topology* topology_;
  Endpoints* endpoints_;
  NetworkUser* user_;
  NetworkObserver* observer_;
  bool wants_segments_ = false;
  std::uint64_t opened_ = 0;
  std::deque<Connection> connections_;  // users may open more from within a callback
  std::vector<ConnectionSlot> free_connections_;
  std::vector<Segment> segments_;
  std::vector<std::uint32_t> free_segments_;
};

}  // namespace trapezoid::net
