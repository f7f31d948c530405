#include "sim/transaction/non_invite_server.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/transaction/harness.hpp"

namespace trapezoid::transaction::test {
namespace {

using namespace std::chrono_literals;

// §17.2.2: nothing has been sent yet, so there is nothing to send again.
TEST(NonInviteServer, TryingAbsorbsRetransmissions) {
  NonInviteServerHarness server(Reliability::Unreliable);
  server.request_again(500ms);
  server.respond(200, 600ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.500  absorbed in Trying: request
 0.600  send 200
32.600  terminated
)");
}

// Arrows 8.3, 8.4, 8.7: whatever was sent last is sent again when the request comes again.
TEST(NonInviteServer, ResendsTheLastResponseWhenTheRequestComesAgain) {
  NonInviteServerHarness server(Reliability::Unreliable);
  server.respond(100, 100ms);
  server.request_again(500ms);
  server.respond(183, 1s);
  server.request_again(1500ms);
  server.respond(200, 2s);
  server.request_again(3500ms);
  server.request_again(7500ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.100  send 100
 0.500  send 100
 1.000  send 183
 1.500  send 183
 2.000  send 200
 3.500  send 200
 7.500  send 200
34.000  terminated
)");
}

TEST(NonInviteServer, CompletedAbsorbsFurtherResponsesOfTheTu) {
  NonInviteServerHarness server(Reliability::Unreliable);
  server.respond(200, 100ms);
  server.respond(500, 200ms);
  server.respond(100, 300ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.100  send 200
 0.200  absorbed in Completed: 200-699 from TU
 0.300  absorbed in Completed: 1xx from TU
32.100  terminated
)");
}

TEST(NonInviteServer, TimerJIsZeroOverAReliableTransport) {
  NonInviteServerHarness server(Reliability::Reliable);
  server.respond(200, 100ms);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
 0.100  send 200
 0.100  terminated
)");
}

// Arrows 8.6 and 8.8: RFC 6026 changed this for INVITE servers alone.
TEST(NonInviteServer, ATransportErrorIsToldToTheTuAndEndsIt) {
  NonInviteServerHarness proceeding(Reliability::Reliable);
  proceeding.respond(100, 100ms);
  proceeding.fail(200ms);
  proceeding.run_until_idle();
  EXPECT_EQ(proceeding.log(), R"(
 0.000  request to TU
 0.100  send 100
 0.200  transport error to TU
 0.200  terminated
)");

  NonInviteServerHarness completed(Reliability::Unreliable);
  completed.respond(200, 100ms);
  completed.fail(200ms);
  completed.run_until_idle();
  EXPECT_EQ(completed.log(), R"(
 0.000  request to TU
 0.100  send 200
 0.200  transport error to TU
 0.200  terminated
)");
}

// The user of a non-INVITE has no 200 ms: only INVITE is owed a 100 (§17.2.1).
TEST(NonInviteServer, WaitsForTheTuWithoutATimer) {
  NonInviteServerHarness server(Reliability::Unreliable);
  server.respond(200, 60s);
  server.run_until_idle();
  EXPECT_EQ(server.log(), R"(
 0.000  request to TU
60.000  send 200
92.000  terminated
)");
}

}  // namespace
}  // namespace trapezoid::transaction::test
