#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/base/time.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/trace/trace.hpp"

namespace trapezoid::run {

/// What the command line may say about a run.
struct RunOptions {
  std::optional<std::uint64_t> seed;  ///< Instead of the scenario's.
  /// Settings of SimGrid that cannot change results, "contexts/factory:thread".
  std::vector<std::string> simgrid_settings;
  /// Told now and then how far the run is: its date, and how many messages were sent. May be null.
  std::function<void(Instant now, std::size_t messages)> on_progress = nullptr;
};

/// How long after its last action a run is stopped that is not over and whose scenario has no
/// `stop_at`: a call that rings on is never over.
constexpr Duration kLongestRun = std::chrono::hours(24);

/// Why a scenario cannot be run, a sentence each.
using Mistakes = std::vector<std::string>;

/// Runs a scenario from its start until nobody waits for anything (or to its `stop_at`) and returns
/// the trace, which says whether it was stopped: the same one for the same scenario, seed and
/// version, on every machine. A process can do this once (SimGrid's clock cannot be set back):
/// `simulate_in_child` for more.
Result<trace::Trace, Mistakes> simulate(const scenario::Scenario& scenario,
                                        const RunOptions& options = {});

/// The same in a child process, as often as one likes.
Result<trace::Trace, Mistakes> simulate_in_child(const scenario::Scenario& scenario,
                                                 const RunOptions& options = {});

}  // namespace trapezoid::run
