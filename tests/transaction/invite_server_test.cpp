#include "sim/transaction/invite_server.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/transaction/harness.hpp"

namespace trapezoid::transaction::test {
namespace {

using namespace std::chrono_literals;

// Arrow 7.2: the 200 ms timer is for a user that says nothing.
TEST(InviteServer, ProceedingSends100WhenTheTuSaysNothingFor200Ms) {
  InviteServerHarness server(Reliability::Reliable);
  server.respond(180, 250ms);
  server.respond(486, 1s);
  server.ack(1100ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.200  send 100
 0.250  send 180
 1.000  send 486
 1.100  terminated
)");
}

TEST(InviteServer, ProceedingSendsNo100OfItsOwnOnceTheTuHasSpoken) {
  InviteServerHarness server(Reliability::Reliable);
  server.respond(180, 199ms);
  server.respond(486, 1s);
  server.ack(1100ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.199  send 180
 1.000  send 486
 1.100  terminated
)");
}

TEST(InviteServer, AFinalResponseWithin200MsStopsThe100Too) {
  InviteServerHarness server(Reliability::Reliable);
  server.respond(200, 100ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.100  send 200
32.100  terminated
)");
}

// Arrow 7.1: the most recent provisional response goes out again, and never more often than asked.
TEST(InviteServer, ProceedingResendsTheLastProvisionalWhenTheInviteComesAgain) {
  InviteServerHarness server(Reliability::Unreliable);
  server.invite_again(50ms);
  server.respond(100, 100ms);
  server.invite_again(500ms);
  server.respond(180, 1s);
  server.invite_again(1500ms);
  server.respond(603, 2s);
  server.ack(2100ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.050  nothing to send yet
 0.100  send 100
 0.500  send 100
 1.000  send 180
 1.500  send 180
 2.000  send 603
 7.100  terminated
)");
}

// Arrows 7.8 and 7.10: G doubles up to T2; H gives up.
TEST(InviteServer, CompletedRetransmitsAtIntervalsUpToT2UntilTimerH) {
  InviteServerHarness server(Reliability::Unreliable);
  server.respond(486, 0s);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.000  send 486
 0.500  send 486
 1.500  send 486
 3.500  send 486
 7.500  send 486
11.500  send 486
15.500  send 486
19.500  send 486
23.500  send 486
27.500  send 486
31.500  send 486
32.000  missing ACK to TU
32.000  terminated
)");
}

TEST(InviteServer, CompletedSendsOnceOverAReliableTransportAndTimerHStillRuns) {
  InviteServerHarness server(Reliability::Reliable);
  server.respond(486, 0s);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.000  send 486
32.000  missing ACK to TU
32.000  terminated
)");
}

// Arrow 7.7.
TEST(InviteServer, CompletedResendsTheResponseWhenTheInviteComesAgain) {
  InviteServerHarness server(Reliability::Unreliable);
  server.respond(486, 0s);
  server.invite_again(300ms);
  server.ack(400ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.000  send 486
 0.300  send 486
 5.400  terminated
)");
}

// Arrows 7.9 and 7.12: the ACK stops G and H; I absorbs more of them.
TEST(InviteServer, ConfirmedAbsorbsAcksAndInvitesUntilTimerI) {
  InviteServerHarness server(Reliability::Unreliable);
  server.respond(486, 0s);
  server.ack(600ms);
  server.ack(700ms);
  server.invite_again(800ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.000  send 486
 0.500  send 486
 0.700  absorbed in Confirmed: ACK
 0.800  absorbed in Confirmed: INVITE
 5.600  terminated
)");
}

TEST(InviteServer, TimerIIsZeroOverAReliableTransport) {
  InviteServerHarness server(Reliability::Reliable);
  server.respond(486, 0s);
  server.ack(600ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.000  send 486
 0.600  terminated
)");
}

TEST(InviteServer, CompletedAbsorbsFurtherResponsesOfTheTu) {
  InviteServerHarness server(Reliability::Reliable);
  server.respond(486, 0s);
  server.respond(180, 100ms);
  server.respond(200, 200ms);
  server.respond(500, 300ms);
  server.ack(400ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.000  send 486
 0.100  absorbed in Completed: 1xx from TU
 0.200  absorbed in Completed: 2xx from TU
 0.300  absorbed in Completed: 300-699 from TU
 0.400  terminated
)");
}

// RFC 6026 §8.5 and §8.7: after a 2xx, INVITEs are absorbed, the 2xx goes out again only when the
// user gives it again, an ACK is the user's, and timer L ends it.
TEST(InviteServer, AcceptedAbsorbsInvitesAndLeavesThe2xxToTheTuUntilTimerL) {
  InviteServerHarness server(Reliability::Unreliable);
  server.respond(180, 0s);
  server.respond(200, 1s);
  server.invite_again(1200ms);
  server.respond(200, 1500ms);
  server.ack(1600ms);
  server.respond(486, 1700ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.000  send 180
 1.000  send 200
 1.500  send 200
 1.600  ACK to TU
 1.700  absorbed in Accepted: 300-699 from TU
33.000  terminated
)");
}

TEST(InviteServer, TimerLIsAsLongOverAReliableTransport) {
  InviteServerHarness server(Reliability::Reliable, {.t1 = 100ms});
  server.respond(200, 0s);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.000  send 200
 6.400  terminated
)");
}

// RFC 6026 §8.8.
TEST(InviteServer, ATransportErrorIsToldToTheTuAndKeepsTheState) {
  InviteServerHarness proceeding(Reliability::Reliable);
  proceeding.respond(180, 100ms);
  proceeding.fail(200ms);
  proceeding.respond(200, 1s);
  proceeding.fail(1100ms);
  proceeding.respond(200, 1500ms);
  proceeding.run_until_idle();
  EXPECT_EQ(proceeding.log(), R"(
 0.000  request to TU
 0.100  send 180
 0.200  transport error to TU
 1.000  send 200
 1.100  transport error to TU
 1.500  send 200
33.000  terminated
)");

  InviteServerHarness completed(Reliability::Unreliable);
  completed.respond(486, 0s);
  completed.fail(100ms);
  completed.ack(600ms);
  completed.run_until_idle();
  EXPECT_EQ(completed.log(), R"(
 0.000  request to TU
 0.000  send 486
 0.100  transport error to TU
 0.500  send 486
 5.600  terminated
)");
}

TEST(InviteServer, AnAckBeforeAnyFinalResponseIsAbsorbed) {
  InviteServerHarness server(Reliability::Reliable);
  server.respond(180, 0s);
  server.ack(100ms);
  server.respond(200, 1s);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.000  send 180
 0.100  absorbed in Proceeding: ACK
 1.000  send 200
33.000  terminated
)");
}

}  // namespace
}  // namespace trapezoid::transaction::test
