#include "sim/transaction/timers.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace trapezoid::transaction {
namespace {

using namespace std::chrono_literals;

TEST(Span, IsWrittenAsTable4WritesIt) {
  std::string text;
  for (const Span span : {kT1, 64 * kT1, kT2, kT4, seconds(32), milliseconds(200), kAtOnce, kNever})
    text.append(span.text()).append("; ");
  EXPECT_EQ(text, "T1; 64*T1; T2; T4; 32 s; 200 ms; 0 s; never; ");
}

TEST(Span, FollowsTheTimerValues) {
  const TimerValues rfc;
  EXPECT_EQ((64 * kT1).under(rfc), 32s);
  EXPECT_EQ(kT2.under(rfc), 4s);
  EXPECT_EQ(kT4.under(rfc), 5s);

  const TimerValues fast{.t1 = 10ms, .t2 = 50ms, .t4 = 1s};
  EXPECT_EQ((64 * kT1).under(fast), 640ms);
  EXPECT_EQ(kT2.under(fast), 50ms);
  EXPECT_EQ(kT4.under(fast), 1s);
  EXPECT_EQ(seconds(32).under(fast), 32s);
  EXPECT_EQ(kAtOnce.under(fast), 0s);
}

TEST(Timer, KeepsItsLetter) {
  EXPECT_STREQ(name_of(Timer::A), "A");
  EXPECT_STREQ(name_of(Timer::M), "M");
  EXPECT_STREQ(name_of(Timer::Trying100), "100");
}

}  // namespace
}  // namespace trapezoid::transaction
