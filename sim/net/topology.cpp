#include "sim/net/topology.hpp"

#include <utility>

namespace trapezoid::net {

HostIndex Topology::add_host(std::string name) {
  hosts_.push_back({std::move(name), true, 0, {}});
  return static_cast<HostIndex>(hosts_.size() - 1);
}

LinkIndex Topology::add_link(LinkParameters parameters) {
  links_.emplace_back(std::move(parameters));
  return static_cast<LinkIndex>(links_.size() - 1);
}

bool Topology::add_address(HostIndex host, const std::string& address) {
  const auto [place, is_new] = addresses_.try_emplace(address, host);
  return is_new || place->second == host;
}

void Topology::set_route(HostIndex from, HostIndex to, Route links) {
  auto& routes = hosts_[from].routes;
  if (routes.size() <= to) routes.resize(to + 1);
  routes[to] = std::move(links);
}

const Route* Topology::find_route(HostIndex from, HostIndex to) const {
  static const Route no_links;
  const auto& routes = hosts_[from].routes;
  if (to < routes.size() && routes[to]) return &*routes[to];
  return from == to ? &no_links : nullptr;
}

std::optional<HostIndex> Topology::find_host_at(const std::string& address) const {
  const auto found = addresses_.find(address);
  if (found == addresses_.end()) return std::nullopt;
  return found->second;
}

std::uint16_t Topology::take_ephemeral_port(HostIndex host) {
  constexpr std::uint16_t kFirst = 49152;
  constexpr std::uint16_t kCount = 65535 - kFirst + 1;
  return static_cast<std::uint16_t>(kFirst + hosts_[host].ports_taken++ % kCount);
}

}  // namespace trapezoid::net
