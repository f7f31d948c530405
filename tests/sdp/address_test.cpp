#include "sim/sdp/address.hpp"

#include <gtest/gtest.h>

namespace trapezoid::sdp {
namespace {

TEST(SdpAddress, Ipv4HasFourNumbersBelow256) {
  for (const char* good : {"0.0.0.0", "192.0.2.101", "255.255.255.255"})
    EXPECT_TRUE(is_ipv4_address(good)) << good;
  for (const char* bad : {"", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1..2.3", "1.2.3.", ".1.2.3",
                          "a.b.c.d", "0001.2.3.4", "1.2.3.4 "})
    EXPECT_FALSE(is_ipv4_address(bad)) << bad;
}

TEST(SdpAddress, Ipv6HasEightGroupsOrOneGap) {
  for (const char* good : {"::", "::1", "1::", "2001:db8::9:1", "1:2:3:4:5:6:7:8",
                           "::ffff:192.0.2.1", "1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:7::"})
    EXPECT_TRUE(is_ipv6_address(good)) << good;
  for (const char* bad : {"", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3",
                          "12345::", "g::", "1:2:3:4:5:6:7:8::", "192.0.2.1::", ":1::", "1:::2",
                          "::192.0.2", "[::1]"})
    EXPECT_FALSE(is_ipv6_address(bad)) << bad;
}

TEST(SdpAddress, HostNamesHaveLettersDigitsHyphensAndDots) {
  EXPECT_TRUE(is_host_name("client.atlanta.example.com"));
  EXPECT_FALSE(is_host_name(""));
  EXPECT_FALSE(is_host_name("under_score"));
  EXPECT_FALSE(is_host_name("a b"));
}

}  // namespace
}  // namespace trapezoid::sdp
