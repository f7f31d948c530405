#include <algorithm>

#include <fmt/format.h>

#include "sim/scenario/read.hpp"

namespace trapezoid::scenario {

namespace {

constexpr std::pair<std::string_view, ConnectionPolicy> kPolicies[] = {
    {"per_hop", ConnectionPolicy::PerHop},
    {"per_dialog", ConnectionPolicy::PerDialog},
    {"per_transaction", ConnectionPolicy::PerTransaction}};

/// IPv4's header, which the whole must at least hold.
constexpr std::uint32_t kMinTcpHeaderBytes = 20;

std::vector<std::string> read_hosts(const Reader& reader) {
  std::vector<std::string> hosts;
  for (const Reader& item : reader.items_at_least_one("host")) {
    std::string host = item.name();
    if (std::find(hosts.begin(), hosts.end(), host) != hosts.end())
      item.fail(fmt::format("the host \"{}\" stands twice", host));
    hosts.push_back(std::move(host));
  }
  return hosts;
}

Link read_link(const Reader& reader, const std::vector<std::string>& hosts) {
  ObjectReader object = reader.object();
  Link link;
  link.name = object.required("name").name();
  const Reader between = object.required("between");
  const std::vector<Reader> ends = between.items();
  if (between.exists() && ends.size() != 2) between.fail("expected the names of two hosts");
  if (ends.size() == 2) {
    link.from = ends[0].name();
    link.to = ends[1].name();
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const std::string& host = i == 0 ? link.from : link.to;
      if (!host.empty() && std::find(hosts.begin(), hosts.end(), host) == hosts.end())
        ends[i].fail_unknown("host", host, hosts);
    }
    if (!link.from.empty() && link.from == link.to)
      ends[1].fail("expected another host: a link connects two");
  }
  link.latency = object.required("latency_ms").milliseconds();
  link.bandwidth_bps = object.required("bandwidth_bps").integer<std::uint64_t>(1, kMaxBandwidth, 1);
  object.reject_unknown_keys();
  return link;
}

std::vector<Link> read_links(const Reader& reader, const std::vector<std::string>& hosts) {
  std::vector<Link> links;
  for (const Reader& item : reader.items()) {
    Link link = read_link(item, hosts);
    for (const Link& other : links)
      if (!link.name.empty() && other.name == link.name)
        item.object().optional("name").fail(
            fmt::format("the link name \"{}\" stands twice", link.name));
    links.push_back(std::move(link));
  }
  return links;
}

std::vector<LinkOverride> read_link_overrides(const Reader& reader) {
  std::vector<LinkOverride> changes;
  for (const Reader& item : reader.items()) {
    ObjectReader object = item.object();
    LinkOverride change;
    const Reader name = object.required("name");
    change.name = name.line();
    for (const LinkOverride& other : changes)
      if (!change.name.empty() && other.name == change.name)
        name.fail(fmt::format("the link name \"{}\" stands twice", change.name));
    const Reader latency = object.optional("latency_ms");
    if (latency.exists()) change.latency = latency.milliseconds();
    const Reader bandwidth = object.optional("bandwidth_bps");
    if (bandwidth.exists())
      change.bandwidth_bps = bandwidth.integer<std::uint64_t>(1, kMaxBandwidth, 1);
    if (!latency.exists() && !bandwidth.exists())
      item.fail("changes nothing, expected latency_ms or bandwidth_bps");
    object.reject_unknown_keys();
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace

Network read_network(const Reader& reader, std::string& platform) {
  ObjectReader object = reader.object();
  Network network;
  const Reader platform_reader = object.optional("platform");
  const Reader hosts = object.optional("hosts");
  const Reader links = object.optional("links");
  platform = platform_reader.line();
  if (platform_reader.exists() && (hosts.exists() || links.exists()))
    reader.fail("expected either platform, or hosts and links, not both");
  else if (reader.exists() && !platform_reader.exists() && !hosts.exists())
    reader.fail("missing: either platform, or hosts and links");
  network.hosts = read_hosts(hosts);
  network.links = read_links(links, network.hosts);
  network.link_overrides = read_link_overrides(object.optional("link_overrides"));

  ObjectReader connections = object.optional("connections").object();
  network.connection_policy =
      connections.optional("policy").one_of(kPolicies, network.connection_policy);
  network.reuse_accepted = connections.optional("reuse_accepted").flag(network.reuse_accepted);
  connections.reject_unknown_keys();

  ObjectReader tcp = object.optional("tcp").object();
  network.tcp_mss_bytes =
      tcp.optional("mss_bytes").integer<std::uint32_t>(1, 65495, network.tcp_mss_bytes);
  network.tcp_header_bytes =
      tcp.optional("header_bytes")
          .integer<std::uint32_t>(kMinTcpHeaderBytes, 1000, network.tcp_header_bytes);
  tcp.reject_unknown_keys();
  object.reject_unknown_keys();
  return network;
}

}  // namespace trapezoid::scenario
