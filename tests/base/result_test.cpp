#include "sim/base/result.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace trapezoid {
namespace {

struct Why {
  int offset = 0;
};

Result<std::string, Why> half(const std::string& text) {
  if (text.size() % 2 != 0) return Why{static_cast<int>(text.size())};
  return text.substr(0, text.size() / 2);
}

TEST(Result, HoldsTheValueOrTheReason) {
  const auto good = half("abcd");
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, "ab");
  EXPECT_EQ(good->size(), 2U);

  const auto bad = half("abc");
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error().offset, 3);
}

TEST(Result, AValueThatOnlyMovesCanBeTakenOut) {
  Result<std::unique_ptr<int>, Why> result(std::make_unique<int>(5));
  const std::unique_ptr<int> taken = *std::move(result);
  EXPECT_EQ(*taken, 5);
}

}  // namespace
}  // namespace trapezoid
