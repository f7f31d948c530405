#include "sim/world/network_map.hpp"

#include <cmath>

namespace trapezoid::world {

namespace sg4 = simgrid::s4u;

net::HostIndex NetworkMap::add_host(const sg4::Host& host) {
  const auto found = host_indices_.find(host.get_name());
  if (found != host_indices_.end()) return found->second;
  const net::HostIndex index = topology_->add_host(host.get_name());
  host_indices_[host.get_name()] = index;
  hosts_.push_back(&host);
  topology_->set_host_up(index, host.is_on());
  return index;
}

net::LinkIndex NetworkMap::add_link(const sg4::Link& link) {
  const auto found = links_.find(link.get_name());
  if (found != links_.end()) return found->second;
  net::LinkParameters parameters;
  parameters.name = link.get_name();
  parameters.delay = from_seconds(link.get_latency());
  parameters.bits_per_second = static_cast<std::uint64_t>(std::llround(link.get_bandwidth() * 8));
  const net::LinkIndex index = topology_->add_link(std::move(parameters));
  topology_->link(index).set_up(link.is_on());
  links_[link.get_name()] = index;
  return index;
}

void NetworkMap::add_routes() {
  for (net::HostIndex from = 0; from < hosts_.size(); ++from)
    for (net::HostIndex to = 0; to < hosts_.size(); ++to) {
      if (from == to) continue;  // within a host nothing takes time
      std::vector<sg4::Link*> links;
      double latency = 0;
      hosts_[from]->route_to(hosts_[to], links, &latency);
      net::Route route;
      for (const sg4::Link* const link : links) route.push_back(add_link(*link));
      topology_->set_route(from, to, std::move(route));
    }
}

void NetworkMap::follow(const sg4::Link& link) {
  const auto found = links_.find(link.get_name());
  if (found != links_.end()) topology_->link(found->second).set_up(link.is_on());
}

void NetworkMap::follow(const sg4::Host& host) {
  const auto found = host_indices_.find(host.get_name());
  if (found != host_indices_.end()) topology_->set_host_up(found->second, host.is_on());
}

}  // namespace trapezoid::world
