#include "sim/base/timer_queue.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/base/rng.hpp"

namespace trapezoid {
namespace {

using namespace std::chrono_literals;

Context at(Duration since_start, EventId cause = 0) {
  return {Instant{since_start}, cause, nullptr};
}

// Everything that is due at `now`, in order: "A B C".
std::string due(TimerQueue& timers, Duration now) {
  std::string names;
  while (const auto timer = timers.pop_due(Instant{now})) {
    if (!names.empty()) names += ' ';
    names += timer->purpose.name;
  }
  return names;
}

TEST(TimerQueue, FiresByDateAndThenInTheOrderOfSetting) {
  TimerQueue timers;
  timers.set(at(0ms), 500ms, {0, 0, 0, "B"});
  timers.set(at(0ms), 200ms, {0, 0, 0, "A"});
  timers.set(at(100ms), 400ms, {0, 0, 0, "C"});
  timers.set(at(100ms), 500ms, {0, 0, 0, "D"});
  EXPECT_EQ(timers.next_deadline(), Instant{200ms});
  EXPECT_EQ(due(timers, 199ms), "");
  EXPECT_EQ(due(timers, 500ms), "A B C");
  EXPECT_EQ(timers.next_deadline(), Instant{600ms});
  EXPECT_EQ(timers.size(), 1U);
}

TEST(TimerQueue, ATimerRemembersWhenAndByWhatItWasArmed) {
  TimerQueue timers;
  const TimerId id = timers.set(at(30ms, 17), 10ms, {3, 4, 5, "E"});
  const auto timer = timers.pop_due(Instant{1s});
  ASSERT_TRUE(timer.has_value());
  EXPECT_EQ(timer->id, id);
  EXPECT_EQ(timer->date, Instant{40ms});
  EXPECT_EQ(timer->armed_at, Instant{30ms});
  EXPECT_EQ(timer->armed_by, 17U);
  EXPECT_EQ(timer->purpose.owner, 3);
  EXPECT_EQ(timer->purpose.kind, 4);
  EXPECT_EQ(timer->purpose.key, 5U);
}

TEST(TimerQueue, ACancelledTimerNeverFiresAndMovesTheDeadline) {
  TimerQueue timers;
  const TimerId first = timers.set(at(0ms), 10ms, {0, 0, 0, "A"});
  timers.set(at(0ms), 20ms, {0, 0, 0, "B"});
  const TimerId third = timers.set(at(0ms), 30ms, {0, 0, 0, "C"});
  timers.cancel(third);  // below the top
  timers.cancel(first);  // the top
  timers.cancel(first);  // again: nothing
  timers.cancel(0);
  EXPECT_EQ(timers.next_deadline(), Instant{20ms});
  EXPECT_EQ(timers.size(), 1U);
  EXPECT_EQ(due(timers, 1s), "B");
  EXPECT_EQ(timers.next_deadline(), std::nullopt);
}

TEST(TimerQueue, AnOldIdDoesNotCancelTheTimerThatTookItsPlace) {
  TimerQueue timers;
  const TimerId fired = timers.set(at(0ms), 1ms, {0, 0, 0, "A"});
  EXPECT_EQ(due(timers, 1ms), "A");
  const TimerId next = timers.set(at(1ms), 1ms, {0, 0, 0, "B"});
  EXPECT_NE(fired, next);
  timers.cancel(fired);
  EXPECT_EQ(due(timers, 2ms), "B");
}

TEST(TimerQueue, AZeroTimerFiresAtTheSameDateAfterWhatIsDue) {
  TimerQueue timers;
  timers.set(at(0ms), 100ms, {0, 0, 0, "F"});
  timers.set(at(100ms), 0ms, {0, 0, 0, "K"});
  EXPECT_EQ(due(timers, 100ms), "F K");
}

TEST(TimerQueue, ManyTimersComeOutSorted) {
  TimerQueue timers;
  std::uint64_t state = 12345;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const TimerId id =
        timers.set(at(0ms), Duration{static_cast<std::int64_t>(state >> 54U)}, {0, 0, i, ""});
    if (i % 3 == 0) timers.cancel(id);
  }
  Instant last{};
  std::uint64_t last_key = 0;
  std::size_t count = 0;
  while (const auto timer = timers.pop_due(Instant{1s})) {
    EXPECT_NE(timer->purpose.key % 3, 0U);
    EXPECT_TRUE(timer->date > last || (timer->date == last && timer->purpose.key > last_key));
    last = timer->date;
    last_key = timer->purpose.key;
    ++count;
  }
  EXPECT_EQ(count, 1333U);
}

TEST(TimerQueue, TimersOfOneSpanAndOfOthersFireInOneOrder) {
  TimerQueue timers;
  for (const auto& [now, name] : {std::pair{0ms, "A"}, {1ms, "B"}, {2ms, "C"}, {3ms, "D"}})
    timers.set(at(now), 10ms, {0, 0, 0, name});
  timers.set(at(4ms), 8ms, {0, 0, 0, "E"});  // due with C, set after it
  timers.set(at(4ms), 10ms, {0, 0, 0, "F"});
  EXPECT_EQ(due(timers, 11ms), "A B");
  EXPECT_EQ(due(timers, 20ms), "C E D F");
}

TEST(TimerQueue, ATimerSetFromAnEarlierDateFiresInItsPlace) {
  TimerQueue timers;
  for (const auto& [now, name] : {std::pair{5ms, "A"}, {6ms, "B"}, {7ms, "C"}})
    timers.set(at(now), 10ms, {0, 0, 0, name});
  timers.set(at(3ms), 10ms, {0, 0, 0, "D"});
  timers.set(at(6ms), 10ms, {0, 0, 0, "E"});
  EXPECT_EQ(timers.next_deadline(), Instant{13ms});
  EXPECT_EQ(due(timers, 1s), "D A B E C");
}

TEST(TimerQueue, CancelledTimersOfOneSpanAreNoDeadline) {
  TimerQueue timers;
  std::vector<TimerId> ids;
  ids.reserve(100);
  for (int i = 0; i < 100; ++i) ids.push_back(timers.set(at(i * 1ms), 32s, {0, 0, 0, "B"}));
  for (int i = 0; i < 99; ++i) timers.cancel(ids.at(static_cast<std::size_t>(98 - i)));
  EXPECT_EQ(timers.size(), 1U);
  EXPECT_EQ(timers.next_deadline(), Instant{32s + 99ms});
  timers.cancel(ids.back());
  EXPECT_EQ(timers.next_deadline(), std::nullopt);
  EXPECT_FALSE(timers.pop_due(Instant{100s}).has_value());
}

// What a queue is to do, said in the plainest way: an unsorted list.
class NaiveQueue {
 public:
  void set(TimerId id, Instant date, std::uint64_t key) { timers_.push_back({id, date, key}); }
  void cancel(TimerId id) {
    std::erase_if(timers_, [id](const One& one) { return one.id == id; });
  }
  std::optional<Instant> next_deadline() const {
    return timers_.empty() ? std::nullopt : std::optional(earliest()->date);
  }
  // The key, or nothing.
  std::optional<std::uint64_t> pop_due(Instant now) {
    if (timers_.empty() || earliest()->date > now) return std::nullopt;
    const auto key = earliest()->key;
    timers_.erase(earliest());
    return key;
  }
  std::size_t size() const { return timers_.size(); }

 private:
  struct One {
    TimerId id = 0;
    Instant date{};
    std::uint64_t key = 0;
  };
  std::vector<One>::const_iterator earliest() const {  // the first of equal dates
    return std::min_element(timers_.begin(), timers_.end(),
                            [](const One& a, const One& b) { return a.date < b.date; });
  }
  std::vector<One> timers_;  // in the order of setting
};

class TimerQueueAgainstList : public testing::TestWithParam<int> {};

// More usual spans than there are lanes, spans that come once, dates that go back, cancels of
// timers that run, have fired and were cancelled.
TEST_P(TimerQueueAgainstList, FiresTheSameInTheSameOrder) {
  Rng rng(static_cast<std::uint64_t>(GetParam()), "timers");
  TimerQueue timers;
  NaiveQueue naive;
  std::vector<TimerId> ids;
  Duration now{};
  for (std::uint64_t key = 0; key < 3000; ++key) {
    now += Duration{static_cast<std::int64_t>(rng.below(3)) * 500'000};
    const Duration usual = static_cast<std::int64_t>(rng.below(GetParam() % 2 == 0 ? 2 : 20)) * 2ms;
    const Duration span =
        rng.below(8) == 0 ? Duration{static_cast<std::int64_t>(rng.below(40'000'000))} : usual;
    const Duration set_at = rng.below(8) == 0 ? now / 2 : now;
    const TimerId id = timers.set(at(set_at), span, {0, 0, key, ""});
    naive.set(id, Instant{set_at + span}, key);
    ids.push_back(id);
    if (rng.below(2) == 0) {
      const TimerId victim =
          ids.at(ids.size() - 1 - rng.below(std::min<std::size_t>(ids.size(), 40)));
      timers.cancel(victim);
      naive.cancel(victim);
    }
    ASSERT_EQ(timers.next_deadline(), naive.next_deadline()) << key;
    for (std::uint64_t i = rng.below(4); i > 0; --i) {
      const auto timer = timers.pop_due(Instant{now});
      ASSERT_EQ(timer ? std::optional(timer->purpose.key) : std::nullopt,
                naive.pop_due(Instant{now}))
          << key;
    }
    ASSERT_EQ(timers.size(), naive.size());
  }
  while (const auto timer = timers.pop_due(Instant::max()))
    ASSERT_EQ(timer->purpose.key, naive.pop_due(Instant::max()));
  EXPECT_EQ(naive.size(), 0U);
}
INSTANTIATE_TEST_SUITE_P(Seeds, TimerQueueAgainstList, testing::Range(1, 6));

}  // namespace
}  // namespace trapezoid
