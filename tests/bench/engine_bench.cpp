// What a simulated call costs in CPU time: the bare engine (four SimGrid actors, TCP, the byte
// counts of RFC 3665 §3.2, no SIP). Each run is a process of its own, since SimGrid's clock cannot
// go back.

#include <ctime>

#include <benchmark/benchmark.h>

#include "sim/world/child.hpp"
#include "sim/world/world.hpp"
#include "tests/bench/bare_call.hpp"

namespace trapezoid::bench {
namespace {

/// A call lasts 10 s and some 60 ms; N of them are under way when one starts every N-th of that.
constexpr std::int64_t kCallNs = 10'100'000'000;

world::InlinePlatform four_hosts() {
  using std::chrono::milliseconds;
  constexpr std::uint64_t kGigabit = 1'000'000'000;
  return {{"alice", "proxy1", "proxy2", "bob"},
          {{"alice-proxy1", "alice", "proxy1", milliseconds(5), kGigabit},
           {"proxy1-proxy2", "proxy1", "proxy2", milliseconds(10), kGigabit},
           {"proxy2-bob", "proxy2", "bob", milliseconds(5), kGigabit}}};
}

/// CPU seconds of one simulation, set-up excluded, or a negative number when a call is missing.
double simulate_bare(const Load& load) {
  std::vector<world::ElementPlace> elements = bare_elements(load);
  const auto* const bob = dynamic_cast<const BareElement*>(elements.back().element.get());
  auto world = world::World::create(four_hosts(), std::move(elements), {}, nullptr);
  if (!world) return -1;
  const std::clock_t begins = std::clock();
  (*world)->run();
  const std::clock_t ends = std::clock();
  if (bob->completed() != load.calls) return -1;
  return static_cast<double>(ends - begins) / CLOCKS_PER_SEC;
}

/// Argument: how many calls are in flight on average. The time shown is that of one call.
void bare_engine_call(benchmark::State& state) {
  const std::int64_t in_flight = state.range(0);
  const Load load{static_cast<std::uint64_t>(in_flight * 3 + 20'000),
                  Duration{kCallNs / in_flight}};
  for (auto _ : state) {
    const auto outcome = world::run_in_child([&] { return std::to_string(simulate_bare(load)); });
    const double seconds = outcome.has_ended_well ? std::stod(outcome.result) : -1;
    if (seconds < 0) return state.SkipWithError("the simulation failed");
    state.SetIterationTime(seconds / static_cast<double>(load.calls));
  }
  state.counters["calls"] = static_cast<double>(load.calls);
}
BENCHMARK(bare_engine_call)
    ->Arg(1)
    ->Arg(100)
    ->Arg(10'000)
    ->UseManualTime()
    ->Iterations(3)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace trapezoid::bench
