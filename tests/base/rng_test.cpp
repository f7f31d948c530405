#include "sim/base/rng.hpp"

#include <array>

#include <gtest/gtest.h>

namespace trapezoid {
namespace {

TEST(Rng, NumbersAreThoseOfXoshiro256StarStarSeededBySplitMix) {
  Rng alice(1, "alice");
  EXPECT_EQ(alice.next(), 0x50e21422e6edec07U);
  EXPECT_EQ(alice.next(), 0xd6f642db84ebd184U);
  EXPECT_EQ(alice.next(), 0xc942e9902e0e8b14U);
  EXPECT_EQ(alice.next(), 0xdd239d304bd705f0U);
}

TEST(Rng, TheSeedAndTheNameBothMatter) {
  EXPECT_EQ(Rng(1, "bob").next(), 0x62454e9769d614b0U);
  EXPECT_EQ(Rng(2, "alice").next(), 0xe5cb0760ba45259dU);
}

TEST(Rng, TextsComeFromTheSameNumbers) {
  Rng alice(1, "alice");
  EXPECT_EQ(alice.token(20), "zs80nu2funqit5vueiv0");
  EXPECT_EQ(alice.hex(20), "3e3fabc9320d326a90bf");
}

TEST(Rng, UnitIsInZeroToOne) {
  Rng alice(1, "alice");
  EXPECT_DOUBLE_EQ(alice.unit(), 0.3159496865472914);
  EXPECT_DOUBLE_EQ(alice.unit(), 0.8396951471267322);
}

TEST(Rng, BelowIsUniform) {
  Rng rng(7, "dice");
  std::array<int, 6> counts{};
  for (int i = 0; i < 60'000; ++i) ++counts.at(rng.below(6));
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 500);
}

TEST(Rng, BelowOneIsZeroAndBelowTheLargestBoundEnds) {
  Rng rng(7, "dice");
  EXPECT_EQ(rng.below(1), 0U);
  const std::uint64_t bound = (std::uint64_t{1} << 63U) + 1;  // the worst rejection rate
  for (int i = 0; i < 100; ++i) EXPECT_LT(rng.below(bound), bound);
}

}  // namespace
}  // namespace trapezoid
