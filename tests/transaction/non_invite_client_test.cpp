#include "sim/transaction/non_invite_client.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/transaction/harness.hpp"

namespace trapezoid::transaction::test {
namespace {

using namespace std::chrono_literals;

// Arrows 6.1 and 6.2: intervals double until they reach T2.
TEST(NonInviteClient, TryingRetransmitsAtIntervalsUpToT2UntilTimerF) {
  NonInviteClientHarness client(Reliability::Unreliable);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send request
 0.500  send request
 1.500  send request
 3.500  send request
 7.500  send request
11.500  send request
15.500  send request
19.500  send request
23.500  send request
27.500  send request
31.500  send request
32.000  timeout to TU
32.000  terminated
)");
}

// Arrows 6.6 and 6.7: E goes on in Proceeding. It runs out once as it was set, then every T2. F
// spans both states.
TEST(NonInviteClient, ProceedingRetransmitsEveryT2AndTimerFGoesOn) {
  NonInviteClientHarness client(Reliability::Unreliable);
  client.respond(100, 600ms);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send request
 0.500  send request
 0.600  100 to TU
 1.500  send request
 5.500  send request
 9.500  send request
13.500  send request
17.500  send request
21.500  send request
25.500  send request
29.500  send request
32.000  timeout to TU
32.000  terminated
)");
}

TEST(NonInviteClient, SendsOnceOverAReliableTransportAndTimesOutInProceeding) {
  NonInviteClientHarness client(Reliability::Reliable);
  client.respond(100, 600ms);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send request
 0.600  100 to TU
32.000  timeout to TU
32.000  terminated
)");
}

// Arrows 6.5 and 6.11: K absorbs retransmissions of the final response.
TEST(NonInviteClient, CompletedAbsorbsFurtherResponsesUntilTimerK) {
  NonInviteClientHarness client(Reliability::Unreliable);
  client.respond(200, 100ms);
  client.respond(200, 700ms);
  client.respond(500, 5s);
  client.respond(200, 6s);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send request
 0.100  200 to TU
 0.700  absorbed in Completed: 200-699
 5.000  absorbed in Completed: 200-699
 5.100  terminated
 6.000  too late: 200-699
)");
}

TEST(NonInviteClient, TimerKIsT4) {
  NonInviteClientHarness client(Reliability::Unreliable, {.t4 = 1s});
  client.respond(100, 50ms);
  client.respond(100, 60ms);
  client.respond(404, 100ms);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send request
 0.050  100 to TU
 0.060  100 to TU
 0.100  404 to TU
 1.100  terminated
)");
}

TEST(NonInviteClient, TimerKIsZeroOverAReliableTransport) {
  NonInviteClientHarness client(Reliability::Reliable);
  client.respond(200, 100ms);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send request
 0.100  200 to TU
 0.100  terminated
)");
}

TEST(NonInviteClient, ATransportErrorEndsItInTryingAndInProceeding) {
  NonInviteClientHarness trying(Reliability::Reliable);
  trying.fail(75ms);
  trying.run_until_idle();
  EXPECT_EQ(trying.log(), R"(
 0.000  send request
 0.075  transport error to TU
 0.075  terminated
)");

  NonInviteClientHarness proceeding(Reliability::Unreliable);
  proceeding.respond(100, 50ms);
  proceeding.fail(75ms);
  proceeding.run_until_idle();
  EXPECT_EQ(proceeding.log(), R"(
 0.000  send request
 0.050  100 to TU
 0.075  transport error to TU
 0.075  terminated
)");
}

}  // namespace
}  // namespace trapezoid::transaction::test
