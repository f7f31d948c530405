#include "sim/transport/via_stamp.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace trapezoid::transport {
namespace {

const TransportAddress kPeer{"192.0.2.101", 5070, Transport::Udp};
const TransportAddress kPeer6{"2001:db8::9", 5070, Transport::Udp};

/// The Via fields after stamping a request with that Via, which came from `peer`.
std::string stamped(std::string_view via, const TransportAddress& peer = kPeer) {
  sip::Request request(sip::MethodId::Options, "sip:b");
  request.headers().append_text(sip::HeaderId::Via, via);
  Source source;
  source.remote = peer;
  const auto result = stamp_via(request, source);
  if (!result) return to_string(result.error());
  return std::string((*request.headers().fields().begin()).value);
}

std::string destination(std::string_view via) {
  sip::Response response(200);
  response.headers().append_text(sip::HeaderId::Via, via);
  const auto found = response_destination(response);
  if (!found) return to_string(found.error());
  return (found->is_address ? "address " : "name ") + found->host + " " +
         std::to_string(found->port) + " " + std::string(via_token(found->transport));
}

// §18.2.1
TEST(ViaStamp, AddsReceivedWhereSentByIsANameOrAnotherAddress) {
  EXPECT_EQ(stamped("SIP/2.0/UDP a.example.com:5060;branch=z9hG4bK1"),
            "SIP/2.0/UDP a.example.com:5060;branch=z9hG4bK1;received=192.0.2.101");
  EXPECT_EQ(stamped("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1"),
            "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;received=192.0.2.101");
  EXPECT_EQ(stamped("SIP/2.0/UDP 192.0.2.101;branch=z9hG4bK1"),
            "SIP/2.0/UDP 192.0.2.101;branch=z9hG4bK1");
  EXPECT_EQ(stamped("SIP/2.0/UDP [2001:db8::9]:5060;branch=z9hG4bK1", kPeer6),
            "SIP/2.0/UDP [2001:db8::9]:5060;branch=z9hG4bK1");
  EXPECT_EQ(stamped("SIP/2.0/UDP [2001:db8::1];branch=z9hG4bK1", kPeer6),
            "SIP/2.0/UDP [2001:db8::1];branch=z9hG4bK1;received=2001:db8::9");
}

TEST(ViaStamp, TouchesOnlyTheTopmostOfSeveralValues) {
  EXPECT_EQ(stamped("SIP/2.0/UDP a;branch=z9hG4bK2, SIP/2.0/UDP b;branch=z9hG4bK1"),
            "SIP/2.0/UDP a;branch=z9hG4bK2;received=192.0.2.101, "
            "SIP/2.0/UDP b;branch=z9hG4bK1");
}

// RFC 3581 §4
TEST(ViaStamp, FillsInRportAndThenAlwaysReceived) {
  EXPECT_EQ(stamped("SIP/2.0/UDP 192.0.2.101;rport;branch=z9hG4bK1"),
            "SIP/2.0/UDP 192.0.2.101;branch=z9hG4bK1;received=192.0.2.101;rport=5070");
}

TEST(ViaStamp, ReplacesWhatTheSenderClaims) {
  EXPECT_EQ(stamped("SIP/2.0/UDP a;received=10.0.0.1;branch=z9hG4bK1;rport=1"),
            "SIP/2.0/UDP a;branch=z9hG4bK1;received=192.0.2.101;rport=5070");
  EXPECT_EQ(stamped("SIP/2.0/UDP 192.0.2.101;received=10.0.0.1;branch=z9hG4bK1"),
            "SIP/2.0/UDP 192.0.2.101;branch=z9hG4bK1");
}

TEST(ViaStamp, LeavesABrokenViaAlone) {
  EXPECT_EQ(stamped("SIP/2.0/UDP").substr(0, 5), "byte ");
}

// §18.2.2
TEST(ResponseDestination, FollowsTheTopmostVia) {
  EXPECT_EQ(destination("SIP/2.0/UDP a.example.com:5080;received=192.0.2.1"),
            "address 192.0.2.1 5080 UDP");
  EXPECT_EQ(destination("SIP/2.0/UDP a.example.com;received=192.0.2.1"),
            "address 192.0.2.1 5060 UDP");
  EXPECT_EQ(destination("SIP/2.0/UDP a.example.com;received=192.0.2.1;rport=9999"),
            "address 192.0.2.1 9999 UDP");
  EXPECT_EQ(destination("SIP/2.0/UDP 192.0.2.2;maddr=224.0.1.75;received=192.0.2.1"),
            "address 224.0.1.75 5060 UDP");
  EXPECT_EQ(destination("SIP/2.0/UDP 192.0.2.2"), "address 192.0.2.2 5060 UDP");
  EXPECT_EQ(destination("SIP/2.0/UDP [2001:db8::1]:5070"), "address 2001:db8::1 5070 UDP");
  EXPECT_EQ(destination("SIP/2.0/UDP a.example.com"), "name a.example.com 0 UDP");
}

TEST(ResponseDestination, OfAStreamIsTheSourceAddressAtThePortOfSentBy) {
  EXPECT_EQ(destination("SIP/2.0/TCP a.example.com;received=192.0.2.1;rport=9999"),
            "address 192.0.2.1 5060 TCP");
  EXPECT_EQ(destination("SIP/2.0/TLS a.example.com;received=192.0.2.1"),
            "address 192.0.2.1 5061 TLS");
}

TEST(ResponseDestination, FailsForATransportThatIsNotThere) {
  EXPECT_EQ(destination("SIP/2.0/SCTP a"), "byte 0: transport: expected UDP, TCP or TLS");
}

}  // namespace
}  // namespace trapezoid::transport
