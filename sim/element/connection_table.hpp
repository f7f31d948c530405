#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "sim/base/connection.hpp"
#include "sim/transaction/transaction_user.hpp"
#include "sim/transport/stream_framer.hpp"

namespace trapezoid::element {

/// Whether a request may leave on a connection that the peer opened: what RFC 5923's alias or a
/// bound source port give. Without it every direction has its own connection (RFC 3261 §18).
enum class ReuseAccepted : std::uint8_t { No, Yes };

/// One end of a connection of this element.
struct Connection {
  TransportAddress local;
  TransportAddress remote;
  bool is_established = false;
  transport::StreamFramer framer;
  /// Transactions whose messages wait for the connection to be established.
  std::vector<transaction::TransactionId> waiting;
};

/// The connections of one element, and which of them a request to an address takes: one per peer
/// address and transport (policy `per_hop`).
class ConnectionTable {
 public:
  explicit ConnectionTable(ReuseAccepted reuse_accepted) : reuse_accepted_(reuse_accepted) {}

  /// A connection that this element opens. Requests to `remote` take it from now on.
  ConnectionId open(const TransportAddress& local, const TransportAddress& remote);
  /// A connection that a peer opened.
  void accept(ConnectionId id, const TransportAddress& local, const TransportAddress& remote);
  /// Notes that a request on the accepted connection `id` named `peer` as its sender: requests to
  /// `peer` may take the connection, if reuse is on and none is there.
  void add_alias(ConnectionId id, const TransportAddress& peer);
  /// Takes a connection out; what it was, if it was there.
  std::optional<Connection> remove(ConnectionId id);

  /// Null when there is none (any more).
  Connection* find(ConnectionId id);
  /// The connection that requests to `remote` take; 0 when one must be opened.
  ConnectionId find_for(const TransportAddress& remote) const;

 private:
  ReuseAccepted reuse_accepted_;
  ConnectionId last_opened_ = 0;
  std::map<ConnectionId, Connection> connections_;
  std::map<TransportAddress, ConnectionId> for_requests_;
};

}  // namespace trapezoid::element
