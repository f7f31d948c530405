#include "sim/base/place_index.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "sim/base/rng.hpp"

namespace trapezoid {
namespace {

const auto kAny = [](PlaceIndex::Place) { return true; };

TEST(PlaceIndex, FindsAPlaceByItsHashAndATest) {
  PlaceIndex index;
  EXPECT_EQ(index.find(7, kAny), std::nullopt);
  index.insert(7, 0);
  index.insert(7, 1);
  index.insert(8, 1);
  EXPECT_EQ(index.find(7, kAny), 0U);
  EXPECT_EQ(index.find(7, [](PlaceIndex::Place place) { return place == 1; }), 1U);
  EXPECT_EQ(index.find(9, kAny), std::nullopt);
  index.erase(7, 1);
  index.erase(7, 2);  // never there
  EXPECT_EQ(index.find(7, [](PlaceIndex::Place place) { return place == 1; }), std::nullopt);
  EXPECT_EQ(index.find(8, kAny), 1U);
}

// Few hashes and many places: runs that wrap around and holes that close.
TEST(PlaceIndex, FindsWhatIsThereAndNothingElse) {
  PlaceIndex index;
  std::set<std::pair<std::uint32_t, PlaceIndex::Place>> expected;
  Rng rng(3, "places");
  for (int round = 0; round < 20'000; ++round) {
    const auto hash = static_cast<std::uint32_t>(rng.below(40)) * 13U;
    const auto place = static_cast<PlaceIndex::Place>(rng.below(60));
    const bool is_there = expected.contains({hash, place});
    const auto found =
        index.find(hash, [place](PlaceIndex::Place candidate) { return candidate == place; });
    ASSERT_EQ(found.has_value(), is_there) << round;
    if (is_there) {
      index.erase(hash, place);
      expected.erase({hash, place});
    } else if (rng.below(4) == 0) {
      index.insert(hash, place);
      expected.insert({hash, place});
    }
  }
}

TEST(PlaceIndex, KeepsConsecutiveNumbersInOneLine) {
  for (const std::uint64_t first : {0U, 8U, 800U})
    for (std::uint64_t i = 0; i < 8; ++i)
      EXPECT_EQ(hash_of_serial(first + i), hash_of_serial(first) + i);
  EXPECT_NE(hash_of_serial(8), hash_of_serial(7) + 1);
}

}  // namespace
}  // namespace trapezoid
