#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/connection.hpp"
#include "sim/base/time.hpp"
#include "sim/element/exchange.hpp"
#include "sim/transaction/transaction_user.hpp"
#include "sim/transport/stream_framer.hpp"

namespace trapezoid::element {

/// How many connections an element opens: one per peer address and transport, kept; one per dialog
/// and peer, closed when it has been idle after the dialog; one per client transaction (the ACK to
/// a 2xx counts as one), closed with it.
enum class ConnectionPolicy : std::uint8_t { PerHop, PerDialog, PerTransaction };

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

  // Under the policies that close connections.
  std::string dialog;     ///< That it belongs to, as in `Exchange`; empty: none yet.
  std::size_t users = 0;  ///< Transactions that have sent on it and are not over.
  Instant last_used{};
  bool has_idle_timer = false;
  /// What it is found by: Call-ID or branch, and the peer's address.
  std::vector<std::pair<std::string, TransportAddress>> names;
};

/// The connections of one element, and which of them a request to an address takes.
class ConnectionTable {
 public:
  ConnectionTable(ConnectionPolicy policy, ReuseAccepted reuse_accepted)
      : policy_(policy), reuse_accepted_(reuse_accepted) {}
  explicit ConnectionTable(ReuseAccepted reuse_accepted)
      : ConnectionTable(ConnectionPolicy::PerHop, reuse_accepted) {}

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

  // The same under the other policies, which ask what a message belongs to.

  ConnectionId open(const TransportAddress& local, const TransportAddress& remote,
                    const Exchange& exchange);
  void add_alias(ConnectionId id, const TransportAddress& peer, const Exchange& exchange);
  /// The connection that a message to `remote` takes, which is its exchange's from now on; 0 when
  /// one must be opened. `transaction` is that of the message, 0 without one.
  ConnectionId take(const TransportAddress& remote, const Exchange& exchange,
                    transaction::TransactionId transaction);
  /// Keeps a connection while the transaction, which sends on it, is not over.
  void begin_use(ConnectionId id, transaction::TransactionId transaction);
  /// The transaction is over: the connection that it was the last to keep, or 0.
  ConnectionId end_use(transaction::TransactionId transaction);
  /// A message of a dialog passes on `id`. A dialog keeps its connections from the ACK to its 2xx
  /// until a BYE goes by: then those that this element opened come back, to be looked after.
  std::vector<ConnectionId> note(ConnectionId id, const Exchange& exchange);
  /// Whether a transaction or a dialog keeps the connection.
  bool is_kept(const Connection& connection) const;

 private:
  using Name = std::pair<std::string, TransportAddress>;

  std::string key_of(const Exchange& exchange) const;
  void add_name(ConnectionId id, Name name);
  ConnectionId find_newest(const Name& name) const;
  ConnectionId take_for_dialog(const TransportAddress& remote, const Exchange& exchange,
                               bool is_in_dialog);
  void forget_dialogs(const std::string& call_id);

  ConnectionPolicy policy_;
  ReuseAccepted reuse_accepted_;
  ConnectionId last_opened_ = 0;
  std::map<ConnectionId, Connection> connections_;
  std::map<TransportAddress, ConnectionId> for_requests_;
  std::multimap<Name, ConnectionId> by_name_;                 // equal names: the oldest first
  std::map<transaction::TransactionId, ConnectionId> users_;  // who keeps which
  std::map<std::string, bool> dialogs_;  // that had a 2xx to INVITE; whether its ACK has passed
};

}  // namespace trapezoid::element
