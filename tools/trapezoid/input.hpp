#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/load.hpp"
#include "sim/trace/trace.hpp"
#include "tools/trapezoid/output.hpp"

namespace trapezoid::command {

/// The scenario that a `SCENARIO` argument means: a file, "-", or the short name of a shipped one;
/// or what is wrong with it.
scenario::Loaded load_scenario_argument(const std::string& argument,
                                        const std::vector<scenario::Override>& overrides);

/// The trace that a `TRACE` argument means: a trace, or a scenario, which is run first. Told apart
/// by content. Nothing: it could not be had, and that was said.
std::optional<trace::Trace> read_trace_argument(const std::string& argument, Output& output);

/// Overrides from the command line, or nothing when one of them is wrong, which was said.
std::optional<std::vector<scenario::Override>> read_overrides(const std::vector<std::string>& texts,
                                                              Output& output);

/// Runs a scenario; nothing when it cannot be run, which was said. Once a process.
std::optional<trace::Trace> run_scenario(const scenario::Scenario& scenario,
                                         std::optional<std::uint64_t> seed,
                                         const std::vector<std::string>& simgrid_settings,
                                         Output& output);

}  // namespace trapezoid::command
