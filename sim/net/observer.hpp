#pragma once

#include <cstdint>
#include <string>

#include "sim/base/connection.hpp"
#include "sim/base/time.hpp"

namespace trapezoid::net {

/// Numbers an endpoint of the network: one element on its host, in the order they were added.
using EndpointIndex = std::uint32_t;
constexpr EndpointIndex kNoEndpoint = ~EndpointIndex{0};

/// The sender's name for one message, 0 for none. Given back by the observer's calls.
using MessageTag = std::uint64_t;

/// Whoever uses the network: told what reaches an endpoint, at the date of the event at hand.
/// Called from `Network::handle` only, never from within `open`, `send` or `close`, and for at most
/// one endpoint an event. The network may be used from within.
class NetworkUser {
 public:
  virtual ~NetworkUser() = default;
  /// A connection that the endpoint opened is established.
  virtual void on_connected(EndpointIndex endpoint, ConnectionId connection,
                            const TransportAddress& local, const TransportAddress& remote) = 0;
  /// A connection was accepted on an address the endpoint listens on; `connection` is its new name.
  virtual void on_accepted(EndpointIndex endpoint, ConnectionId connection,
                           const TransportAddress& local, const TransportAddress& remote) = 0;
  /// The next bytes of a connection, in order: one segment's worth.
  virtual void on_bytes(EndpointIndex endpoint, ConnectionId connection, std::string bytes) = 0;
  /// The peer has closed or reset the connection.
  virtual void on_closed(EndpointIndex endpoint, ConnectionId connection, bool is_reset) = 0;
  /// A connection that the endpoint opened was refused, or its address leads nowhere.
  virtual void on_refused(EndpointIndex endpoint, ConnectionId connection) = 0;
  virtual void on_datagram(EndpointIndex endpoint, const TransportAddress& local,
                           const TransportAddress& remote, std::string bytes) = 0;
};

/// One step in the life of one connection, seen from the end it happens at.
struct ConnectionEvent {
  enum class Kind : std::uint8_t { Opening, Established, Accepted, Refused, Closed };

  Kind kind{};
  bool is_reset = false;  ///< `Closed` by a reset.
  Instant at{};
  std::uint64_t number =
      0;  ///< Of the connection in the whole network, from 1 up: both ends have it.
  EndpointIndex endpoint = kNoEndpoint;
  ConnectionId connection = 0;       ///< As `endpoint` names it.
  EndpointIndex peer = kNoEndpoint;  ///< The other end, once it is known.
  ConnectionId peer_connection = 0;  ///< As `peer` names it; 0 until it is accepted.
  TransportAddress local;
  TransportAddress remote;
};

/// One TCP segment as it enters its first link, for traces that want that much.
struct SegmentEvent {
  Instant at{};
  std::uint64_t connection_number = 0;
  EndpointIndex from = kNoEndpoint;
  std::uint64_t sequence = 0;  ///< Offset of its first byte in the stream.
  std::uint32_t length = 0;    ///< Payload bytes.
  std::uint8_t flags = 0;      ///< `SegmentFlag`s.
};

/// Watches the network for whoever records it. Never changes what happens.
class NetworkObserver {
 public:
  virtual ~NetworkObserver() = default;
  /// The message's first byte leaves the sending host onto its first link at `at`, which may lie
  /// ahead when packets queue before it.
  virtual void on_first_byte_sent(MessageTag tag, Instant at) = 0;
  /// The message's last byte has arrived, in order, at an endpoint (`connection` is 0 for a
  /// datagram). Called before the endpoint is given the bytes.
  virtual void on_received(MessageTag tag, EndpointIndex endpoint, ConnectionId connection,
                           Instant at) = 0;
  /// The message will never be received.
  virtual void on_lost(MessageTag tag, Instant at) = 0;
  virtual void on_connection(const ConnectionEvent& event) = 0;
  /// Whether `on_segment` is to be called.
  virtual bool wants_segments() const { return false; }
  virtual void on_segment(const SegmentEvent& /*event*/) {}
};

}  // namespace trapezoid::net
