#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "sim/base/timer_queue.hpp"
#include "sim/world/world.hpp"

namespace trapezoid::bench {

/// How many calls are simulated and how fast they come.
struct Load {
  std::uint64_t calls = 1;
  Duration interval{};  ///< From the start of one call to that of the next.
};

/// One of four elements in a row that pass each other the 23 messages of RFC 3665 §3.2 by size
/// only: the engine's share of a simulated call, without SIP. Bob answers after 2 s and hangs up
/// after 10 s. Connections are one a hop and stay open, as in the flagship scenario.
class BareElement : public element::Element {
 public:
  /// `row` is 0 for Alice to 3 for Bob. Only Alice heeds `load`.
  BareElement(std::uint8_t row, const Load& load) : row_(row), load_(load) {}

  void handle(element::Input input, Instant now) override;
  std::optional<element::Output> poll() override;
  std::optional<Instant> next_deadline() const override { return timers_.next_deadline(); }
  /// Calls whose last message has come (Bob).
  std::uint64_t completed() const { return completed_; }

 private:
  void on_message(std::string_view bytes, Instant now);
  void send(std::uint8_t step, std::uint64_t call);
  void fire(Instant now);

  std::uint8_t row_;
  Load load_;
  std::uint64_t started_ = 0;
  std::uint64_t completed_ = 0;
  bool is_connected_ = false;  // to the right neighbour
  TimerQueue timers_;
  std::deque<element::Output> outputs_;
};

/// The four elements with their addresses, Alice first, for a platform with hosts of these names.
std::vector<world::ElementPlace> bare_elements(const Load& load);

}  // namespace trapezoid::bench
