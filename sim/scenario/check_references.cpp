#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "sim/scenario/read.hpp"

namespace trapezoid::scenario {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Hosts that can be reached from `start` over links, `start` included.
std::vector<std::string> reachable_from(const std::string& start, const std::vector<Link>& links) {
  std::vector<std::string> reached{start};
  for (std::size_t i = 0; i < reached.size(); ++i)
    for (const Link& link : links) {
      const std::string& other = link.from == reached[i] ? link.to : link.from;
      const bool touches = link.from == reached[i] || link.to == reached[i];
      if (touches && !contains(reached, other)) reached.push_back(other);
    }
  return reached;
}

/// Every element must have a host, and a way to the host of the first element.
void check_hosts(const Draft& draft, const std::vector<Reader>& elements,
                 const std::vector<std::string>* hosts) {
  const Scenario& scenario = draft.scenario;
  std::optional<std::vector<std::string>> reached;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::string& host = scenario.elements[i].host;
    if (host.empty() || hosts == nullptr) continue;
    const Reader reader = elements[i].object().optional("host");
    if (!contains(*hosts, host)) {
      reader.fail_unknown("host", host, *hosts);
      continue;
    }
    if (!draft.platform.empty()) continue;  // routes of a platform are the platform's affair
    if (!reached) {
      reached = reachable_from(host, scenario.network.links);
    } else if (!contains(*reached, host)) {
      reader.fail(fmt::format(R"(no link leads from the host "{}" to the host "{}")", host,
                              reached->front()));
    }
  }
}

void check_link_overrides(const Draft& draft, const std::vector<std::string>* links) {
  if (links == nullptr) return;
  const std::vector<Reader> changes =
      draft.document.object().optional("network").object().optional("link_overrides").items();
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const std::string& name = draft.scenario.network.link_overrides[i].name;
    if (!name.empty() && !contains(*links, name))
      changes[i].object().optional("name").fail_unknown("link", name, *links);
  }
}

void check_actions(const Draft& draft) {
  const Scenario& scenario = draft.scenario;
  std::vector<std::string> agents;
  for (const Element& element : scenario.elements)
    if (element.user_agent() != nullptr && !element.name.empty()) agents.push_back(element.name);
  const std::vector<Reader> actions = draft.document.object().optional("actions").items();
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const std::string& name = std::get<Call>(scenario.actions[i]).element;
    if (name.empty() || contains(agents, name)) continue;
    const Reader reader = actions[i].object().optional("element");
    if (scenario.find_element(name) != nullptr)
      reader.fail(fmt::format("the element \"{}\" is no user_agent: it cannot call", name));
    else
      reader.fail_unknown("element", name, agents);
  }
}

}  // namespace

void check_references(const Draft& draft, const PlatformNames* platform) {
  const Network& network = draft.scenario.network;
  const std::vector<Reader> elements = draft.document.object().optional("elements").items();
  check_actions(draft);
  if (!draft.platform.empty()) {
    const bool is_known = platform != nullptr && platform->is_complete;
    check_hosts(draft, elements, is_known ? &platform->hosts : nullptr);
    check_link_overrides(draft, is_known ? &platform->links : nullptr);
    return;
  }
  std::vector<std::string> links;
  for (const Link& link : network.links) links.push_back(link.name);
  const bool has_hosts = !network.hosts.empty();  // else that is the mistake, and noted
  check_hosts(draft, elements, has_hosts ? &network.hosts : nullptr);
  check_link_overrides(draft, has_hosts ? &links : nullptr);
}

}  // namespace trapezoid::scenario
