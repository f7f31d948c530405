#include "sim/element/connection_table.hpp"

#include <utility>

namespace trapezoid::element {

ConnectionId ConnectionTable::open(const TransportAddress& local, const TransportAddress& remote) {
  const ConnectionId id = ++last_opened_;
  Connection& connection = connections_[id];
  connection.local = local;
  connection.remote = remote;
  for_requests_[remote] = id;
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
  std::erase_if(for_requests_, [id](const auto& entry) { return entry.second == id; });
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

}  // namespace trapezoid::element
