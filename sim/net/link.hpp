#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "sim/base/time.hpp"

namespace trapezoid::net {

/// What one direction of a link is like.
struct LinkParameters {
  std::string name;
  Duration delay{};                   ///< Propagation, 0 or more.
  std::uint64_t bits_per_second = 0;  ///< At least 1.
};

/// When a packet occupies a link and when its last bit reaches the far end.
struct Passage {
  Instant starts{};
  Instant arrives{};
};

/// One direction of a link: a first-in-first-out store-and-forward server. A packet starts when the
/// one before it has left, occupies the link for its wire bits / bandwidth, and arrives `delay`
/// later.
class Link {
 public:
  explicit Link(LinkParameters parameters) : parameters_(std::move(parameters)) {}

  /// How long `wire_bytes` occupy the link, rounded to the nearest nanosecond, halves up. This is
  /// the only rounding in the network: every other date is a sum of integers.
  Duration transmission_time(std::uint64_t wire_bytes) const {
    constexpr std::uint64_t kBitNanoseconds = 8'000'000'000;
    const std::uint64_t rate = parameters_.bits_per_second;
    return Duration{static_cast<std::int64_t>((wire_bytes * kBitNanoseconds + rate / 2) / rate)};
  }

  /// Takes a packet in, or nothing when the link is down: the packet is then lost. Packets that
  /// were on their way when a link goes down still arrive.
  std::optional<Passage> carry(std::uint64_t wire_bytes, Instant now) {
    if (!is_up_) return std::nullopt;
    const Instant starts = std::max(now, busy_until_);
    busy_until_ = starts + transmission_time(wire_bytes);
    return Passage{starts, busy_until_ + parameters_.delay};
  }

  const LinkParameters& parameters() const { return parameters_; }
  bool is_up() const { return is_up_; }
  void set_up(bool is_up) { is_up_ = is_up; }

 private:
  LinkParameters parameters_;
  Instant busy_until_{};
  bool is_up_ = true;
};

}  // namespace trapezoid::net
