#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/net/topology.hpp"
#include "sim/world/simgrid_compat.hpp"

namespace trapezoid::world {

/// The hosts, links and routes of a SimGrid platform, written once into the network's own tables:
/// whole nanoseconds and bits per second. Links and hosts that SimGrid turns off or on follow.
/// A link that both directions share (`SHARED`, `FATPIPE`) becomes one queue for both.
class NetworkMap {
 public:
  explicit NetworkMap(net::Topology& topology) : topology_(&topology) {}

  net::HostIndex add_host(const simgrid::s4u::Host& host);
  /// Adds the routes between all hosts added so far.
  void add_routes();
  void follow(const simgrid::s4u::Link& link);
  void follow(const simgrid::s4u::Host& host);

 private:
  net::LinkIndex add_link(const simgrid::s4u::Link& link);

  net::Topology* topology_;
  std::map<std::string, net::HostIndex> host_indices_;
  std::vector<const simgrid::s4u::Host*> hosts_;  // by HostIndex
  std::map<std::string, net::LinkIndex> links_;
};

}  // namespace trapezoid::world
