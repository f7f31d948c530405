// What a transaction keeps while it waits for its end, and what it does not.
#include <algorithm>
#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "sim/transaction/figures.hpp"
#include "sim/transaction/machine.hpp"
#include "sim/transaction/transaction.hpp"
#include "tests/transaction/layer_harness.hpp"

namespace trapezoid::transaction::test {
namespace {

using namespace std::chrono_literals;

// There are about ten a call for half a minute after it has ended.
static_assert(sizeof(Transaction) <= 192);

std::string fields_of(const std::string& method) {
  return "\nFrom: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl"
         "\nTo: Bob <sip:bob@biloxi.example.com>"
         "\nCall-ID: 3848276298220188511@atlanta.example.com"
         "\nCSeq: 2 " +
         method + "\nContent-Length: 0\n\n";
}

std::string request_of(const std::string& method) {
  return method + " sip:bob@biloxi.example.com SIP/2.0\nMax-Forwards: 70" + fields_of(method);
}

std::string incoming(const std::string& method, const std::string& branch) {
  return method +
         " sip:bob@biloxi.example.com SIP/2.0\nVia: SIP/2.0/UDP ss1:5060;branch=" + branch +
         "\nMax-Forwards: 70" + fields_of(method);
}

std::string response_to(const std::string& method, const std::string& status) {
  return "SIP/2.0 " + status +
         "\nVia: SIP/2.0/UDP client.atlanta.example.com:5060;branch=z9hG4bKfirst" +
         fields_of(method);
}

TEST(Machine, HasRoomForTheTimersOfEveryState) {
  for (const Figure& figure : figures())
    for (const std::string_view state : figure.states) {
      const auto runs = [state](const FigureTimer& timer) {
        return std::find(timer.runs_in.begin(), timer.runs_in.end(), state) != timer.runs_in.end();
      };
      const auto count = std::count_if(figure.timers.begin(), figure.timers.end(), runs);
      EXPECT_LE(static_cast<std::size_t>(count), kMaxRunning) << figure.heading.name << state;
    }
}

TEST(Transaction, OfAnInviteRepeatsItsAckWithoutTheRequest) {
  LayerHarness harness;
  const TransactionId id = harness.send(request_of("INVITE"));
  harness.receive(response_to("INVITE", "486 Busy Here"));
  EXPECT_EQ(harness.layer.find_request(id), nullptr);
  harness.receive(response_to("INVITE", "486 Busy Here"));
  ASSERT_EQ(harness.sent.size(), 3U);
  EXPECT_EQ(harness.sent[1].substr(0, 4), "ACK ");
  EXPECT_EQ(harness.sent[1], harness.sent[2]);
}

TEST(Transaction, OfAnInviteServerKeepsTheRequestUntilTheAck) {
  LayerHarness harness;
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  harness.respond(1, response_to("INVITE", "486 Busy Here"));
  EXPECT_NE(harness.layer.find_request(1), nullptr);
  harness.receive(incoming("ACK", "z9hG4bKa"));
  EXPECT_EQ(harness.layer.find_request(1), nullptr);
  EXPECT_EQ(harness.layer.size(), 1U);
}

TEST(Transaction, IsNamedByItsMethodAlsoWithoutTheRequest) {
  LayerHarness harness;
  harness.writes_states = true;
  harness.send(request_of("PING"));
  harness.receive(response_to("PING", "200 OK"));
  harness.receive(incoming("PING", "1"));  // a branch of RFC 2543
  harness.wait(5s);
  EXPECT_EQ(harness.log(), R"(
 0.000  PING client 1: - -> Trying
 0.000  send PING to 192.0.2.201:5060/UDP [1]
 0.000  PING client 1: Trying -> Completed
 0.000  200 to TU [1]
 0.000  PING server 2: - -> Trying
 0.000  PING to TU [2]
 5.000  PING client 1: Completed -> Terminated
 5.000  terminated [1]
)");
}

// Forks have their own To tags, and a server of RFC 2543 has none.
TEST(Transaction, KnowsEach2xxThatItHasSent) {
  LayerHarness harness(Transport::Tcp);
  harness.receive(incoming("INVITE", "z9hG4bKa"));
  for (const std::string tag : {"", ";tag=one", ";tag=two", "", ";tag=two", ";tag=one"}) {
    std::string response = response_to("INVITE", "200 OK");
    response.insert(response.find("\nCall-ID"), tag);
    harness.respond(1, response);
  }
  EXPECT_EQ(harness.log(), R"(
 0.000  INVITE to TU [1]
 0.000  send 200 [1]
 0.000  send 200 [1]
 0.000  send 200 [1]
 0.000  send again 200 [1]
 0.000  send again 200 [1]
 0.000  send again 200 [1]
)");
}

}  // namespace
}  // namespace trapezoid::transaction::test
