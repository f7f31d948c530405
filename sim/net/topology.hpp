#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/net/link.hpp"

namespace trapezoid::net {

/// Number hosts and link directions in the order they were added.
using HostIndex = std::uint32_t;
using LinkIndex = std::uint32_t;

/// The links that a packet passes, in order.
using Route = std::vector<LinkIndex>;

/// What there is: hosts with their addresses, link directions, and the route of each pair of hosts.
class Topology {
 public:
  HostIndex add_host(std::string name);
  LinkIndex add_link(LinkParameters parameters);
  /// Gives a host an IPv4 or IPv6 literal. False when another host has it.
  bool add_address(HostIndex host, const std::string& address);
  /// The links from one host to another. Packets of a host to itself pass none.
  void set_route(HostIndex from, HostIndex to, Route links);

  /// Null when no packet can get there.
  const Route* find_route(HostIndex from, HostIndex to) const;
  std::optional<HostIndex> find_host_at(const std::string& address) const;
  bool is_host_up(HostIndex host) const { return hosts_[host].is_up; }
  /// A host that is down neither sends nor receives; its connections fall silent.
  void set_host_up(HostIndex host, bool is_up) { hosts_[host].is_up = is_up; }
  Link& link(LinkIndex index) { return links_[index]; }
  const std::string& host_name(HostIndex host) const { return hosts_[host].name; }
  std::size_t host_count() const { return hosts_.size(); }
  /// A port for a connection that asks for none in particular: 49152 and up (RFC 6335 §6).
  std::uint16_t take_ephemeral_port(HostIndex host);

 private:
  struct Host {
    std::string name;
    bool is_up = true;
    std::uint32_t ports_taken = 0;
    std::vector<std::optional<Route>> routes;  // by destination
  };
  std::vector<Host> hosts_;
  std::vector<Link> links_;
  std::map<std::string, HostIndex> addresses_;
};

}  // namespace trapezoid::net
