#include "sim/transaction/layer.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/transaction/layer_harness.hpp"

namespace trapezoid::transaction::test {
namespace {

using namespace std::chrono_literals;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

// What a user gives to the layer: no Via yet.
const std::string kInvite = R"(INVITE sip:bob@biloxi.example.com SIP/2.0
Max-Forwards: 70
Route: <sip:ss1.atlanta.example.com;lr>
Route: <sip:ss2.biloxi.example.com;lr>
From: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl
To: Bob <sip:bob@biloxi.example.com>
Call-ID: 3848276298220188511@atlanta.example.com
CSeq: 2 INVITE
Contact: <sip:alice@client.atlanta.example.com>
Proxy-Authorization: Digest username="alice", realm="atlanta.example.com"
Content-Length: 0

)";

std::string response_to_invite(const std::string& status, const std::string& branch,
                               const std::string& cseq = "2 INVITE",
                               const std::string& tag = "314159") {
  return "SIP/2.0 " + status +
         "\nVia: SIP/2.0/UDP client.atlanta.example.com:5060;branch=" + branch +
         ";received=192.0.2.101"
         "\nFrom: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl"
         "\nTo: Bob <sip:bob@biloxi.example.com>;tag=" +
         tag +
         "\nCall-ID: 3848276298220188511@atlanta.example.com"
         "\nCSeq: " +
         cseq + "\nContent-Length: 0\n\n";
}

// What comes from the network.
std::string incoming(const std::string& method, const std::string& branch,
                     const std::string& sent_by = "ss1.atlanta.example.com:5060",
                     const std::string& to_tag = "") {
  return method +
         " sip:bob@client.biloxi.example.com SIP/2.0"
         "\nVia: SIP/2.0/UDP " +
         sent_by + (branch.empty() ? "" : ";branch=" + branch) +
         "\nMax-Forwards: 69"
         "\nFrom: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl"
         "\nTo: Bob <sip:bob@biloxi.example.com>" +
         (to_tag.empty() ? "" : ";tag=" + to_tag) +
         "\nCall-ID: 3848276298220188511@atlanta.example.com"
         "\nCSeq: 2 " +
         method + "\nTimestamp: 54.5\nContent-Length: 0\n\n";
}

std::string answer(const std::string& status, const std::string& cseq = "2 INVITE",
                   const std::string& tag = "314159") {
  return response_to_invite(status, "z9hG4bKany", cseq, tag);
}

// Client transactions.

TEST(Layer, PutsItsViaWithANewBranchAboveTheRequest) {
  LayerHarness harness(Transport::Tcp);
  harness.send(kInvite);
  EXPECT_EQ(harness.sent.at(0),
            replaced(kInvite, "Max-Forwards",
                     "Via: SIP/2.0/TCP client.atlanta.example.com:5060;branch=z9hG4bKfirst\n"
                     "Max-Forwards"));
}

TEST(Layer, RetransmitsTheSameBytesOverUdpUntilAResponseComes) {
  LayerHarness harness(Transport::Udp);
  harness.send(kInvite);
  harness.wait(1s);
  harness.receive(response_to_invite("100 Trying", "z9hG4bKfirst"));
  harness.wait(10s);
  EXPECT_EQ(harness.log(), R"(
 0.000  send INVITE to 192.0.2.201:5060/UDP [1]
 0.500  send again INVITE to 192.0.2.201:5060/UDP [1]
 1.000  100 to TU [1]
)");
  EXPECT_EQ(harness.sent.at(0), harness.sent.at(1));
}

// §17.1.3: branch and CSeq method together. A response to CANCEL has the INVITE's branch.
TEST(Layer, MatchesAResponseByBranchAndCSeqMethod) {
  LayerHarness harness(Transport::Tcp);
  const TransactionId invite = harness.send(kInvite);
  harness.receive(response_to_invite("180 Ringing", "z9hG4bKfirst"));
  harness.layer.send_cancel(invite, harness.context());
  harness.receive(response_to_invite("200 OK", "z9hG4bKfirst", "2 CANCEL"));
  harness.receive(response_to_invite("487 Request Terminated", "z9hG4bKfirst"));
  harness.wait(1s);
  EXPECT_EQ(harness.log(), R"(
 0.000  send INVITE to 192.0.2.201:5060/TCP [1]
 0.000  180 to TU [1]
 0.000  send CANCEL to 192.0.2.201:5060/TCP [2]
 0.000  200 to TU [2]
 0.000  send ACK to 192.0.2.201:5060/TCP [1]
 0.000  487 to TU [1]
 0.000  terminated [2]
 0.000  terminated [1]
)");
}

// RFC 6026 §8.9: dropped, not forwarded, a 2xx too.
TEST(Layer, DropsAResponseThatMatchesNoClientTransaction) {
  LayerHarness harness;
  harness.send(kInvite);
  harness.receive(response_to_invite("200 OK", "z9hG4bKother"));
  harness.receive(response_to_invite("200 OK", "z9hG4bKfirst", "2 BYE"));
  EXPECT_EQ(harness.log(), R"(
 0.000  send INVITE to 192.0.2.201:5060/UDP [1]
 0.000  absorbed: 200 matches no client transaction, RFC 6026 §8.9
 0.000  absorbed: 200 matches no client transaction, RFC 6026 §8.9
)");
}

// §17.1.1.3, and §22.1 for the credentials.
TEST(Layer, AcknowledgesANon2xxWithTheInvitesViaRoutesAndCredentials) {
  LayerHarness harness;
  harness.send(kInvite);
  harness.receive(response_to_invite("486 Busy Here", "z9hG4bKfirst"));
  EXPECT_EQ(harness.sent.at(1), R"(ACK sip:bob@biloxi.example.com SIP/2.0
Via: SIP/2.0/UDP client.atlanta.example.com:5060;branch=z9hG4bKfirst
Max-Forwards: 70
Route: <sip:ss1.atlanta.example.com;lr>
Route: <sip:ss2.biloxi.example.com;lr>
From: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl
To: Bob <sip:bob@biloxi.example.com>;tag=314159
Call-ID: 3848276298220188511@atlanta.example.com
CSeq: 2 ACK
Proxy-Authorization: Digest username="alice", realm="atlanta.example.com"
Content-Length: 0

)");
}

TEST(Layer, RepeatsTheAckWhenTheFinalResponseComesAgain) {
  LayerHarness harness;
  harness.send(kInvite);
  harness.receive(response_to_invite("486 Busy Here", "z9hG4bKfirst"));
  harness.wait(500ms);
  harness.receive(response_to_invite("486 Busy Here", "z9hG4bKfirst"));
  EXPECT_EQ(harness.log(), R"(
 0.000  send INVITE to 192.0.2.201:5060/UDP [1]
 0.000  send ACK to 192.0.2.201:5060/UDP [1]
 0.000  486 to TU [1]
 0.500  send again ACK to 192.0.2.201:5060/UDP [1]
)");
  EXPECT_EQ(harness.sent.at(1), harness.sent.at(2));
}

// §9.1: one Via, the INVITE's Route, no credentials (§22.1).
TEST(Layer, CancelsWithTheInvitesViaAndRoutesButWithoutCredentials) {
  LayerHarness harness;
  const TransactionId invite = harness.send(kInvite);
  harness.receive(response_to_invite("180 Ringing", "z9hG4bKfirst"));
  harness.layer.send_cancel(invite, harness.context());
  EXPECT_EQ(harness.sent.at(1), R"(CANCEL sip:bob@biloxi.example.com SIP/2.0
Via: SIP/2.0/UDP client.atlanta.example.com:5060;branch=z9hG4bKfirst
Max-Forwards: 70
Route: <sip:ss1.atlanta.example.com;lr>
Route: <sip:ss2.biloxi.example.com;lr>
From: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl
To: Bob <sip:bob@biloxi.example.com>
Call-ID: 3848276298220188511@atlanta.example.com
CSeq: 2 CANCEL
Content-Length: 0

)");
}

// §9.1: not before a provisional response, not after a final one, and once.
TEST(Layer, CancelsOnlyWhileTheInviteIsProceeding) {
  LayerHarness harness(Transport::Tcp);
  const TransactionId invite = harness.send(kInvite);
  EXPECT_EQ(harness.layer.send_cancel(invite, harness.context()), 0U);
  harness.receive(response_to_invite("180 Ringing", "z9hG4bKfirst"));
  const TransactionId cancel = harness.layer.send_cancel(invite, harness.context());
  EXPECT_NE(cancel, 0U);
  EXPECT_EQ(harness.layer.send_cancel(invite, harness.context()), cancel);
  harness.receive(response_to_invite("200 OK", "z9hG4bKfirst"));
  EXPECT_EQ(harness.layer.send_cancel(invite, harness.context()), 0U);
  EXPECT_EQ(harness.layer.send_cancel(cancel, harness.context()), 0U);
  EXPECT_EQ(harness.layer.send_cancel(99, harness.context()), 0U);
  EXPECT_EQ(harness.sent.size(), 2U);
}

TEST(Layer, PassesEach2xxUpAndSendsItsAckOutsideOfAnyTransaction) {
  LayerHarness harness(Transport::Tcp);
  harness.send(kInvite);
  harness.receive(response_to_invite("200 OK", "z9hG4bKfirst"));
  const auto ack =
      LayerHarness::request(replaced(replaced(kInvite, "INVITE", "ACK"), "2 INVITE", "2 ACK"));
  const std::string bytes = harness.layer.send_ack(ack, harness.peer, harness.context());
  harness.wait(500ms);
  harness.receive(response_to_invite("200 OK", "z9hG4bKfirst"));
  harness.layer.resend_ack(bytes, harness.peer, harness.context());
  harness.receive(response_to_invite("200 OK", "z9hG4bKfirst", "2 INVITE", "fork"));
  harness.wait(40s);
  EXPECT_EQ(harness.log(), R"(
 0.000  send INVITE to 192.0.2.201:5060/TCP [1]
 0.000  200 to TU [1]
 0.000  send ACK to 192.0.2.201:5060/TCP [0]
 0.500  200 to TU [1]
 0.500  send again ACK to 192.0.2.201:5060/TCP [0]
 0.500  200 to TU [1]
32.000  terminated [1]
)");
  EXPECT_NE(harness.sent.at(1).find("branch=z9hG4bKsecond\n"), std::string::npos);
  EXPECT_EQ(harness.sent.at(1), harness.sent.at(2));
}

TEST(Layer, TellsTheTuThatARequestCouldNotBeDelivered) {
  LayerHarness harness(Transport::Tcp);
  const TransactionId invite = harness.send(kInvite);
  harness.wait(10ms);
  harness.layer.handle_transport_error(invite, harness.context());
  harness.layer.handle_transport_error(invite, harness.context());  // it is over: nothing happens
  harness.wait(60s);
  EXPECT_EQ(harness.log(), R"(
 0.000  send INVITE to 192.0.2.201:5060/TCP [1]
 0.010  transport error to TU [1]
 0.010  terminated [1]
)");
  EXPECT_EQ(harness.layer.size(), 0U);
}

// Server transactions.

TEST(Layer, AnswersARetransmissionWithTheLastResponseAndDoesNotPassItUp) {
  LayerHarness harness;
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.respond(1, answer("180 Ringing"));
  harness.wait(500ms);
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.receive(incoming("OPTIONS", "z9hG4bKb"));
  harness.receive(incoming("OPTIONS", "z9hG4bKb"));
  harness.respond(2, answer("200 OK", "2 OPTIONS"));
  harness.receive(incoming("OPTIONS", "z9hG4bKb"));
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.000  send 180 [1]
 0.500  send again 180 [1]
 0.500  OPTIONS to TU [2]
 0.500  absorbed: OPTIONS server 2 in Trying: request
 0.500  send 200 [2]
 0.500  send again 200 [2]
)");
  EXPECT_EQ(harness.sent.at(0), harness.sent.at(1));
}

// The INVITE may come again before the user has said anything.
TEST(Layer, SendsNothingForARetransmissionBeforeThereIsAResponse) {
  LayerHarness harness;
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.wait(100ms);
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
)");
}

// §17.2.3: sent-by is part of the match, and so is the method.
TEST(Layer, TakesTheSameBranchFromAnotherElementOrWithAnotherMethodForAnotherTransaction) {
  LayerHarness harness;
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.receive(incoming("INVITE", "z9hG4bKa", "ss2.biloxi.example.com:5060"));
  harness.receive(incoming("CANCEL", "z9hG4bKa"));
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.000  INVITE to TU [2]
 0.000  CANCEL to TU [3]
)");
}

TEST(Layer, FindsTheInviteThatACancelIsFor) {
  LayerHarness harness;
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.receive(incoming("INVITE", "z9hG4bKb"));
  const auto cancel = [&](const std::string& branch) {
    return harness.layer.find_cancelled(LayerHarness::request(incoming("CANCEL", branch)));
  };
  EXPECT_EQ(cancel("z9hG4bKa"), 1U);
  EXPECT_EQ(cancel("z9hG4bKb"), 2U);
  EXPECT_EQ(cancel("z9hG4bKc"), 0U);
}

TEST(Layer, AbsorbsTheAckToANon2xx) {
  LayerHarness harness;
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.respond(1, answer("486 Busy Here"));
  harness.wait(600ms);
  harness.receive(incoming("ACK", "z9hG4bKa", "ss1.atlanta.example.com:5060", "314159"));
  harness.receive(incoming("ACK", "z9hG4bKa", "ss1.atlanta.example.com:5060", "314159"));
  harness.wait(10s);
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.000  send 486 [1]
 0.500  send again 486 [1]
 0.600  absorbed: INVITE server 1 in Confirmed: ACK
 5.600  terminated [1]
)");
}

// §13.2.2.4: the ACK to a 2xx has a branch of its own; one with the INVITE's is not lost either.
TEST(Layer, PassesTheAckToA2xxUp) {
  LayerHarness harness;
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.respond(1, answer("200 OK"));
  harness.receive(incoming("ACK", "z9hG4bKb", "client.atlanta.example.com:5060", "314159"));
  harness.receive(incoming("ACK", "z9hG4bKa", "ss1.atlanta.example.com:5060", "314159"));
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.000  send 200 [1]
 0.000  ACK to TU
 0.000  ACK to TU
)");
}

// RFC 6026: the layer sends a 2xx when the user gives it; the INVITE that comes again is absorbed.
TEST(Layer, LeavesTheRepetitionOfA2xxToTheTu) {
  LayerHarness harness;
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.respond(1, answer("200 OK"));
  harness.wait(500ms);
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.respond(1, answer("200 OK"));
  harness.respond(1, answer("200 OK", "2 INVITE", "fork"));
  harness.wait(40s);
  harness.respond(1, answer("200 OK"));
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.000  send 200 [1]
 0.500  send again 200 [1]
 0.500  send 200 [1]
32.000  terminated [1]
40.500  absorbed: 200 from TU for a transaction that is over
)");
}

// §17.2.1: a 100 without a To tag, with the time it was held in the Timestamp (§8.2.6.1).
TEST(Layer, SendsA100WhenTheTuIsSilent) {
  LayerHarness harness(Transport::Tcp);
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.wait(1s);
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.200  send 100 [1]
)");
  EXPECT_EQ(harness.sent.at(0), R"(SIP/2.0 100 Trying
Via: SIP/2.0/UDP ss1.atlanta.example.com:5060;branch=z9hG4bKa
From: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl
To: Bob <sip:bob@biloxi.example.com>
Call-ID: 3848276298220188511@atlanta.example.com
CSeq: 2 INVITE
Content-Length: 0
Timestamp: 54.5 0.2

)");
}

// An answer given inside `handle_request` is the normal case.
TEST(Layer, TakesAnAnswerWhileItHandsTheRequestUp) {
  LayerHarness harness(Transport::Tcp);
  harness.on_request = [&](TransactionId id) { harness.respond(id, answer("200 OK", "2 BYE")); };
  harness.receive(incoming("BYE", "z9hG4bKa"));
  EXPECT_TRUE(harness.layer.has_final_response(1));
  harness.wait(1s);
  EXPECT_EQ(harness.log(), R"(
 0.000  BYE to TU [1]
 0.000  send 200 [1]
 0.000  terminated [1]
)");
  EXPECT_EQ(harness.layer.size(), 0U);
}

TEST(Layer, TellsTheTuThatNoAckCame) {
  LayerHarness harness(Transport::Tcp);
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.respond(1, answer("486 Busy Here"));
  harness.wait(40s);
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.000  send 486 [1]
32.000  missing ACK to TU [1]
32.000  terminated [1]
)");
}

// RFC 6026 §8.8.
TEST(Layer, KeepsAnInviteServerTransactionWhenItsResponseCouldNotBeDelivered) {
  LayerHarness harness(Transport::Tcp);
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.respond(1, answer("200 OK"));
  harness.layer.handle_transport_error(1, harness.context());
  harness.respond(1, answer("200 OK"));
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.000  send 200 [1]
 0.000  transport error to TU [1]
 0.000  send again 200 [1]
)");
}

// §17.2.3, second part: a branch without the magic cookie.
TEST(Layer, MatchesAnInviteOfRfc2543ByItsFields) {
  LayerHarness harness;
  harness.receive(incoming("INVITE", ""));
  harness.receive(incoming("INVITE", ""));
  harness.receive(replaced(incoming("INVITE", ""), "CSeq: 2", "CSeq: 3"));
  harness.receive(replaced(incoming("INVITE", ""), "tag=9fxced76sl", "tag=other"));
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.000  INVITE to TU [2]
 0.000  INVITE to TU [3]
)");
}

TEST(Layer, MatchesAnAckOfRfc2543OnlyWithTheToTagOfTheResponse) {
  LayerHarness harness;
  harness.receive(incoming("INVITE", "1"));
  harness.respond(1, answer("486 Busy Here"));
  harness.receive(incoming("ACK", "1", "ss1.atlanta.example.com:5060", "another"));
  harness.receive(incoming("ACK", "1", "ss1.atlanta.example.com:5060", "314159"));
  harness.wait(40s);
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.000  send 486 [1]
 0.000  ACK to TU
 5.000  terminated [1]
)");
}

TEST(Layer, KnowsTheRequestOfATransactionUntilItIsOver) {
  LayerHarness harness(Transport::Tcp);
  const TransactionId sent = harness.send(kInvite);
  harness.receive(incoming("BYE", "z9hG4bKa"));
  EXPECT_EQ(harness.layer.size(), 2U);
  EXPECT_EQ(harness.layer.find_request(sent)->method_text(), "INVITE");
  EXPECT_EQ(harness.layer.find_request(2)->method_text(), "BYE");
  EXPECT_FALSE(harness.layer.has_final_response(2));
  harness.respond(2, answer("200 OK", "2 BYE"));
  harness.wait(0s);
  EXPECT_EQ(harness.layer.find_request(2), nullptr);
  EXPECT_TRUE(harness.layer.has_final_response(2));
  EXPECT_EQ(harness.layer.size(), 1U);
}

TEST(Layer, ForgetsARequestOnlyAfterTheFinalResponse) {
  LayerHarness harness(Transport::Tcp);
  const TransactionId sent = harness.send(kInvite);
  harness.layer.forget_request(sent);
  EXPECT_NE(harness.layer.find_request(sent), nullptr);
  harness.receive(response_to_invite("200 OK", "z9hG4bKfirst"));
  harness.layer.forget_request(sent);
  EXPECT_EQ(harness.layer.find_request(sent), nullptr);
  EXPECT_EQ(harness.layer.size(), 1U);
}

TEST(Layer, ReportsEachChangeOfState) {
  LayerHarness harness(Transport::Tcp);
  harness.writes_states = true;
  harness.send(kInvite);
  harness.receive(response_to_invite("180 Ringing", "z9hG4bKfirst"));
  harness.receive(response_to_invite("200 OK", "z9hG4bKfirst"));
  harness.receive(incoming("BYE", "z9hG4bKa"));
  harness.respond(2, answer("200 OK", "2 BYE"));
  harness.wait(40s);
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE client 1: - -> Calling
 0.000  send INVITE to 192.0.2.201:5060/TCP [1]
 0.000  INVITE client 1: Calling -> Proceeding
 0.000  180 to TU [1]
 0.000  INVITE client 1: Proceeding -> Accepted
 0.000  200 to TU [1]
 0.000  BYE server 2: - -> Trying
 0.000  BYE to TU [2]
 0.000  BYE server 2: Trying -> Completed
 0.000  send 200 [2]
 0.000  BYE server 2: Completed -> Terminated
 0.000  terminated [2]
32.000  INVITE client 1: Accepted -> Terminated
32.000  terminated [1]
)");
}

}  // namespace
}  // namespace trapezoid::transaction::test
