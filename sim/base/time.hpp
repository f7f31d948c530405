#pragma once

#include <chrono>
#include <cstdint>
#include <ratio>

namespace trapezoid {

/// A span of simulated time: integer nanoseconds, so that sums are exact on every machine.
using Duration = std::chrono::duration<std::int64_t, std::nano>;

/// The simulated clock. It has no `now()`: the core is told the time, it never asks (DESIGN: the
/// core does no I/O). Its epoch is the start of the simulation.
struct SimClock {
  using rep = std::int64_t;
  using period = std::nano;
  using duration = Duration;
  using time_point = std::chrono::time_point<SimClock, Duration>;
  // NOLINTNEXTLINE(readability-identifier-naming): the name that the standard prescribes.
  static constexpr bool is_steady = true;
};

/// A date in simulated time. `Instant{}` is the start of the simulation.
using Instant = SimClock::time_point;

/// Nanoseconds since the start of the simulation, as traces write them.
constexpr std::int64_t to_ns(Instant at) {
  return at.time_since_epoch().count();
}
constexpr std::int64_t to_ns(Duration span) {
  return span.count();
}
constexpr Instant from_ns(std::int64_t ns) {
  return Instant{Duration{ns}};
}

/// The nearest nanosecond to `s` seconds. `s` must be finite and within +-292 years.
constexpr Duration from_seconds(double s) {
  const double ns = s * 1e9;
  return Duration{static_cast<std::int64_t>(ns < 0 ? ns - 0.5 : ns + 0.5)};
}
constexpr double to_seconds(Duration span) {
  return static_cast<double>(span.count()) * 1e-9;
}
constexpr double to_seconds(Instant at) {
  return to_seconds(at.time_since_epoch());
}

}  // namespace trapezoid
