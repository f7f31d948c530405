#include "sim/net/network.hpp"

#include <gtest/gtest.h>

#include "tests/net/harness.hpp"

namespace trapezoid::net {
namespace {

constexpr Row::Hop kTenMs{10'000'000, 100'000'000};  // 540 bytes take 43,200 ns

// 500 bytes + 8 UDP + 20 IPv4 = 528 bytes = 42,240 ns, + 10 ms.
TEST(Network, ADatagramTakesLatencyPlusSizeOverBandwidth) {
  Row row({kTenMs});
  row.network.send_datagram(0, Row::address(0, Transport::Udp), Row::address(1, Transport::Udp),
                            std::string(500, 'x'), 1);
  EXPECT_EQ(row.run(), R"(
        0    #1 leaves at 0
 10042240    #1 received
 10042240  1 datagram 500 at 10.0.0.2:5060/UDP from 10.0.0.1:5060/UDP
)");
}

TEST(Network, DatagramsOfOneDateQueueOnTheLinkInTheOrderSent) {
  Row row({kTenMs});
  for (MessageTag tag = 1; tag <= 3; ++tag)
    row.network.send_datagram(0, Row::address(0, Transport::Udp), Row::address(1, Transport::Udp),
                              std::string(500, 'x'), tag);
  EXPECT_EQ(row.run(), R"(
        0    #1 leaves at 0
        0    #2 leaves at 42240
        0    #3 leaves at 84480
 10042240    #1 received
 10042240  1 datagram 500 at 10.0.0.2:5060/UDP from 10.0.0.1:5060/UDP
 10084480    #2 received
 10084480  1 datagram 500 at 10.0.0.2:5060/UDP from 10.0.0.1:5060/UDP
 10126720    #3 received
 10126720  1 datagram 500 at 10.0.0.2:5060/UDP from 10.0.0.1:5060/UDP
)");
}

TEST(Network, ADatagramIsLostWhereNobodyListensOrNoHostIsOrTheLinkIsDown) {
  Row row({kTenMs});
  const TransportAddress self = Row::address(0, Transport::Udp);
  row.network.send_datagram(0, self, {"10.0.0.2", 99, Transport::Udp}, "x", 1);
  row.network.send_datagram(0, self, {"10.9.9.9", 5060, Transport::Udp}, "x", 2);
  row.at(1, [&] {
    row.link_right_of(0).set_up(false);
    row.network.send_datagram(0, self, Row::address(1, Transport::Udp), "x", 3);
  });
  EXPECT_EQ(row.run(), R"(
        0    #1 leaves at 0
        0    #2 lost
        1    #3 lost
 10002320    #1 lost
)");
}

TEST(Network, ADatagramToItsOwnHostArrivesAtTheSameDate) {
  Row row({kTenMs});
  row.at(7, [&] {
    row.network.send_datagram(0, Row::address(0, Transport::Udp), Row::address(0, Transport::Udp),
                              "x", 1);
  });
  EXPECT_EQ(row.run(), R"(
        7    #1 leaves at 7
        7    #1 received
        7  0 datagram 1 at 10.0.0.1:5060/UDP from 10.0.0.1:5060/UDP
)");
}

// 4320 bits at 7 bit/s take 617,142,857,142.857... ns.
TEST(Network, TheTimeOnALinkIsRoundedToTheNearestNanosecond) {
  const auto time_ns = [](std::uint64_t bits_per_second, std::uint64_t bytes) {
    return to_ns(Link({"", Duration{}, bits_per_second}).transmission_time(bytes));
  };
  EXPECT_EQ(time_ns(3, 540), 1'440'000'000'000);
  EXPECT_EQ(time_ns(7, 540), 617'142'857'143);
  EXPECT_EQ(time_ns(16'000'000'000, 1), 1);  // half a nanosecond: up
  EXPECT_EQ(time_ns(17'000'000'000, 1), 0);
}

TEST(Network, ListeningNeedsAnAddressOfTheHostThatIsFreeAndATransportThatIsModelled) {
  Row row({kTenMs});
  EXPECT_TRUE(row.network.listen(0, {"10.0.0.1", 5070, Transport::Tcp}));
  EXPECT_FALSE(row.network.listen(0, {"10.0.0.2", 5070, Transport::Tcp}));
  EXPECT_FALSE(row.network.listen(0, {"10.0.0.1", 5061, Transport::Tls}));
  const EndpointIndex second = row.network.add_endpoint(0);
  EXPECT_FALSE(row.network.listen(second, {"10.0.0.1", 5070, Transport::Tcp}));
}

TEST(Network, TheModelIsDescribedInWords) {
  std::string text = "\n";
  for (const std::string& line : model_description({})) text += line + '\n';
  EXPECT_EQ(text, R"(
links: each direction first in, first out, store and forward; unlimited queue; no loss
packets: payload + TCP 20 or UDP 8 + IPv4 20 or IPv6 40 + layer 2 0 bytes
TCP: handshake of one round trip, MSS 1460, each write in segments of its own (TCP_NODELAY), no window, no pure ACKs on the wire but that of a handshake with nothing to send; SYN has 0 bytes of options
UDP: one packet a datagram, no fragmentation; TLS: not modelled
dates: whole nanoseconds; a packet's time on a link is rounded to the nearest
)");
}

}  // namespace
}  // namespace trapezoid::net
