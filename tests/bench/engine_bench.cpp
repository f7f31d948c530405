// What a simulated call costs in CPU time: the flagship (RFC 3665 §3.2, nothing recorded) beside
// the bare engine (the same four SimGrid actors, TCP and byte counts, no SIP), in the same run.
// Each simulation is a process of its own, since SimGrid's clock cannot go back.

#include <ctime>
#include <optional>
#include <string>

#include <benchmark/benchmark.h>

#include "sim/run/assemble.hpp"
#include "sim/world/child.hpp"
#include "sim/world/world.hpp"
#include "tests/bench/bare_call.hpp"
#include "tests/bench/sip_call.hpp"

namespace trapezoid::bench {
namespace {

/// A call lasts 12 s and some 100 ms; N of them are under way when one starts every N-th of that.
constexpr std::int64_t kCallNs = 12'100'000'000;
constexpr std::uint64_t kMessages = 23;

world::InlinePlatform four_hosts() {
  using std::chrono::milliseconds;
  constexpr std::uint64_t kGigabit = 1'000'000'000;
  return {{"alice", "proxy1", "proxy2", "bob"},
          {{"alice-proxy1", "alice", "proxy1", milliseconds(5), kGigabit},
           {"proxy1-proxy2", "proxy1", "proxy2", milliseconds(10), kGigabit},
           {"proxy2-bob", "proxy2", "bob", milliseconds(5), kGigabit}}};
}

enum class Kind { Bare, Sip };

/// CPU seconds of one simulation, set-up excluded; nothing when it cannot be set up. The elements
/// are made in here: they take memory that the next simulation must not find warm.
std::optional<double> simulate(Kind kind, const Load& load, world::WorldObserver* observer) {
  const scenario::Scenario scenario = kind == Kind::Sip ? flagship(load) : scenario::Scenario{};
  const resolve::Zone zone = run::make_zone(scenario);
  auto world = world::World::create(
      four_hosts(), kind == Kind::Sip ? sip_elements(scenario, zone) : bare_elements(load), {},
      observer);
  if (!world) return std::nullopt;
  const std::clock_t begins = std::clock();
  (*world)->run();
  return static_cast<double>(std::clock() - begins) / CLOCKS_PER_SEC;
}

/// The CPU seconds of one call, from a simulation in a child.
std::optional<double> measure(Kind kind, const Load& load) {
  const auto outcome = world::run_in_child([&] {
    const auto seconds = simulate(kind, load, nullptr);
    return seconds ? std::to_string(*seconds) : std::string();
  });
  if (!outcome.has_ended_well || outcome.result.empty()) return std::nullopt;
  return std::stod(outcome.result) / static_cast<double>(load.calls);
}

/// How many bytes a call's messages have, if every call has its 23 messages.
std::optional<double> count_bytes(Kind kind, const Load& load) {
  const auto outcome = world::run_in_child([&] {
    CountingObserver counts;
    simulate(kind, load, &counts);
    const bool is_complete = counts.messages() == kMessages * load.calls;
    return is_complete ? std::to_string(counts.bytes()) : std::string();
  });
  if (!outcome.has_ended_well || outcome.result.empty()) return std::nullopt;
  return std::stod(outcome.result) / static_cast<double>(load.calls);
}

/// Enough calls for a steady state: some 30 s longer than a call, transactions linger (RFC 6026).
Load load_of(std::int64_t in_flight) {
  return {static_cast<std::uint64_t>(in_flight * 6 + 20'000), Duration{kCallNs / in_flight}};
}

/// Argument: how many calls are in flight on average. The time shown is that of one call.
void bare_engine_call(benchmark::State& state) {
  const Load load = load_of(state.range(0));
  const auto bytes = count_bytes(Kind::Bare, load);
  if (!bytes) return state.SkipWithError("calls are missing");
  for ([[maybe_unused]] auto _ : state) {
    const auto seconds = measure(Kind::Bare, load);
    if (!seconds) return state.SkipWithError("the simulation failed");
    state.SetIterationTime(*seconds);
  }
  state.counters["bytes"] = *bytes;
}

/// `ratio` is the flagship's cost over that of the bare engine. The two take turns, so that what
/// else the machine does falls on both.
void sip_call(benchmark::State& state) {
  const Load load = load_of(state.range(0));
  const auto bytes = count_bytes(Kind::Sip, load);
  if (!bytes) return state.SkipWithError("calls are missing");
  double bare = 0;
  double sip = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto bare_seconds = measure(Kind::Bare, load);
    const auto sip_seconds = measure(Kind::Sip, load);
    if (!bare_seconds || !sip_seconds) return state.SkipWithError("a simulation failed");
    bare += *bare_seconds;
    sip += *sip_seconds;
    state.SetIterationTime(*sip_seconds);
  }
  state.counters["bytes"] = *bytes;
  state.counters["ratio"] = sip / bare;
}

/// The argument: how many calls are in flight on average. The time shown is that of one call.
void at_each_load(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t in_flight : {1, 100, 10'000}) bench->Arg(in_flight);
  bench->UseManualTime()->Iterations(3)->Unit(benchmark::kMicrosecond);
}
BENCHMARK(bare_engine_call)->Apply(at_each_load);
BENCHMARK(sip_call)->Apply(at_each_load);

}  // namespace
}  // namespace trapezoid::bench
