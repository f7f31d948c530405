#pragma once

#include <optional>
#include <string>
#include <variant>

#include "sim/base/connection.hpp"
#include "sim/base/notice.hpp"

namespace trapezoid::element {

// What can happen to an element.

/// The start of the simulation: the first input, once.
struct Started {};
/// A connection that the element opened is established, or one was accepted on its behalf.
struct Connected {
  ConnectionId connection = 0;
  TransportAddress local;
  TransportAddress remote;
};
/// Bytes of a connection, in order, in whatever pieces the network makes of them (§18.3).
struct Arrived {
  ConnectionId connection = 0;
  std::string bytes;
};
/// A connection has ended: closed by the peer, idle, or reset.
struct Closed {
  ConnectionId connection = 0;
  bool is_reset = false;
};
/// A connection could not be opened: refused, or nobody answered.
struct Refused {
  ConnectionId connection = 0;
};
struct Datagram {
  TransportAddress local;
  TransportAddress remote;
  std::string bytes;
};
/// Time has come to `next_deadline()`.
struct TimeReached {};

using Input = std::variant<Started, Connected, Arrived, Closed, Refused, Datagram, TimeReached>;

// What an element wants done.

/// Open a connection. Bytes may be sent on it at once: they leave when it is established.
struct Open {
  ConnectionId connection = 0;
  TransportAddress local;  ///< Port 0: any.
  TransportAddress remote;
};
/// One whole SIP message on a connection.
struct SendBytes {
  ConnectionId connection = 0;
  std::string bytes;
  EventId cause = 0;
  bool is_retransmission = false;
};
/// One whole SIP message as a datagram.
struct SendDatagram {
  TransportAddress local;
  TransportAddress remote;
  std::string bytes;
  EventId cause = 0;
  bool is_retransmission = false;
};
struct Close {
  ConnectionId connection = 0;
  EventId cause = 0;
};

using Output = std::variant<Open, SendBytes, SendDatagram, Close, Notice>;

/// One SIP element - user agent, proxy or registrar - without a network and without a clock.
///
/// The contract, the same for the SimGrid binding, the tests and the fuzzers:
///   1. call `handle` with one input and the current time;
///   2. call `poll()` until it returns nothing, and act on each output in that order;
///   3. wait for the next input or for `next_deadline()`, whichever comes first; go to 1.
///
/// `now` never decreases. No function here blocks, throws, prints, or draws randomness of its own.
class Element {
 public:
  virtual ~Element() = default;
  virtual void handle(Input input, Instant now) = 0;
  virtual std::optional<Output> poll() = 0;
  virtual std::optional<Instant> next_deadline() const = 0;
};

}  // namespace trapezoid::element
