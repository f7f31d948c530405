#include "sim/proxy/proxy.hpp"

#include <gtest/gtest.h>

#include "tests/proxy/proxy_lab.hpp"

namespace trapezoid::proxy::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const std::vector<std::string> kRouting = {"INVITE", "OPTIONS", "ACK",   "BYE",         "REGISTER",
                                           "Via",    "Max-",    "Route", "Record-Route"};

/// What the latest message to a peer says about its way.
std::string way_to(const ProxyLab& lab, const std::string& peer) {
  return lines_of(lab.last_to(peer), kRouting);
}

TEST(Proxy, ForwardsARequestAsTheStepsOfSection16Say) {
  ProxyLab lab;
  lab.send("alice", Sent{.more = "Subject: lunch\nX-Unknown:  as   it stands\n",
                         .body = "any bytes, at all"});
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:bob@example.com
proxy > bob INVITE sip:bob@192.0.2.201;transport=tcp
proxy > alice 100 Trying (INVITE)
)");
  EXPECT_EQ(lab.last_to("bob"), R"(
INVITE sip:bob@192.0.2.201;transport=tcp SIP/2.0
Via: SIP/2.0/TCP p.example.com:5060;branch=z9hG4bKp1
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
Max-Forwards: 69
Record-Route: <sip:p.example.com;lr>
Subject: lunch
X-Unknown:  as   it stands
From: <sip:alice@example.com>;tag=a1
To: <sip:bob@example.com>
Call-ID: c1@192.0.2.101
CSeq: 1 INVITE
Contact: <sip:alice@192.0.2.101;transport=tcp>
Content-Length: 17

any bytes, at all)");
}

TEST(Proxy, ForwardsAnUnknownMethodByteForByte) {
  ProxyLab lab;
  lab.send("alice", Sent{.method = "FROBNICATE",
                         .more = "Require: magic\nX-Folded: one\n\ttwo\n",
                         .body = std::string("\x01\x7f binary", 9)});
  EXPECT_EQ(lab.last_to("bob"), R"(
FROBNICATE sip:bob@192.0.2.201;transport=tcp SIP/2.0
Via: SIP/2.0/TCP p.example.com:5060;branch=z9hG4bKp1
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
Max-Forwards: 69
Require: magic
X-Folded: one
	two
From: <sip:alice@example.com>;tag=a1
To: <sip:bob@example.com>
Call-ID: c1@192.0.2.101
CSeq: 1 FROBNICATE
Contact: <sip:alice@192.0.2.101;transport=tcp>
Content-Length: 9

)" + std::string("\x01\x7f binary", 9));
}

TEST(Proxy, AddsMaxForwardsWhereThereIsNone) {
  ProxyLab lab;
  lab.send("alice", Sent{.hops = ""});
  EXPECT_EQ(lines_of(lab.last_to("bob"), {"Max-Forwards"}), "\nMax-Forwards: 70\n");
}

TEST(Proxy, RemovesItsOwnRouteAndFollowsTheNext) {
  ProxyLab lab;
  lab.send("alice", Sent{.uri = "sip:dave@192.0.2.203;transport=tcp",
                         .more = "Route: <sip:p.example.com:5060;lr>, "
                                 "<sip:192.0.2.202;transport=tcp;lr>\n"
                                 "Record-Route: <sip:earlier.example.org;lr>\n"});
  EXPECT_EQ(way_to(lab, "carol"), R"(
INVITE sip:dave@192.0.2.203;transport=tcp SIP/2.0
Via: SIP/2.0/TCP p.example.com:5060;branch=z9hG4bKp1
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
Max-Forwards: 69
Route: <sip:192.0.2.202;transport=tcp;lr>
Record-Route: <sip:p.example.com;lr>
Record-Route: <sip:earlier.example.org;lr>
)");
}

TEST(Proxy, AddsNoRecordRouteWithinADialog) {
  ProxyLab lab;
  lab.send("alice", Sent{.uri = "sip:bob@192.0.2.201;transport=tcp",
                         .to = "<sip:bob@example.com>;tag=b1",
                         .more = "Route: <sip:p.example.com;lr>\n"});
  EXPECT_EQ(way_to(lab, "bob"), R"(
INVITE sip:bob@192.0.2.201;transport=tcp SIP/2.0
Via: SIP/2.0/TCP p.example.com:5060;branch=z9hG4bKp1
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
Max-Forwards: 69
)");
}

TEST(Proxy, LeavesRecordRouteOutWhenToldSo) {
  ProxyLab lab;
  lab.config.record_route = RecordRoute::No;
  lab.send("alice", Sent{});
  EXPECT_EQ(lines_of(lab.last_to("bob"), {"Record-Route"}), "\n");
}

TEST(Proxy, RecordsASipsRouteForASipsUri) {
  ProxyLab lab;
  lab.send("alice", Sent{.uri = "sips:dave@example.org",
                         .more = "Route: <sip:192.0.2.202;transport=tcp;lr>\n"});
  EXPECT_EQ(lines_of(lab.last_to("carol"), {"Record-Route"}),
            "\nRecord-Route: <sips:p.example.com;lr>\n");
}

TEST(Proxy, UndoesWhatAStrictRouterBeforeItDid) {
  ProxyLab lab;
  lab.send("alice", Sent{.method = "BYE",
                         .uri = "sip:p.example.com;lr",
                         .to = "<sip:bob@example.com>;tag=b1",
                         .more = "Route: <sip:192.0.2.202;transport=tcp;lr>\n"
                                 "Route: <sip:bob@192.0.2.201;transport=tcp>\n"});
  EXPECT_EQ(way_to(lab, "carol"), R"(
BYE sip:bob@192.0.2.201;transport=tcp SIP/2.0
Via: SIP/2.0/TCP p.example.com:5060;branch=z9hG4bKp1
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
Max-Forwards: 69
Route: <sip:192.0.2.202;transport=tcp;lr>
)");
}

TEST(Proxy, PutsAStrictRouterIntoTheRequestUriAndSendsItThere) {
  ProxyLab lab;
  lab.send("alice", Sent{.method = "BYE",
                         .uri = "sip:bob@192.0.2.201;transport=tcp",
                         .to = "<sip:bob@example.com>;tag=b1",
                         .more = "Route: <sip:p.example.com;lr>\n"
                                 "Route: <sip:192.0.2.203;transport=tcp>\n"
                                 "Route: <sip:192.0.2.202;transport=tcp;lr>\n"});
  EXPECT_EQ(way_to(lab, "dave"), R"(
BYE sip:192.0.2.203;transport=tcp SIP/2.0
Via: SIP/2.0/TCP p.example.com:5060;branch=z9hG4bKp1
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
Max-Forwards: 69
Route: <sip:192.0.2.202;transport=tcp;lr>
Route: <sip:bob@192.0.2.201;transport=tcp>
)");
}

TEST(Proxy, StripsAMaddrThatNamesItAndLooksTheUserUp) {
  ProxyLab lab;
  lab.send("alice", Sent{.uri = "sip:bob@example.com;maddr=192.0.2.111;transport=tcp"});
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:bob@example.com;maddr=192.0.2.111;transport=tcp
proxy > bob INVITE sip:bob@192.0.2.201;transport=tcp
proxy > alice 100 Trying (INVITE)
)");
}

TEST(Proxy, FollowsAnotherMaddrWithoutLookingTheUserUp) {
  ProxyLab lab;
  lab.send("alice", Sent{.uri = "sip:bob@example.com;maddr=192.0.2.202;transport=tcp"});
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:bob@example.com;maddr=192.0.2.202;transport=tcp
proxy > carol INVITE sip:bob@example.com;maddr=192.0.2.202;transport=tcp
proxy > alice 100 Trying (INVITE)
)");
}

TEST(Proxy, SendsADomainWithAStaticRouteThere) {
  ProxyLab lab;
  lab.config.routes = {{"example.org", "sip:192.0.2.202;transport=tcp;lr"}};
  lab.send("alice", Sent{.uri = "sip:erin@EXAMPLE.org"});
  EXPECT_EQ(way_to(lab, "carol"), R"(
INVITE sip:erin@EXAMPLE.org SIP/2.0
Via: SIP/2.0/TCP p.example.com:5060;branch=z9hG4bKp1
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
Max-Forwards: 69
Route: <sip:192.0.2.202;transport=tcp;lr>
Record-Route: <sip:p.example.com;lr>
)");
}

TEST(Proxy, AnswersWhatItCannotForward) {
  ProxyLab lab;
  lab.config.location.add_user("sip:nobody.home@example.com");
  lab.config.reason_phrases[404] = "No Such User";
  const Sent requests[] = {
      {.method = "OPTIONS", .branch = "z9hG4bKa1", .hops = "0"},
      {.method = "OPTIONS", .uri = "sip:erin@example.com", .branch = "z9hG4bKa2"},
      {.method = "OPTIONS", .uri = "sip:nobody.home@example.com", .branch = "z9hG4bKa3"},
      {.method = "OPTIONS", .uri = "sip:p.example.com", .branch = "z9hG4bKa4"},
      {.method = "OPTIONS", .uri = "mailto:bob@example.com", .branch = "z9hG4bKa5"},
      {.method = "OPTIONS", .uri = "sip:erin@nowhere.example.org", .branch = "z9hG4bKa6"},
  };
  std::string answers = "\n";
  for (const Sent& request : requests) {
    lab.send("alice", request);
    answers += lab.last_to("alice").substr(1, lab.last_to("alice").find('\n', 1));
  }
  EXPECT_EQ(answers, R"(
SIP/2.0 483 Too Many Hops
SIP/2.0 404 No Such User
SIP/2.0 480 Temporarily Unavailable
SIP/2.0 404 No Such User
SIP/2.0 416 Unsupported URI Scheme
SIP/2.0 500 Server Internal Error
)");
}

TEST(Proxy, RefusesExtensionsThatItDoesNotHave) {
  ProxyLab lab;
  lab.send("alice", Sent{.more = "Proxy-Require: magic, more\n"});
  EXPECT_EQ(lab.last_to("alice"), R"(
SIP/2.0 420 Bad Extension
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
From: <sip:alice@example.com>;tag=a1
To: <sip:bob@example.com>;tag=p1
Call-ID: c1@192.0.2.101
CSeq: 1 INVITE
Content-Length: 0
Unsupported: magic
Unsupported: more

)");
}

TEST(Proxy, KeepsTheAckToAnAnswerWithoutATransaction) {
  ProxyLab lab;
  lab.send("alice", Sent{.hops = "0"});
  lab.send("alice", Sent{.method = "ACK", .to = "<sip:bob@example.com>;tag=p1"});
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:bob@example.com
proxy > alice 483 Too Many Hops (INVITE)
alice > proxy ACK sip:bob@example.com
)");
}

TEST(Proxy, ForwardsTheAckToA2xxWithABranchOfItsOwn) {
  ProxyLab lab;
  lab.send("alice", Sent{});
  lab.answer("bob", 200);
  lab.send("alice", Sent{.method = "ACK",
                         .uri = "sip:bob@192.0.2.201;transport=tcp",
                         .branch = "z9hG4bKa2",
                         .to = "<sip:bob@example.com>;tag=b1",
                         .more = "Route: <sip:p.example.com;lr>\n"});
  EXPECT_EQ(lab.last_to("bob"), R"(
ACK sip:bob@192.0.2.201;transport=tcp SIP/2.0
Via: SIP/2.0/TCP p.example.com:5060;branch=z9hG4bKp2
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa2
Max-Forwards: 69
From: <sip:alice@example.com>;tag=a1
To: <sip:bob@example.com>;tag=b1
Call-ID: c1@192.0.2.101
CSeq: 1 ACK
Contact: <sip:alice@192.0.2.101;transport=tcp>
Content-Length: 0

)");
}

TEST(Proxy, Sends100BeforeForwardingWhenToldSo) {
  ProxyLab lab;
  lab.config.trying = Trying::BeforeForward;
  lab.send("alice", Sent{});
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:bob@example.com
proxy > alice 100 Trying (INVITE)
proxy > bob INVITE sip:bob@192.0.2.201;transport=tcp
)");
}

TEST(Proxy, Without100OfItsOwnLeavesItToTheTransactionAfter200Ms) {
  ProxyLab lab;
  lab.config.trying = Trying::Never;
  lab.send("alice", Sent{});
  lab.wait(milliseconds(180));
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:bob@example.com
proxy > bob INVITE sip:bob@192.0.2.201;transport=tcp
)");
  lab.wait(milliseconds(20));
  EXPECT_EQ(lab.log(), "\nproxy > alice 100 Trying (INVITE)\n");
}

TEST(Proxy, Sends100ToInvitesOnlyAndWithTheirTimestamp) {
  ProxyLab lab;
  lab.send("alice", Sent{.method = "OPTIONS", .branch = "z9hG4bKa1"});
  lab.send("alice", Sent{.branch = "z9hG4bKa2", .more = "Timestamp: 54\n"});
  EXPECT_EQ(lab.last_to("alice"), R"(
SIP/2.0 100 Trying
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa2
From: <sip:alice@example.com>;tag=a1
To: <sip:bob@example.com>
Call-ID: c1@192.0.2.101
CSeq: 1 INVITE
Content-Length: 0
Timestamp: 54 0

)");
}

}  // namespace
}  // namespace trapezoid::proxy::test
