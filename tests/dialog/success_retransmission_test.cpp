#include "sim/dialog/success_retransmission.hpp"

#include <string>

#include <gtest/gtest.h>

namespace trapezoid::dialog {
namespace {

std::string instants(const transaction::TimerValues& values) {
  SuccessRetransmission schedule(values, Instant{});
  std::string text;
  for (; !schedule.has_expired(schedule.next()); schedule.advance())
    text += std::to_string(to_ns(schedule.next()) / 1'000'000) + " ";
  return text + "end " + std::to_string(to_ns(schedule.next()) / 1'000'000);
}

// T1, then doubled up to T2; over at 64*T1.
TEST(SuccessRetransmission, DoublesFromT1ToT2AndEndsAt64T1) {
  EXPECT_EQ(instants({}), "500 1500 3500 7500 11500 15500 19500 23500 27500 31500 end 32000");
}

TEST(SuccessRetransmission, FollowsTheTimerValues) {
  transaction::TimerValues values;
  values.t1 = std::chrono::milliseconds(100);
  values.t2 = std::chrono::milliseconds(1000);
  EXPECT_EQ(instants(values), "100 300 700 1500 2500 3500 4500 5500 end 6400");
}

}  // namespace
}  // namespace trapezoid::dialog
