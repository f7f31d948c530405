#include "sim/world/platform.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/world/child.hpp"
#include "sim/world/simgrid_engine.hpp"

namespace trapezoid::world {
namespace {

namespace sg4 = simgrid::s4u;

/// How many links each host is away from `to`; hosts that are not in the map cannot get there.
std::map<std::string, std::size_t> distances_to(const InlinePlatform& platform,
                                                const std::string& to) {
  std::map<std::string, std::size_t> distance{{to, 0}};
  for (std::size_t step = 0; step < platform.hosts.size(); ++step)
    for (const PlatformLink& link : platform.links)
      for (const auto& [near, far] : {std::pair(&link.from, &link.to), {&link.to, &link.from}}) {
        const auto found = distance.find(*near);
        if (found != distance.end() && found->second == step) distance.try_emplace(*far, step + 1);
      }
  return distance;
}

std::string no_host(const std::string& name, const std::vector<std::string>& hosts) {
  std::string mistake = fmt::format("there is no host \"{}\"", name);
  if (const auto near = nearest(name, hosts))
    mistake += fmt::format("; did you mean \"{}\"?", *near);
  return mistake;
}

/// What is wrong with one link by itself, and which of its ends are no host.
void note_link_mistakes(const PlatformLink& link, const std::vector<std::string>& hosts,
                        std::vector<std::string>& mistakes) {
  for (const std::string& end : {link.from, link.to})
    if (std::find(hosts.begin(), hosts.end(), end) == hosts.end())
      mistakes.push_back(fmt::format("link \"{}\": {}", link.name, no_host(end, hosts)));
  if (link.from == link.to)
    mistakes.push_back(fmt::format("link \"{}\" leads from a host to itself", link.name));
  if (link.bits_per_second == 0)
    mistakes.push_back(fmt::format("link \"{}\" has no bandwidth", link.name));
  if (link.latency < Duration{})
    mistakes.push_back(fmt::format("link \"{}\" has a negative latency", link.name));
}

std::vector<std::string> find_inline_mistakes(const InlinePlatform& platform,
                                              const std::vector<LinkChange>& changes,
                                              const std::vector<std::string>& hosts) {
  std::vector<std::string> mistakes;
  std::set<std::string> names;
  for (const std::string& host : platform.hosts)
    if (!names.insert(host).second) mistakes.push_back(fmt::format("two hosts \"{}\"", host));
  std::set<std::string> links;
  for (const PlatformLink& link : platform.links) {
    if (!links.insert(link.name).second)
      mistakes.push_back(fmt::format("two links \"{}\"", link.name));
    note_link_mistakes(link, platform.hosts, mistakes);
  }
  for (const LinkChange& change : changes)
    if (!links.contains(change.link))
      mistakes.push_back(fmt::format("there is no link \"{}\"", change.link));
  for (const std::string& host : hosts)
    if (!names.contains(host)) mistakes.push_back(no_host(host, platform.hosts));
  if (!mistakes.empty()) return mistakes;
  for (const std::string& from : hosts)
    for (const std::string& to : hosts)
      if (from < to && !find_inline_route(platform, from, to))
        mistakes.push_back(fmt::format(R"(no links lead from "{}" to "{}")", from, to));
  return mistakes;
}

/// What no packet could cross, though SimGrid takes it.
std::optional<std::string> find_link_mistake(const sg4::Link& link) {
  if (!(link.get_bandwidth() * 8 >= 1))
    return fmt::format("link \"{}\" has no bandwidth", link.get_name());
  if (!(link.get_latency() >= 0))
    return fmt::format("link \"{}\" has a negative latency", link.get_name());
  return std::nullopt;
}

/// Which hosts have no route to another, and what is wrong with the links of those that have.
std::vector<std::string> find_route_mistakes(const sg4::Engine& engine,
                                             const std::vector<std::string>& hosts) {
  std::vector<std::string> mistakes;
  std::set<const sg4::Link*> seen;
  for (const std::string& from : hosts)
    for (const std::string& to : hosts) {
      if (from == to) continue;
      std::vector<sg4::Link*> links;
      double latency = 0;
      engine.host_by_name(from)->route_to(engine.host_by_name(to), links, &latency);
      if (links.empty()) mistakes.push_back(fmt::format(R"(no route from "{}" to "{}")", from, to));
      for (const sg4::Link* const link : links) {
        if (!seen.insert(link).second) continue;
        if (auto mistake = find_link_mistake(*link)) mistakes.push_back(std::move(*mistake));
      }
    }
  return mistakes;
}

/// What is missing in a platform that SimGrid has loaded.
std::vector<std::string> find_missing(const sg4::Engine& engine,
                                      const std::vector<LinkChange>& changes,
                                      const std::vector<std::string>& hosts) {
  std::vector<std::string> mistakes;
  std::vector<std::string> known;
  for (const sg4::Host* const host : engine.get_all_hosts()) known.push_back(host->get_name());
  for (const std::string& host : hosts)
    if (engine.host_by_name_or_null(host) == nullptr) mistakes.push_back(no_host(host, known));
  for (const LinkChange& change : changes)
    if (find_links(change.link).empty())
      mistakes.push_back(fmt::format("there is no link \"{}\"", change.link));
  return mistakes.empty() ? find_route_mistakes(engine, hosts) : mistakes;
}

/// What SimGrid said before it gave up, without its decoration.
std::string last_words(const std::string& said) {
  std::string line = said.substr(0, said.find("\nBacktrace"));
  line = line.substr(0, line.find("\n\n"));
  std::replace(line.begin(), line.end(), '\n', ' ');
  while (!line.empty() && line.back() == ' ') line.pop_back();
  constexpr std::string_view kParseError = "Parse error at ";  // then file and line
  if (line.rfind(kParseError, 0) == 0) line.erase(0, kParseError.size());
  return line.empty() ? "SimGrid cannot load it" : line;
}

std::vector<std::string> find_file_mistakes(const PlatformFile& file,
                                            const std::vector<LinkChange>& changes,
                                            const std::vector<std::string>& hosts) {
  std::error_code error;
  const auto status = std::filesystem::status(file.path, error);
  if (!std::filesystem::exists(status)) return {"there is no such file"};
  if (std::filesystem::is_directory(status)) return {"is a directory"};
  if (!std::ifstream(file.path)) return {"cannot be read"};
  if (std::filesystem::is_regular_file(status) && std::filesystem::file_size(file.path, error) == 0)
    return {"is empty"};
  const ChildOutcome outcome = run_in_child([&] {
    const SimGridEngine loaded(file, {}, {});
    std::string lines;
    for (const std::string& mistake : find_missing(*sg4::Engine::get_instance(), changes, hosts))
      lines += mistake + '\n';
    return lines;
  });
  if (!outcome.has_ended_well) return {last_words(outcome.said)};
  std::vector<std::string> mistakes;
  for (std::size_t from = 0, to = 0; from < outcome.result.size(); from = to + 1) {
    to = outcome.result.find('\n', from);
    mistakes.push_back(outcome.result.substr(from, to - from));
  }
  return mistakes;
}

}  // namespace

std::optional<std::vector<InlineHop>> find_inline_route(const InlinePlatform& platform,
                                                        const std::string& from,
                                                        const std::string& to) {
  const auto distance = distances_to(platform, to);
  if (!distance.contains(from)) return std::nullopt;
  std::vector<InlineHop> route;
  for (std::string at = from; at != to;) {
    for (std::size_t i = 0; i < platform.links.size(); ++i) {
      const PlatformLink& link = platform.links[i];
      if (link.from != at && link.to != at) continue;
      const bool is_forward = link.from == at;
      const std::string& next = is_forward ? link.to : link.from;
      const auto found = distance.find(next);
      if (found == distance.end() || found->second + 1 != distance.at(at)) continue;
      route.push_back({i, is_forward});
      at = next;
      break;
    }
  }
  return route;
}

std::vector<std::string> find_platform_mistakes(const PlatformSource& source,
                                                const std::vector<LinkChange>& changes,
                                                const std::vector<std::string>& hosts) {
  const auto* const file = std::get_if<PlatformFile>(&source);
  if (file == nullptr)
    return find_inline_mistakes(std::get<InlinePlatform>(source), changes, hosts);
  std::vector<std::string> mistakes = find_file_mistakes(*file, changes, hosts);
  for (std::string& mistake : mistakes)
    if (mistake.rfind(file->path, 0) != 0) mistake.insert(0, file->path + ": ");
  return mistakes;
}

}  // namespace trapezoid::world
