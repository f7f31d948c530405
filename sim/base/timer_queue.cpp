#include "sim/base/timer_queue.hpp"

#include <algorithm>

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

// Where a span is remembered: all bits of it count, for spans are round numbers.
constexpr std::size_t mark_of(Duration span, std::size_t count) {
  return (static_cast<std::uint64_t>(to_ns(span)) * 0x9e3779b97f4a7c15U >> 32U) % count;
}

}  // namespace

std::uint32_t TimerQueue::Lane::append(const Entry& entry) {
  if (end_ - first_ == ring_.size()) {
    std::vector<Entry> larger(ring_.empty() ? std::size_t{16} : 2 * ring_.size());
    for (std::uint32_t number = first_; number != end_; ++number)
      larger[number & (larger.size() - 1)] = ring_[number & mask()];
    ring_.swap(larger);
  }
  ring_[end_ & mask()] = entry;
  return end_++;
}

bool TimerQueue::is_before(const Head& a, const Head& b) {
  return a.date != b.date ? a.date < b.date : a.sequence < b.sequence;
}

bool TimerQueue::is_running(TimerId id) const {
  const auto slot = slot_of(id);
  return slot < slots_.size() && slots_[slot].generation == generation_of(id);
}

TimerId TimerQueue::take_slot(const Context& context, const TimerPurpose& purpose) {
  std::uint32_t number = 0;
  if (free_slots_.empty()) {
    number = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    number = free_slots_.back();
    free_slots_.pop_back();
  }
  Slot& slot = slots_[number];
  slot.armed_at = context.now;
  slot.armed_by = context.cause;
  slot.name = purpose.name;
  slot.key = purpose.key;
  slot.owner = purpose.owner;
  slot.kind = purpose.kind;
  return make_id(number, slot.generation);
}

// The lane in which a timer of this span and date comes last; the heap where there is none. Spans
// that never come again, as drawn ones and those of a schedule, get no lane.
std::uint8_t TimerQueue::find_lane(Duration span, Instant date) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    if (lanes_[i].span != span) continue;
    const bool is_last = lanes_[i].empty() || date >= lanes_[i].back().head.date;
    return is_last ? static_cast<std::uint8_t>(i + 1) : kHeap;
  }
  if (lanes_.size() == kMaxLanes) return kHeap;
  Duration& seen = seen_[mark_of(span, seen_.size())];
  if (seen != span) {
    seen = span;
    return kHeap;
  }
  lanes_.emplace_back(span);
  heads_.push_back(kNothing);
  return static_cast<std::uint8_t>(lanes_.size());
}

TimerId TimerQueue::set(const Context& context, Duration after, const TimerPurpose& purpose) {
  const TimerId id = take_slot(context, purpose);
  const Entry entry{{context.now + after, next_sequence_++}, id};
  const std::uint8_t place = find_lane(after, entry.head.date);
  Slot& slot = slots_[slot_of(id)];
  slot.place = place;
  if (place == kHeap) {
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), is_later);
  } else {
    slot.number = lanes_[place - 1U].append(entry);
  }
  if (is_before(entry.head, heads_[place])) heads_[place] = entry.head;
  if (is_before(entry.head, heads_[earliest_])) earliest_ = place;
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
  const Slot& slot = slots_[slot_of(id)];
  const std::uint8_t place = slot.place;
  if (place != kHeap) lanes_[place - 1U].mark_cancelled(slot.number);
  release(id);
  drop_cancelled(place);
}

// Afterwards the front of the heap or lane is a timer that runs, if it has any.
void TimerQueue::drop_cancelled(std::uint8_t place) {
  if (place == kHeap) {
    if (heap_.empty() || is_running(heap_.front().id)) return;
    while (!heap_.empty() && !is_running(heap_.front().id)) drop_front(kHeap);
  } else {
    Lane& lane = lanes_[place - 1U];
    if (lane.empty() || lane.front().id != 0) return;
    while (!lane.empty() && lane.front().id == 0) lane.drop_front();
  }
  update_head(place);
}

void TimerQueue::drop_front(std::uint8_t place) {
  if (place != kHeap) return lanes_[place - 1U].drop_front();
  std::pop_heap(heap_.begin(), heap_.end(), is_later);
  heap_.pop_back();
}

void TimerQueue::update_head(std::uint8_t place) {
  if (place == kHeap)
    heads_[kHeap] = heap_.empty() ? kNothing : heap_.front().head;
  else
    heads_[place] = lanes_[place - 1U].empty() ? kNothing : lanes_[place - 1U].front().head;
  if (place != earliest_) return;  // a head only ever moves away from now
  for (std::size_t i = 0; i < heads_.size(); ++i)
    if (is_before(heads_[i], heads_[earliest_])) earliest_ = static_cast<std::uint8_t>(i);
}

std::optional<Instant> TimerQueue::next_deadline() const {
  if (running_ == 0) return std::nullopt;
  return heads_[earliest_].date;  // never a cancelled one's
}

std::optional<DueTimer> TimerQueue::pop_due(Instant now) {
  if (running_ == 0 || heads_[earliest_].date > now) return std::nullopt;
  const std::uint8_t place = earliest_;
  const Entry& front = place == kHeap ? heap_.front() : lanes_[place - 1U].front();
  const Slot& slot = slots_[slot_of(front.id)];
  const DueTimer due{front.id,
                     front.head.date,
                     slot.armed_at,
                     slot.armed_by,
                     {slot.owner, slot.kind, slot.key, slot.name}};
  release(due.id);
  if (place == kHeap) {
    drop_cancelled(kHeap);
  } else {
    lanes_[place - 1U].mark_cancelled(slot.number);
    drop_cancelled(place);
  }
  return due;
}

}  // namespace trapezoid
