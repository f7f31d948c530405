#include "sim/run/simulate.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "sim/net/network.hpp"
#include "sim/run/assemble.hpp"
#include "sim/run/recording_observer.hpp"
#include "sim/run/version.hpp"
#include "sim/trace/format.hpp"
#include "sim/trace/recorder.hpp"
#include "sim/world/child.hpp"
#include "sim/world/world.hpp"

namespace trapezoid::run {
namespace {

world::PlatformSource make_platform(const scenario::Network& network) {
  if (!network.platform.empty()) return world::PlatformFile{network.platform};
  world::InlinePlatform platform;
  platform.hosts = network.hosts;
  for (const auto& link : network.links)
    platform.links.push_back({link.name, link.from, link.to, link.latency, link.bandwidth_bps});
  return platform;
}

Duration last_action(const scenario::Scenario& scenario) {
  Duration last{};
  for (const auto& action : scenario.actions)
    last = std::max(last, std::get<scenario::Call>(action).at);
  return last;
}

world::WorldOptions make_world_options(const scenario::Scenario& scenario,
                                       const RunOptions& options) {
  world::WorldOptions made;
  made.network.mss = scenario.network.tcp_mss_bytes;
  made.network.tcp_header = scenario.network.tcp_header_bytes - made.network.ipv4_header;
  for (const auto& change : scenario.network.link_overrides)
    made.link_changes.push_back({change.name, change.latency, change.bandwidth_bps});
  made.simgrid_settings = options.simgrid_settings;
  made.stop_at = Instant{scenario.stop_at.value_or(last_action(scenario) + kLongestRun)};
  return made;
}

trace::Header make_header(const scenario::Scenario& scenario, std::uint64_t seed,
                          const net::Options& network) {
  trace::Header header;
  header.generator = std::string("trapezoid ") + kVersion;
  header.scenario = scenario.name;
  header.title = scenario.title;
  header.scenario_sha256 = scenario.digest;
  header.seed = seed;
  header.reference = scenario.reference;
  header.model_box = net::model_description(network);
  return header;
}

}  // namespace

Result<trace::Trace, Mistakes> simulate(const scenario::Scenario& scenario,
                                        const RunOptions& options) {
  const std::uint64_t seed = options.seed.value_or(scenario.seed);
  const resolve::Zone zone = make_zone(scenario);
  const world::WorldOptions world_options = make_world_options(scenario, options);
  trace::Recorder recorder(make_header(scenario, seed, world_options.network));
  std::vector<world::ElementPlace> places;
  for (const auto& element : scenario.elements) {
    std::vector<TransportAddress> addresses;
    for (const Transport transport : element.transports)
      addresses.push_back({element.address, element.port, transport});
    recorder.add_lane(element.name, element.label, std::string(role_of(element)), addresses);
    places.push_back({element.name, element.host, std::move(addresses),
                      make_element(element, scenario, zone, seed, element::Recording::On)});
  }
  RecordingObserver observer(recorder, options.on_progress);
  auto world = world::World::create(make_platform(scenario.network), std::move(places),
                                    world_options, &observer);
  if (!world) return world.error();
  const world::WorldOutcome outcome = (*world)->run();
  trace::Trace trace = recorder.finish();
  if (outcome.is_stopped) trace.stopped_ns = to_ns(*world_options.stop_at);
  return trace;
}

Result<trace::Trace, Mistakes> simulate_in_child(const scenario::Scenario& scenario,
                                                 const RunOptions& options) {
  constexpr char kMistake = '!';  // begins a result that is a list of mistakes, one a line
  const auto outcome = world::run_in_child([&]() -> std::string {
    const auto trace = simulate(scenario, options);
    if (trace) return trace::write_trace(*trace);
    std::string text;
    for (const auto& mistake : trace.error()) {
      text += kMistake;
      text += mistake;
      text += '\n';
    }
    return text;
  });
  if (!outcome.has_ended_well) return Mistakes{"the simulation broke down: " + outcome.said};
  if (!outcome.result.empty() && outcome.result.front() == kMistake) {
    Mistakes mistakes;
    for (std::size_t at = 0; at < outcome.result.size();) {
      const std::size_t end = outcome.result.find('\n', at);
      mistakes.push_back(outcome.result.substr(at + 1, end - at - 1));
      at = end + 1;
    }
    return mistakes;
  }
  auto trace = trace::read_trace(outcome.result);
  if (!trace) return Mistakes{"the simulation's trace is broken: " + to_string(trace.error())};
  return std::move(*trace);
}

}  // namespace trapezoid::run
