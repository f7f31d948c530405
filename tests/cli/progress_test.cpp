#include "tools/trapezoid/progress.hpp"

#include <string>

#include <gtest/gtest.h>

namespace trapezoid::command {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// What a run writes that reports `milliseconds` apart, until `end`.
std::string shown(milliseconds step, milliseconds end) {
  std::string written;
  Progress::Clock::time_point clock;
  {
    Progress progress([&written](std::string_view text) { written += text; },
                      [&clock] { return clock; });
    for (milliseconds at{}; at <= end; at += step) {
      clock = Progress::Clock::time_point(at);
      progress.show(Instant{at * 60}, static_cast<std::size_t>(at.count()));
    }
  }
  return written;
}

TEST(Progress, OfAShortRunIsNotShown) {
  EXPECT_EQ(shown(milliseconds(1), milliseconds(999)), "");
}

TEST(Progress, IsRewrittenFourTimesASecondAndErasedAtTheEnd) {
  EXPECT_EQ(shown(milliseconds(1), milliseconds(1300)),
            "\r\x1b[Ktrapezoid: 60 s simulated, 1000 messages"
            "\r\x1b[Ktrapezoid: 75 s simulated, 1250 messages"
            "\r\x1b[K");
}

TEST(Progress, AfterALongSilenceIsShownOnce) {
  EXPECT_EQ(shown(seconds(10), seconds(10)),
            "\r\x1b[Ktrapezoid: 600 s simulated, 10000 messages"
            "\r\x1b[K");
}

}  // namespace
}  // namespace trapezoid::command
