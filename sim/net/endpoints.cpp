#include "sim/net/endpoints.hpp"

namespace trapezoid::net {

EndpointIndex Endpoints::add(HostIndex host) {
  endpoints_.push_back({host, {}, {}});
  return static_cast<EndpointIndex>(endpoints_.size() - 1);
}

bool Endpoints::listen(EndpointIndex endpoint, const TransportAddress& address) {
  const auto [place, is_new] = listeners_.try_emplace(address, endpoint);
  return is_new || place->second == endpoint;
}

std::optional<EndpointIndex> Endpoints::find_listener(const TransportAddress& address) const {
  const auto found = listeners_.find(address);
  if (found == listeners_.end()) return std::nullopt;
  return found->second;
}

void Endpoints::bind_opened(EndpointIndex endpoint, ConnectionId connection, ConnectionSlot slot) {
  auto& opened = endpoints_[endpoint].opened;
  if (opened.size() < connection) opened.resize(connection, kUnbound);
  opened[connection - 1] = slot;
}

ConnectionId Endpoints::bind_accepted(EndpointIndex endpoint, ConnectionSlot slot) {
  auto& accepted = endpoints_[endpoint].accepted;
  accepted.push_back(slot);
  return kFirstAcceptedConnection + accepted.size() - 1;
}

std::optional<ConnectionEnd> Endpoints::find(EndpointIndex endpoint,
                                             ConnectionId connection) const {
  const bool is_accepted = connection >= kFirstAcceptedConnection;
  const auto& names = is_accepted ? endpoints_[endpoint].accepted : endpoints_[endpoint].opened;
  // The name 0, which is none, becomes an index beyond every end.
  const std::uint64_t index = connection - (is_accepted ? kFirstAcceptedConnection : 1);
  if (index >= names.size() || names[index] == kUnbound) return std::nullopt;
  return ConnectionEnd{names[index], static_cast<std::uint8_t>(is_accepted ? 1 : 0)};
}

void Endpoints::unbind(EndpointIndex endpoint, ConnectionId connection) {
  auto& from = endpoints_[endpoint];
  if (connection >= kFirstAcceptedConnection)
    from.accepted[connection - kFirstAcceptedConnection] = kUnbound;
  else if (connection != 0)
    from.opened[connection - 1] = kUnbound;
}

}  // namespace trapezoid::net
