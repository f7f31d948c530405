#include "sim/base/timer_queue.hpp"

#include <algorithm>
#include <utility>

namespace trapezoid {
namespace {

// A TimerId is a slot and the slot's generation when the timer was set; generations start at 1.
constexpr std::uint32_t slot_of(TimerId id) {
  return static_cast<std::uint32_t>(id);
}
constexpr std::uint32_t generation_of(TimerId id) {
  return static_cast<std::uint32_t>(id >> 32);
}
constexpr TimerId make_id(std::uint32_t slot, std::uint32_t generation) {
  return (static_cast<TimerId>(generation) << 32) | slot;
}

}  // namespace

bool TimerQueue::is_later(const Entry& a, const Entry& b) {
  return a.date != b.date ? a.date > b.date : a.sequence > b.sequence;
}

bool TimerQueue::is_running(TimerId id) const {
  const auto slot = slot_of(id);
  return slot < slots_.size() && slots_[slot].generation == generation_of(id);
}

TimerId TimerQueue::set(const Context& context, Duration after, const TimerPurpose& purpose) {
  std::uint32_t slot = 0;
  if (free_slots_.empty()) {
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  const TimerId id = make_id(slot, slots_[slot].generation);
  const Instant date = context.now + after;
  slots_[slot].timer = {id, date, context.now, context.cause, purpose};
  heap_.push_back({date, next_sequence_++, id});
  std::push_heap(heap_.begin(), heap_.end(), is_later);
  ++running_;
  return id;
}

void TimerQueue::release(TimerId id) {
  ++slots_[slot_of(id)].generation;
  free_slots_.push_back(slot_of(id));
  --running_;
}

void TimerQueue::cancel(TimerId id) {
  if (id == 0 || !is_running(id)) return;
  release(id);
  drop_cancelled();
}

void TimerQueue::drop_cancelled() {
  while (!heap_.empty() && !is_running(heap_.front().id)) {
    std::pop_heap(heap_.begin(), heap_.end(), is_later);
    heap_.pop_back();
  }
}

std::optional<Instant> TimerQueue::next_deadline() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front().date;  // the top is never a cancelled one
}

std::optional<DueTimer> TimerQueue::pop_due(Instant now) {
  if (heap_.empty() || heap_.front().date > now) return std::nullopt;
  std::pop_heap(heap_.begin(), heap_.end(), is_later);
  const DueTimer due = slots_[slot_of(heap_.back().id)].timer;
  heap_.pop_back();
  release(due.id);
  drop_cancelled();
  return due;
}

}  // namespace trapezoid
