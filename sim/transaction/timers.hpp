#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "sim/base/time.hpp"
#include "sim/base/transport_address.hpp"

namespace trapezoid::transaction {

/// The timers of RFC 3261 Table 4 and RFC 6026 under their letters. C is the proxy's (§16.6) and
/// runs in no transaction; the 200 ms one of §17.2.1 has no letter.
enum class Timer : std::uint8_t { A, B, C, D, E, F, G, H, I, J, K, L, M, Trying100 };

/// "A" to "M"; "100" for `Timer::Trying100`. A literal.
const char* name_of(Timer timer);

/// What the spans of the timers are made of, RFC 3261 §17.1.1.1 and Table 4.
struct TimerValues {
  Duration t1 = std::chrono::milliseconds(500);  ///< Estimate of the round trip.
  Duration t2 = std::chrono::seconds(4);         ///< Longest interval between retransmissions.
  Duration t4 = std::chrono::seconds(5);         ///< Longest time a message stays in the network.
};

/// Whether the transport below a transaction retransmits by itself.
enum class Reliability : std::uint8_t { Unreliable, Reliable };

constexpr Reliability reliability_of(Transport transport) {
  return is_reliable(transport) ? Reliability::Reliable : Reliability::Unreliable;
}

/// How long a timer runs, as Table 4 writes it: a multiple of T1, T2 or T4, a fixed time, or never.
class Span {
 public:
  enum class Unit : std::uint8_t { Never, T1, T2, T4, Milliseconds };

  constexpr Span(std::int64_t count, Unit unit) : count_(count), unit_(unit) {}

  /// Whether the timer is not started at all. Not the same as zero, which fires.
  constexpr bool is_never() const { return unit_ == Unit::Never; }
  /// The span under these values; zero for "never".
  Duration under(const TimerValues& values) const;
  /// "64*T1", "T4", "32 s", "0 s", "never".
  std::string text() const;

  friend constexpr Span operator*(std::int64_t factor, Span span) {
    return {factor * span.count_, span.unit_};
  }

 private:
  std::int64_t count_;
  Unit unit_;
};

constexpr Span kNever{0, Span::Unit::Never};
constexpr Span kAtOnce{0,
                       Span::Unit::Milliseconds};  ///< Fires at the same date, after what is due.
constexpr Span kT1{1, Span::Unit::T1};
constexpr Span kT2{1, Span::Unit::T2};
constexpr Span kT4{1, Span::Unit::T4};
constexpr Span milliseconds(std::int64_t count) {
  return {count, Span::Unit::Milliseconds};
}
constexpr Span seconds(std::int64_t count) {
  return milliseconds(1000 * count);
}

}  // namespace trapezoid::transaction
