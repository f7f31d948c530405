#pragma once

#include <cstddef>
#include <cstdint>
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

/// All timers of one element: a heap by date and then by the order in which they were set, so that
/// equal dates fire in one order everywhere. Cancelled timers are dropped when they come to the
/// top. Nothing is allocated per timer beyond the heap's own growth.
class TimerQueue {
 public:
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
  // What the heap moves about; the timer itself stays in its slot.
  struct Entry {
    Instant date{};
    std::uint64_t sequence = 0;
    TimerId id = 0;
  };
  // A timer runs while the slot's generation is that of its id.
  struct Slot {
    std::uint32_t generation = 1;
    DueTimer timer;
  };
  static bool is_later(const Entry& a, const Entry& b);
  bool is_running(TimerId id) const;
  void release(TimerId id);
  void drop_cancelled();

  std::vector<Entry> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::uint64_t next_sequence_ = 0;
  std::size_t running_ = 0;
};

}  // namespace trapezoid
