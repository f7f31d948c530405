#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <vector>

#include "sim/base/time.hpp"

namespace trapezoid::net {

/// What is to happen at an event's date, and so what its `subject` numbers.
enum class EventKind : std::uint32_t {
  Segment,   ///< A TCP segment reaches the end of a link; `subject`: the segment.
  Datagram,  ///< A datagram reaches the end of a link; `subject`: the datagram.
  Start,     ///< For the driver: the start of the simulation for one element.
  Deadline,  ///< For the driver: one element's earliest deadline.
};

/// One entry of the queue: plain data, so that queueing it allocates nothing.
struct Event {
  Instant at{};
  std::uint64_t insertion = 0;
  EventKind kind{};
  std::uint32_t subject = 0;
};

/// Everything that will happen, ordered by date and then by the order of insertion; nothing else
/// ever decides an order. A binary heap.
class EventQueue {
 public:
  /// Queues an event. `at` must not lie before `now()`.
  void push(Instant at, EventKind kind, std::uint32_t subject) {
    assert(at >= now_);
    heap_.push_back({at, next_insertion_++, kind, subject});
    std::push_heap(heap_.begin(), heap_.end(), is_later);
  }

  /// Takes the earliest event and moves the clock to its date. The queue must not be empty.
  Event pop() {
    std::pop_heap(heap_.begin(), heap_.end(), is_later);
    const Event event = heap_.back();
    heap_.pop_back();
    now_ = event.at;
    return event;
  }

  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  /// The date of the earliest event. The queue must not be empty.
  Instant next_date() const { return heap_.front().at; }
  /// The date of the event that was taken last.
  Instant now() const { return now_; }
  /// How many events were ever queued.
  std::uint64_t count() const { return next_insertion_; }

 private:
  static bool is_later(const Event& a, const Event& b) {
    return a.at != b.at ? a.at > b.at : a.insertion > b.insertion;
  }

  std::vector<Event> heap_;
  std::uint64_t next_insertion_ = 0;
  Instant now_{};
};

}  // namespace trapezoid::net
