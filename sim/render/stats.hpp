#pragma once

#include <cstddef>
#include <string>

#include "sim/stats/metrics.hpp"
#include "sim/trace/trace.hpp"

namespace trapezoid::render {

/// How much of the metrics is shown.
struct StatsOptions {
  std::size_t max_rows = 100;  ///< Of calls and of hops; the rest is counted.
};

/// The metrics as text: calls, run, hops; delays in ms, "-" where there is none.
std::string render_stats(const stats::Metrics& metrics, const trace::Header& header,
                         const StatsOptions& options = {});

/// The metrics for other programs: one JSON object, times in integer nanoseconds, its keys in a
/// fixed order, without those that have no value.
std::string render_stats_json(const stats::Metrics& metrics, const trace::Header& header);

}  // namespace trapezoid::render
