#include "sim/world/simgrid_engine.hpp"

#include <csignal>
#include <map>

#include "sim/base/time.hpp"

namespace trapezoid::world {
namespace {

namespace sg4 = simgrid::s4u;

constexpr double kAnyFlops = 1e9;  // nothing is computed on hosts yet

sg4::LinkInRoute hop_of(const sg4::SplitDuplexLink* link, bool is_forward) {
  return {link, is_forward ? sg4::LinkInRoute::Direction::UP : sg4::LinkInRoute::Direction::DOWN};
}

void build(sg4::Engine& engine, const InlinePlatform& platform) {
  sg4::NetZone* const root = compat::make_root_zone(engine);
  std::map<std::string, sg4::Host*> hosts;
  for (const std::string& name : platform.hosts)
    hosts[name] = compat::add_host(root, name, kAnyFlops);
  std::vector<const sg4::SplitDuplexLink*> links;
  for (const PlatformLink& link : platform.links)
    links.push_back(compat::add_duplex_link(
        root, link.name, static_cast<double>(link.bits_per_second) / 8, to_seconds(link.latency)));
  for (std::size_t i = 0; i < platform.hosts.size(); ++i)
    for (std::size_t j = i + 1; j < platform.hosts.size(); ++j) {
      const std::string& from = platform.hosts[i];
      const std::string& to = platform.hosts[j];
      const auto route = find_inline_route(platform, from, to);
      if (!route) continue;
      std::vector<sg4::LinkInRoute> hops;
      for (const InlineHop& hop : *route) hops.push_back(hop_of(links[hop.link], hop.is_forward));
      compat::add_route(root, hosts[from], hosts[to], hops);
    }
  root->seal();
}

void apply(const LinkChange& change) {
  for (sg4::Link* const link : find_links(change.link)) {
    if (change.latency) link->set_latency(to_seconds(*change.latency));
    if (change.bits_per_second)
      link->set_bandwidth(static_cast<double>(*change.bits_per_second) / 8);
  }
}

}  // namespace

std::vector<sg4::Link*> find_links(const std::string& name) {
  std::vector<sg4::Link*> links;
  for (const char* const suffix : {"", "_UP", "_DOWN"})
    if (sg4::Link* const link = sg4::Link::by_name_or_null(name + suffix)) links.push_back(link);
  return links;
}

SimGridEngine::SimGridEngine(const PlatformSource& source, const std::vector<LinkChange>& changes,
                             const std::vector<std::string>& settings) {
  // Never the user's command line: SimGrid would act on its options, and abort on mistakes.
  arguments_ = {"trapezoid", "--log=root.thres:warning", "--log=root.fmt:%m%n", "--log=no_loc"};
  for (const std::string& setting : settings) arguments_.push_back("--cfg=" + setting);
  for (std::string& argument : arguments_) argument_pointers_.push_back(argument.data());
  argument_pointers_.push_back(nullptr);
  argument_count_ = static_cast<int>(arguments_.size());

  // The engine installs handlers; an interrupted simulation should simply end.
  auto* const on_interrupt = std::signal(SIGINT, SIG_DFL);
  auto* const on_fault = std::signal(SIGSEGV, SIG_DFL);
  engine_ = std::make_unique<sg4::Engine>(&argument_count_, argument_pointers_.data());
  static_cast<void>(std::signal(SIGINT, on_interrupt));
  static_cast<void>(std::signal(SIGSEGV, on_fault));

  // SimGrid's own flows, where there are any, take exactly latency + size / bandwidth.
  sg4::Engine::set_config("network/model:CM02");
  sg4::Engine::set_config("network/crosstraffic:0");
  sg4::Engine::set_config("network/TCP-gamma:0");

  if (const auto* const file = std::get_if<PlatformFile>(&source))
    engine_->load_platform(file->path);
  else
    build(*engine_, std::get<InlinePlatform>(source));
  engine_->seal_platform();  // routes can be asked for from here on
  for (const LinkChange& change : changes) apply(change);
}

SimGridEngine::~SimGridEngine() = default;

}  // namespace trapezoid::world
