#include "sim/element/connection_table.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace trapezoid::element {

ConnectionId ConnectionTable::open(const TransportAddress& local, const TransportAddress& remote) {
  const ConnectionId id = ++last_opened_;
  Connection& connection = connections_[id];
  connection.local = local;
  connection.remote = remote;
  if (policy_ == ConnectionPolicy::PerHop) for_requests_[remote] = id;
  return id;
}

void ConnectionTable::accept(ConnectionId id, const TransportAddress& local,
                             const TransportAddress& remote) {
  Connection& connection = connections_[id];
  connection.local = local;
  connection.remote = remote;
  connection.is_established = true;
}

void ConnectionTable::add_alias(ConnectionId id, const TransportAddress& peer) {
  if (reuse_accepted_ == ReuseAccepted::No || id < kFirstAcceptedConnection) return;
  for_requests_.try_emplace(peer, id);
}

std::optional<Connection> ConnectionTable::remove(ConnectionId id) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return std::nullopt;
  Connection connection = std::move(found->second);
  connections_.erase(found);
  if (policy_ == ConnectionPolicy::PerHop)
    std::erase_if(for_requests_, [id](const auto& entry) { return entry.second == id; });
  for (const Name& name : connection.names) {
    const auto [first, last] = by_name_.equal_range(name);
    by_name_.erase(std::find_if(first, last, [id](const auto& one) { return one.second == id; }));
    if (policy_ == ConnectionPolicy::PerDialog) forget_dialogs(name.first);
  }
  return connection;
}

Connection* ConnectionTable::find(ConnectionId id) {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : &found->second;
}

ConnectionId ConnectionTable::find_for(const TransportAddress& remote) const {
  const auto found = for_requests_.find(remote);
  return found == for_requests_.end() ? 0 : found->second;
}

std::string ConnectionTable::key_of(const Exchange& exchange) const {
  return policy_ == ConnectionPolicy::PerDialog ? exchange.call_id : exchange.branch;
}

void ConnectionTable::add_name(ConnectionId id, Name name) {
  auto& names = connections_[id].names;
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  by_name_.emplace(name, id);
  names.push_back(std::move(name));
}

ConnectionId ConnectionTable::find_newest(const Name& name) const {
  const auto [first, last] = by_name_.equal_range(name);
  return first == last ? 0 : std::prev(last)->second;
}

ConnectionId ConnectionTable::open(const TransportAddress& local, const TransportAddress& remote,
                                   const Exchange& exchange) {
  const ConnectionId id = open(local, remote);
  add_name(id, {key_of(exchange), remote});
  if (policy_ == ConnectionPolicy::PerDialog && exchange.is_request)
    connections_[id].dialog = exchange.dialog;
  return id;
}

// Under `per_transaction` any request to the peer may take the connection: it has no branch.
void ConnectionTable::add_alias(ConnectionId id, const TransportAddress& peer,
                                const Exchange& exchange) {
  if (reuse_accepted_ == ReuseAccepted::No || id < kFirstAcceptedConnection) return;
  const bool is_for_dialog = policy_ == ConnectionPolicy::PerDialog;
  add_name(id, {is_for_dialog ? exchange.call_id : std::string(), peer});
  // The tag of an ACK may be that of a rejection, which began no dialog.
  Connection& connection = connections_[id];
  if (is_for_dialog && connection.dialog.empty() && exchange.method != sip::MethodId::Ack)
    connection.dialog = exchange.dialog;
}

ConnectionId ConnectionTable::take(const TransportAddress& remote, const Exchange& exchange,
                                   transaction::TransactionId transaction) {
  if (policy_ == ConnectionPolicy::PerDialog) {
    const bool is_ack_to_rejection = exchange.method == sip::MethodId::Ack && transaction != 0;
    return take_for_dialog(remote, exchange,
                           exchange.is_request && !exchange.dialog.empty() && !is_ack_to_rejection);
  }
  Name name{exchange.branch, remote};
  if (const ConnectionId own = find_newest(name)) return own;
  const ConnectionId accepted = find_newest({"", remote});
  if (accepted != 0) add_name(accepted, std::move(name));
  return accepted;
}

// Its dialog's connection; else one that belongs to no dialog yet; else, outside of dialogs, any.
ConnectionId ConnectionTable::take_for_dialog(const TransportAddress& remote,
                                              const Exchange& exchange, bool is_in_dialog) {
  const auto [first, last] = by_name_.equal_range({exchange.call_id, remote});
  const auto find = [&, begin = first, end = last](const std::string& dialog) -> ConnectionId {
    const auto found = std::find_if(
        begin, end, [&](const auto& one) { return connections_.at(one.second).dialog == dialog; });
    return found == end ? 0 : found->second;
  };
  ConnectionId id = find(exchange.dialog);
  if (id == 0) id = find("");
  if (id == 0 && !is_in_dialog && first != last) id = first->second;
  if (id != 0 && is_in_dialog) connections_[id].dialog = exchange.dialog;
  return id;
}

void ConnectionTable::begin_use(ConnectionId id, transaction::TransactionId transaction) {
  const auto [place, is_new] = users_.try_emplace(transaction, id);
  if (!is_new && place->second == id) return;
  if (!is_new)
    if (Connection* before = find(std::exchange(place->second, id))) --before->users;
  ++connections_[id].users;
}

ConnectionId ConnectionTable::end_use(transaction::TransactionId transaction) {
  const auto found = users_.find(transaction);
  if (found == users_.end()) return 0;
  const ConnectionId id = found->second;
  users_.erase(found);
  Connection* connection = find(id);
  return connection != nullptr && --connection->users == 0 ? id : 0;
}

std::vector<ConnectionId> ConnectionTable::note(ConnectionId id, const Exchange& exchange) {
  std::vector<ConnectionId> released;
  if (exchange.dialog.empty()) return released;
  if (!exchange.is_request) {
    if (exchange.method != sip::MethodId::Invite || !exchange.is_success) return released;
    Connection& connection = connections_[id];
    if (connection.dialog.empty()) connection.dialog = exchange.dialog;
    dialogs_.try_emplace(exchange.dialog, false);
  } else if (exchange.method == sip::MethodId::Ack) {
    const auto known = dialogs_.find(exchange.dialog);
    if (known != dialogs_.end()) known->second = true;
  } else if (exchange.method == sip::MethodId::Bye) {
    dialogs_.erase(exchange.dialog);
    auto one = by_name_.lower_bound({exchange.call_id, TransportAddress{}});
    for (; one != by_name_.end() && one->first.first == exchange.call_id; ++one)
      if (one->second < kFirstAcceptedConnection &&
          connections_.at(one->second).dialog == exchange.dialog)
        released.push_back(one->second);
  }
  return released;
}

bool ConnectionTable::is_kept(const Connection& connection) const {
  if (connection.users > 0) return true;
  const auto dialog = dialogs_.find(connection.dialog);
  return dialog != dialogs_.end() && dialog->second;
}

// A proxy off the route hears of a 2xx but of no BYE: it forgets with the last connection.
void ConnectionTable::forget_dialogs(const std::string& call_id) {
  const auto first = by_name_.lower_bound({call_id, TransportAddress{}});
  if (first != by_name_.end() && first->first.first == call_id) return;
  const std::string prefix = call_id + '\n';
  auto dialog = dialogs_.lower_bound(prefix);
  while (dialog != dialogs_.end() && dialog->first.compare(0, prefix.size(), prefix) == 0)
    dialog = dialogs_.erase(dialog);
}

}  // namespace trapezoid::element
