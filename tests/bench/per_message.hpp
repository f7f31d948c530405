#pragma once

#include <benchmark/benchmark.h>

#include "tests/bench/flow_messages.hpp"

namespace trapezoid::bench {

/// Adds the column `per_message`: seconds a message. To be called at the end of a benchmark.
inline void count_messages(benchmark::State& state) {
  state.counters["per_message"] = benchmark::Counter(
      static_cast<double>(flow_messages().size()),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

}  // namespace trapezoid::bench
