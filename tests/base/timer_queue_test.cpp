#include "sim/base/timer_queue.hpp"

#include <string>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace trapezoid
