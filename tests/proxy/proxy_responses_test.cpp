#include <gtest/gtest.h>

#include "tests/proxy/proxy_lab.hpp"

namespace trapezoid::proxy::test {
namespace {

using std::chrono::seconds;

/// Bob at two phones, those of Bob and Carol.
void fork_to_carol(ProxyLab& lab, double q_of_carol) {
  lab.bind("sip:bob@example.com", "sip:carol@192.0.2.202;transport=tcp", q_of_carol);
}

const Sent kCancel{.method = "CANCEL"};

TEST(ProxyResponses, ArePassedOnWithoutTheViaOfTheProxy) {
  ProxyLab lab;
  lab.send("alice", Sent{});
  lab.answer("bob", 180, "X-Unknown:  as it stands\nRecord-Route: <sip:p.example.com;lr>\n");
  EXPECT_EQ(lab.last_to("alice"), R"(
SIP/2.0 180 Ringing
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
From: <sip:alice@example.com>;tag=a1
To: <sip:bob@example.com>;tag=tag-192.0.2.201
Call-ID: c1@192.0.2.101
CSeq: 1 INVITE
X-Unknown:  as it stands
Record-Route: <sip:p.example.com;lr>
Content-Length: 0

)");
}

TEST(ProxyResponses, ThatSay100EndAtTheProxy) {
  ProxyLab lab;
  lab.send("alice", Sent{});
  lab.log();
  lab.answer("bob", 100);
  EXPECT_EQ(lab.log(), "\nbob > proxy 100 Trying (INVITE)\n");
}

TEST(ProxyResponses, FromOneGroupAreWaitedForBeforeTheNextGroupIsTried) {
  ProxyLab lab;
  fork_to_carol(lab, 0.5);
  lab.send("alice", Sent{});
  lab.answer("bob", 486);
  lab.answer("carol", 180);
  lab.answer("carol", 603);
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:bob@example.com
proxy > bob INVITE sip:bob@192.0.2.201;transport=tcp
proxy > alice 100 Trying (INVITE)
bob > proxy 486 Busy Here (INVITE)
proxy > bob ACK sip:bob@192.0.2.201;transport=tcp
proxy > carol INVITE sip:carol@192.0.2.202;transport=tcp
carol > proxy 180 Ringing (INVITE)
proxy > alice 180 Ringing (INVITE)
carol > proxy 603 Decline (INVITE)
proxy > carol ACK sip:carol@192.0.2.202;transport=tcp
proxy > alice 603 Decline (INVITE)
)");
}

TEST(ProxyResponses, Of2xxGoOnAtOnceAndTheOtherBranchesAreCancelled) {
  ProxyLab lab;
  fork_to_carol(lab, 1.0);
  lab.send("alice", Sent{});
  lab.answer("carol", 180);
  lab.answer("bob", 200);
  lab.answer("carol", 200, {}, "CANCEL");
  lab.answer("carol", 487);
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:bob@example.com
proxy > bob INVITE sip:bob@192.0.2.201;transport=tcp
proxy > carol INVITE sip:carol@192.0.2.202;transport=tcp
proxy > alice 100 Trying (INVITE)
carol > proxy 180 Ringing (INVITE)
proxy > alice 180 Ringing (INVITE)
bob > proxy 200 OK (INVITE)
proxy > alice 200 OK (INVITE)
proxy > carol CANCEL sip:carol@192.0.2.202;transport=tcp
carol > proxy 200 OK (CANCEL)
carol > proxy 487 Request Terminated (INVITE)
proxy > carol ACK sip:carol@192.0.2.202;transport=tcp
)");
}

TEST(ProxyResponses, OfSeveral2xxAllGoOn) {
  ProxyLab lab;
  fork_to_carol(lab, 1.0);
  lab.send("alice", Sent{});
  lab.log();
  lab.answer("bob", 200);
  lab.answer("carol", 200);
  lab.answer("bob", 200);
  EXPECT_EQ(lab.log(), R"(
bob > proxy 200 OK (INVITE)
proxy > alice 200 OK (INVITE)
carol > proxy 200 OK (INVITE)
proxy > alice 200 OK (INVITE)
bob > proxy 200 OK (INVITE)
proxy > alice 200 OK (INVITE)
)");
}

TEST(ProxyResponses, Of6xxCancelTheRestAndWin) {
  ProxyLab lab;
  fork_to_carol(lab, 1.0);
  lab.bind("sip:bob@example.com", "sip:dave@192.0.2.203;transport=tcp", 0.1);
  lab.send("alice", Sent{});
  lab.answer("carol", 180);
  lab.log();
  lab.answer("bob", 600);
  lab.answer("carol", 487);
  EXPECT_EQ(lab.log(), R"(
bob > proxy 600 Busy Everywhere (INVITE)
proxy > bob ACK sip:bob@192.0.2.201;transport=tcp
proxy > carol CANCEL sip:carol@192.0.2.202;transport=tcp
carol > proxy 487 Request Terminated (INVITE)
proxy > carol ACK sip:carol@192.0.2.202;transport=tcp
proxy > alice 600 Busy Everywhere (INVITE)
)");
}

TEST(ProxyResponses, ThatSay503BecomeA500) {
  ProxyLab lab;
  lab.send("alice", Sent{});
  lab.log();
  lab.answer("bob", 503);
  EXPECT_EQ(lab.log(), R"(
bob > proxy 503 Service Unavailable (INVITE)
proxy > bob ACK sip:bob@192.0.2.201;transport=tcp
proxy > alice 500 Server Internal Error (INVITE)
)");
}

TEST(ProxyResponses, WithChallengesAreGatheredIntoOne) {
  ProxyLab lab;
  fork_to_carol(lab, 1.0);
  lab.send("alice", Sent{});
  lab.answer("bob", 401, "WWW-Authenticate: Digest realm=\"bob\", nonce=\"1\"\n");
  lab.answer("carol", 407, "Proxy-Authenticate: Digest realm=\"carol\", nonce=\"2\"\n");
  EXPECT_EQ(lines_of(lab.last_to("alice"), {"SIP/2.0", "WWW-", "Proxy-"}), R"(
SIP/2.0 401 Unauthorized
WWW-Authenticate: Digest realm="bob", nonce="1"
Proxy-Authenticate: Digest realm="carol", nonce="2"
)");
}

TEST(ProxyCancel, IsAnsweredAndPassedOnOnceAProvisionalResponseHasCome) {
  ProxyLab lab;
  lab.send("alice", Sent{});
  lab.log();
  lab.send("alice", kCancel);
  EXPECT_EQ(lab.log(), R"(
alice > proxy CANCEL sip:bob@example.com
proxy > alice 200 OK (CANCEL)
)");
  lab.answer("bob", 180);
  lab.answer("bob", 200, {}, "CANCEL");
  lab.answer("bob", 487);
  EXPECT_EQ(lab.log(), R"(
bob > proxy 180 Ringing (INVITE)
proxy > bob CANCEL sip:bob@192.0.2.201;transport=tcp
proxy > alice 180 Ringing (INVITE)
bob > proxy 200 OK (CANCEL)
bob > proxy 487 Request Terminated (INVITE)
proxy > bob ACK sip:bob@192.0.2.201;transport=tcp
proxy > alice 487 Request Terminated (INVITE)
)");
}

TEST(ProxyCancel, WithoutAnInviteIsAnsweredWith481) {
  ProxyLab lab;
  lab.send("alice", kCancel);
  EXPECT_EQ(lab.log(), R"(
alice > proxy CANCEL sip:bob@example.com
proxy > alice 481 Call/Transaction Does Not Exist (CANCEL)
)");
}

TEST(ProxyCancel, OfAnInviteThatTheProxyAnsweredItselfIsAnsweredWith200) {
  ProxyLab lab;
  lab.send("alice", Sent{.uri = "sip:erin@example.com"});
  lab.log();
  lab.send("alice", Sent{.method = "CANCEL", .uri = "sip:erin@example.com"});
  EXPECT_EQ(lab.log(), R"(
alice > proxy CANCEL sip:erin@example.com
proxy > alice 200 OK (CANCEL)
)");
}

TEST(ProxyCancel, OfABranchThatNeverEndsGivesItUpAfter64T1) {
  ProxyLab lab;
  lab.send("alice", Sent{});
  lab.answer("bob", 180);
  lab.send("alice", kCancel);
  lab.log();
  lab.wait(seconds(31));
  EXPECT_EQ(lab.log(), "\n");
  lab.wait(seconds(1));
  EXPECT_EQ(lab.log(), "\nproxy > alice 408 Request Timeout (INVITE)\n");
}

TEST(ProxyFailure, TimerBIsA408) {
  ProxyLab lab;
  lab.send("alice", Sent{});
  lab.log();
  lab.wait(seconds(33));
  EXPECT_EQ(lab.log(), "\nproxy > alice 408 Request Timeout (INVITE)\n");
}

TEST(ProxyFailure, ARefusedConnectionIsA503AndSoA500) {
  ProxyLab lab;
  lab.send("alice", Sent{.uri = "sip:erin@192.0.2.250;transport=tcp"});
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:erin@192.0.2.250;transport=tcp
proxy > ? INVITE sip:erin@192.0.2.250;transport=tcp
proxy > alice 100 Trying (INVITE)
proxy > alice 500 Server Internal Error (INVITE)
)");
}

TEST(ProxyFailure, OfOneAddressLeadsToTheNext) {
  ProxyLab lab;
  lab.zone.add("example.org", resolve::AddressRecord{"192.0.2.250"});
  lab.zone.add("example.org", resolve::AddressRecord{"192.0.2.202"});
  lab.zone.add("example.org", resolve::AddressRecord{"192.0.2.203"});
  lab.send("alice", Sent{.uri = "sip:erin@example.org;transport=tcp"});
  lab.answer("carol", 503);
  lab.answer("dave", 200);
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:erin@example.org;transport=tcp
proxy > ? INVITE sip:erin@example.org;transport=tcp
proxy > alice 100 Trying (INVITE)
proxy > carol INVITE sip:erin@example.org;transport=tcp
carol > proxy 503 Service Unavailable (INVITE)
proxy > carol ACK sip:erin@example.org;transport=tcp
proxy > dave INVITE sip:erin@example.org;transport=tcp
dave > proxy 200 OK (INVITE)
proxy > alice 200 OK (INVITE)
)");
}

// What differs between two attempts: the branch, the Request-URI.
std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? "no " + from : text.replace(at, from.size(), to);
}

const Sent kRouted{.uri = "sip:erin@example.org;transport=tcp",
                   .more = "Route: <sip:p.example.com;lr>\nX-Unknown:  as it stands\n",
                   .body = "v=0\n"};

TEST(ProxyFailure, OfOneAddressSendsTheSameToTheNext) {
  ProxyLab lab;
  lab.zone.add("example.org", resolve::AddressRecord{"192.0.2.202"});
  lab.zone.add("example.org", resolve::AddressRecord{"192.0.2.203"});
  lab.send("alice", kRouted);
  lab.answer("carol", 503);
  const std::string first = lab.last_to("carol", "INVITE");
  EXPECT_EQ(lines_of(first, {"Via", "Max", "R", "X"}), R"(
Via: SIP/2.0/TCP p.example.com:5060;branch=z9hG4bKp1
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
Max-Forwards: 69
Record-Route: <sip:p.example.com;lr>
X-Unknown:  as it stands
)");
  EXPECT_EQ(lab.last_to("dave", "INVITE"), replaced(first, "z9hG4bKp1", "z9hG4bKp2"));
}

TEST(ProxyFailure, OfOneAddressLeadsToTheNextForOtherMethodsToo) {
  ProxyLab lab;
  lab.zone.add("example.org", resolve::AddressRecord{"192.0.2.202"});
  lab.zone.add("example.org", resolve::AddressRecord{"192.0.2.203"});
  lab.send("alice", Sent{.method = "OPTIONS", .uri = "sip:erin@example.org;transport=tcp"});
  lab.answer("carol", 503, {}, "OPTIONS");
  lab.answer("dave", 200, {}, "OPTIONS");
  EXPECT_EQ(lab.log(), R"(
alice > proxy OPTIONS sip:erin@example.org;transport=tcp
proxy > carol OPTIONS sip:erin@example.org;transport=tcp
carol > proxy 503 Service Unavailable (OPTIONS)
proxy > dave OPTIONS sip:erin@example.org;transport=tcp
dave > proxy 200 OK (OPTIONS)
proxy > alice 200 OK (OPTIONS)
)");
}

TEST(ProxyFailure, OfOneTargetSendsTheNextWhatCame) {
  ProxyLab lab;
  fork_to_carol(lab, 0.5);
  Sent request = kRouted;
  request.uri = "sip:bob@example.com";
  lab.send("alice", request);
  lab.answer("bob", 486);
  const std::string first = lab.last_to("bob", "INVITE");
  const std::string second = lab.last_to("carol", "INVITE");
  EXPECT_EQ(second, replaced(replaced(first, "bob@192.0.2.201", "carol@192.0.2.202"), "z9hG4bKp1",
                             "z9hG4bKp2"));
}

// The INVITE cannot be answered any more, but its branch may end later.
TEST(ProxyFailure, AfterTheServerTransactionIsNobodysBusiness) {
  ProxyLab lab;
  lab.send("alice", Sent{});
  lab.answer("bob", 180);
  lab.answer("bob", 486);
  lab.log();
  lab.send("alice", Sent{.method = "ACK", .to = "<sip:bob@example.com>;tag=tag-192.0.2.201"});
  lab.answer("bob", 486);
  EXPECT_EQ(lab.log(), R"(
alice > proxy ACK sip:bob@example.com
bob > proxy 486 Busy Here (INVITE)
)");
}

TEST(ProxyFailure, TimerCCancelsABranchThatRingsTooLong) {
  ProxyLab lab;
  lab.send("alice", Sent{});
  lab.wait(seconds(20));
  lab.answer("bob", 180);
  lab.log();
  lab.wait(seconds(180));
  EXPECT_EQ(lab.log(), "\n");
  lab.wait(seconds(1));
  lab.answer("bob", 487);
  EXPECT_EQ(lab.log(), R"(
proxy > bob CANCEL sip:bob@192.0.2.201;transport=tcp
bob > proxy 487 Request Terminated (INVITE)
proxy > bob ACK sip:bob@192.0.2.201;transport=tcp
proxy > alice 487 Request Terminated (INVITE)
)");
}

}  // namespace
}  // namespace trapezoid::proxy::test
