#include "sim/base/text.hpp"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace trapezoid {
namespace {

using namespace std::string_literals;

TEST(Text, CaseIsIgnoredInAsciiOnly) {
  EXPECT_TRUE(iequals("Call-ID", "CALL-id"));
  EXPECT_FALSE(iequals("Call-ID", "Call-I"));
  EXPECT_FALSE(iequals("\xc3\xa9", "\xc3\x89"));  // small and capital e acute
  EXPECT_EQ(to_lower("Z[A@]z"), "z[a@]z");
}

TEST(Text, NumbersAreWholeDecimalAndInRange) {
  EXPECT_EQ(to_number<std::uint16_t>("5060"), 5060);
  EXPECT_EQ(to_number<std::uint16_t>("0005060"), 5060);
  EXPECT_EQ(to_number<std::uint16_t>("65535"), 65535);
  for (const char* bad : {"", "65536", "-1", "+1", " 1", "1 ", "0x10", "1.0"})
    EXPECT_EQ(to_number<std::uint16_t>(bad), std::nullopt) << bad;
}

TEST(Text, EditDistanceCountsSingleEdits) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("latency", "latnecy"), 2U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Text, NearestOffersASlipOfThePenOnly) {
  const std::vector<std::string> keys{"latency_ms", "bandwidth_bps", "loss"};
  EXPECT_EQ(nearest("latency_m", keys), "latency_ms");
  EXPECT_EQ(nearest("los", keys), "loss");
  EXPECT_EQ(nearest("temperature", keys), std::nullopt);
}

TEST(Text, WellFormedUtf8HasNoInvalidByte) {
  // One character of each length, and both ends of the gap left for surrogates.
  for (const char* good : {"", "ascii", "\xc2\x80", "\xc3\xa9", "\xe2\x82\xac", "\xed\x9f\xbf",
                           "\xee\x80\x80", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"})
    EXPECT_EQ(find_invalid_utf8(good), std::nullopt) << good;
  EXPECT_EQ(find_invalid_utf8("a\0b"s), std::nullopt);
}

TEST(Text, IllFormedUtf8IsFoundAtItsLeadByte) {
  struct Case {
    std::string text;
    std::size_t offset;
    const char* why;
  };
  const Case cases[] = {
      {"ab\x80", 2, "continuation byte alone"},
      {"a\xc3", 1, "cut after the lead byte"},
      {"\xe2\x82", 0, "cut after two of three"},
      {"\xc3\xa9\xc3(", 2, "lead byte followed by ASCII"},
      {"\xc0\xaf", 0, "overlong, two bytes"},
      {"\xe0\x80\xaf", 0, "overlong, three bytes"},
      {"\xf0\x80\x80\xaf", 0, "overlong, four bytes"},
      {"\xed\xa0\x80", 0, "surrogate"},
      {"\xf4\x90\x80\x80", 0, "above U+10FFFF"},
      {"x\xff", 1, "no UTF-8 byte"},
  };
  for (const Case& c : cases) EXPECT_EQ(find_invalid_utf8(c.text), c.offset) << c.why;
}

}  // namespace
}  // namespace trapezoid
