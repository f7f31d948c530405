#include "sim/transaction/invite_client.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/transaction/harness.hpp"

namespace trapezoid::transaction::test {
namespace {

using namespace std::chrono_literals;

// Arrows 5.1 and 5.2: INVITE goes out at 0, T1, 3*T1, 7*T1, ...; timer B ends it at 64*T1.
TEST(InviteClient, CallingRetransmitsAtDoublingIntervalsUntilTimerB) {
  InviteClientHarness client(Reliability::Unreliable);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.500  send INVITE
 1.500  send INVITE
 3.500  send INVITE
 7.500  send INVITE
15.500  send INVITE
31.500  send INVITE
32.000  timeout to TU
32.000  terminated
)");
}

TEST(InviteClient, TimersScaleWithT1ButTheIntervalIsNotCappedAtT2) {
  InviteClientHarness client(Reliability::Unreliable, {.t1 = 100ms, .t2 = 200ms});
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.100  send INVITE
 0.300  send INVITE
 0.700  send INVITE
 1.500  send INVITE
 3.100  send INVITE
 6.300  send INVITE
 6.400  timeout to TU
 6.400  terminated
)");
}

TEST(InviteClient, CallingSendsOnceOverAReliableTransportAndTimesOutAllTheSame) {
  InviteClientHarness client(Reliability::Reliable);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
32.000  timeout to TU
32.000  terminated
)");
}

// Arrow 5.4: A and B end with Calling. A phone may ring for longer than 64*T1.
TEST(InviteClient, ProceedingNeitherRetransmitsNorTimesOut) {
  InviteClientHarness client(Reliability::Unreliable);
  client.respond(100, 600ms);
  client.respond(180, 2s);
  client.respond(200, 95s);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.500  send INVITE
 0.600  100 to TU
 2.000  180 to TU
95.000  200 to TU
127.000  terminated
)");
}

// Arrows 5.6, 5.10, 5.12: each 3xx-6xx is acknowledged, only the first one reaches the TU.
TEST(InviteClient, CompletedAcknowledgesRetransmittedFinalResponses) {
  InviteClientHarness client(Reliability::Unreliable);
  client.respond(486, 100ms);
  client.respond(486, 600ms);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.100  send ACK
 0.100  486 to TU
 0.600  send ACK
32.100  terminated
)");
}

TEST(InviteClient, TimerDIs32SecondsWhateverT1Is) {
  InviteClientHarness client(Reliability::Unreliable, {.t1 = 100ms});
  client.respond(100, 20ms);
  client.respond(302, 50ms);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.020  100 to TU
 0.050  send ACK
 0.050  302 to TU
32.050  terminated
)");
}

// "Zero" still fires: the transaction ends at the same date, by timer D.
TEST(InviteClient, TimerDIsZeroOverAReliableTransport) {
  InviteClientHarness client(Reliability::Reliable);
  client.respond(407, 100ms);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.100  send ACK
 0.100  407 to TU
 0.100  terminated
)");
}

TEST(InviteClient, CompletedAbsorbsProvisionalAndSuccessResponses) {
  InviteClientHarness client(Reliability::Unreliable);
  client.respond(486, 100ms);
  client.respond(180, 200ms);
  client.respond(200, 300ms);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.100  send ACK
 0.100  486 to TU
 0.200  absorbed in Completed: 1xx
 0.300  absorbed in Completed: 2xx
32.100  terminated
)");
}

// RFC 6026 §8.4: a 2xx leads to Accepted, which passes on each further 2xx until timer M.
TEST(InviteClient, AcceptedPassesEachFurther2xxToTheTuUntilTimerM) {
  InviteClientHarness client(Reliability::Unreliable);
  client.respond(200, 100ms);
  client.respond(200, 600ms);
  client.respond(180, 700ms);
  client.respond(200, 32s);
  client.respond(200, 33s);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.100  200 to TU
 0.600  200 to TU
 0.700  absorbed in Accepted: 1xx
32.000  200 to TU
32.100  terminated
33.000  too late: 2xx
)");
}

TEST(InviteClient, TimerMIsAsLongOverAReliableTransport) {
  InviteClientHarness client(Reliability::Reliable);
  client.respond(180, 50ms);
  client.respond(200, 100ms);
  client.respond(200, 10s);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.050  180 to TU
 0.100  200 to TU
10.000  200 to TU
32.100  terminated
)");
}

TEST(InviteClient, ATransportErrorInCallingIsToldToTheTuAndEndsIt) {
  InviteClientHarness client(Reliability::Reliable);
  client.fail(75ms);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.075  transport error to TU
 0.075  terminated
)");
}

TEST(InviteClient, ATransportErrorOfTheAckEndsIt) {
  InviteClientHarness client(Reliability::Unreliable);
  client.respond(486, 100ms);
  client.fail(200ms);
  client.run_until_idle();
  EXPECT_EQ(client.log(), R"(
 0.000  send INVITE
 0.100  send ACK
 0.100  486 to TU
 0.200  transport error to TU
 0.200  terminated
)");
}

}  // namespace
}  // namespace trapezoid::transaction::test
