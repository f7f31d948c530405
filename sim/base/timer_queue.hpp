#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "sim/base/notice.hpp"
#include "sim/base/time.hpp"

namespace trapezoid {

/// Names one timer set in a `TimerQueue`; 0 is none.
using TimerId = std::uint64_t;

/// What a timer is for. The owner of the queue reads it back when the timer is due.
struct TimerPurpose {
  std::uint8_t owner = 0;  ///< Which part of the element set it.
  std::uint8_t kind = 0;   ///< The owner's own enumeration.
  std::uint64_t key = 0;   ///< The owner's own object: a transaction, a call.
  const char* name = "";   ///< A literal for the trace: "A", "answer_after".
};

/// A timer that is due.
struct DueTimer {
  TimerId id = 0;
  Instant date{};
  Instant armed_at{};
  EventId armed_by = 0;  ///< The event during which it was set.
  TimerPurpose purpose;
};

/// All timers of one element, by date and then by the order in which they were set, so that equal
/// dates fire in one order everywhere. Most timers run for one of a few spans (T1, 64*T1, ...):
/// those that are set again and again for the same span stand in a lane of that span, which is in
/// order as it grows; the others stand in a heap. Nothing is allocated per timer beyond the growth
/// of lanes, heap and slots.
class TimerQueue {
 public:
  TimerQueue() : heads_(1, kNothing) {}

  /// Sets a timer `after` from now (0 is allowed: it fires at the same date, after what is due).
  TimerId set(const Context& context, Duration after, const TimerPurpose& purpose);

  /// Does nothing when the timer has fired or was cancelled before, or `id` is 0.
  void cancel(TimerId id);

  /// The date of the earliest timer that still runs.
  std::optional<Instant> next_deadline() const;

  /// Takes the earliest timer whose date is `now` or before.
  std::optional<DueTimer> pop_due(Instant now);

  std::size_t size() const { return running_; }

 private:
  static constexpr std::size_t kMaxLanes = 16;
  static constexpr std::uint8_t kHeap = 0;  // the first of `heads_`; the lanes follow

  struct Head {
    Instant date{};
    std::uint64_t sequence = 0;
  };
  struct Entry {
    Head head;
    TimerId id = 0;  // in a lane 0 once it is cancelled
  };
  // Entries in a ring, each under the number that it had when it was appended.
  class Lane {
   public:
    explicit Lane(Duration length) : span(length) {}
    bool empty() const { return first_ == end_; }
    const Entry& front() const { return ring_[first_ & mask()]; }
    const Entry& back() const { return ring_[(end_ - 1) & mask()]; }
    std::uint32_t append(const Entry& entry);
    void mark_cancelled(std::uint32_t number) { ring_[number & mask()].id = 0; }
    void drop_front() { ++first_; }

    Duration span;

   private:
    std::uint32_t mask() const { return static_cast<std::uint32_t>(ring_.size() - 1); }

    std::vector<Entry> ring_;  // its size is 0 or a power of two
    std::uint32_t first_ = 0;
    std::uint32_t end_ = 0;
  };
  // A timer runs while the slot's generation is that of its id.
  struct Slot {
    Instant armed_at{};
    EventId armed_by = 0;
    const char* name = "";
    std::uint64_t key = 0;
    std::uint32_t generation = 1;
    std::uint32_t number = 0;  // in its lane
    std::uint8_t place = kHeap;
    std::uint8_t owner = 0;
    std::uint8_t kind = 0;
  };
  static constexpr Head kNothing{Instant::max(), std::numeric_limits<std::uint64_t>::max()};

  static bool is_before(const Head& a, const Head& b);
  static bool is_later(const Entry& a, const Entry& b) { return is_before(b.head, a.head); }
  bool is_running(TimerId id) const;
  TimerId take_slot(const Context& context, const TimerPurpose& purpose);
  std::uint8_t find_lane(Duration span, Instant date);
  void release(TimerId id);
  void drop_cancelled(std::uint8_t place);
  void drop_front(std::uint8_t place);
  void update_head(std::uint8_t place);

  std::vector<Entry> heap_;
  std::vector<Lane> lanes_;
  std::vector<Head> heads_;          // of the heap and of each lane; `kNothing` where there is none
  std::uint8_t earliest_ = kHeap;    // whose head is the first of all
  std::array<Duration, 16> seen_{};  // spans that were set lately, by their hash
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::uint64_t next_sequence_ = 0;
  std::size_t running_ = 0;
};

}  // namespace trapezoid
