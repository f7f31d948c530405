#include "sim/base/transport_address.hpp"

#include <gtest/gtest.h>

#include "sim/base/time.hpp"

namespace trapezoid {
namespace {

TEST(TransportAddress, TextHasAddressPortAndTransport) {
  EXPECT_EQ(to_string({"192.0.2.101", 5060, Transport::Tcp}), "192.0.2.101:5060/TCP");
  EXPECT_EQ(to_string({"2001:db8::1", 5061, Transport::Tls}), "[2001:db8::1]:5061/TLS");
}

TEST(TransportAddress, EveryPartCountsInComparison) {
  const TransportAddress address{"192.0.2.101", 5060, Transport::Tcp};
  EXPECT_EQ(address, (TransportAddress{"192.0.2.101", 5060, Transport::Tcp}));
  EXPECT_NE(address, (TransportAddress{"192.0.2.102", 5060, Transport::Tcp}));
  EXPECT_NE(address, (TransportAddress{"192.0.2.101", 5061, Transport::Tcp}));
  EXPECT_NE(address, (TransportAddress{"192.0.2.101", 5060, Transport::Udp}));
}

TEST(TransportAddress, OnlyUdpIsUnreliable) {
  EXPECT_FALSE(is_reliable(Transport::Udp));
  EXPECT_TRUE(is_reliable(Transport::Tcp));
  EXPECT_TRUE(is_reliable(Transport::Tls));
}

TEST(Time, SecondsRoundToTheNearestNanosecond) {
  EXPECT_EQ(from_seconds(0.5).count(), 500'000'000);
  EXPECT_EQ(from_seconds(0.1 + 0.2).count(), 300'000'000);
  EXPECT_EQ(from_seconds(-1e-9).count(), -1);
  EXPECT_DOUBLE_EQ(to_seconds(from_ns(1'500'000'000)), 1.5);
}

}  // namespace
}  // namespace trapezoid
