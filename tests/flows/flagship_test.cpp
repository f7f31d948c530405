// RFC 3665 §3.2, from the shipped scenario: the flagship. Its ladder and digest: shipped_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/trace/format.hpp"
#include "tests/flows/flow.hpp"
#include "tests/flows/reference.hpp"

namespace trapezoid::flows {
namespace {

using testing::IsEmpty;

const Secret kAlice{"atlanta.example.com", "alice", "wonderland"};

TEST(Flagship, ShowsTheTwentyThreeMessagesOfTheRfc) {
  EXPECT_EQ(summary(run_scenario("rfc3665/3.2")), R"(
F1 Alice -> Proxy 1 INVITE sip:bob@biloxi.example.com
F2 Proxy 1 -> Alice 407 Proxy Authorization Required
F3 Alice -> Proxy 1 ACK sip:bob@biloxi.example.com
F4 Alice -> Proxy 1 INVITE sip:bob@biloxi.example.com
F5 Proxy 1 -> Proxy 2 INVITE sip:bob@biloxi.example.com
F6 Proxy 1 -> Alice 100 Trying
F7 Proxy 2 -> Bob INVITE sip:bob@client.biloxi.example.com
F8 Proxy 2 -> Proxy 1 100 Trying
F9 Bob -> Proxy 2 180 Ringing
F10 Proxy 2 -> Proxy 1 180 Ringing
F11 Proxy 1 -> Alice 180 Ringing
F12 Bob -> Proxy 2 200 OK
F13 Proxy 2 -> Proxy 1 200 OK
F14 Proxy 1 -> Alice 200 OK
F15 Alice -> Proxy 1 ACK sip:bob@client.biloxi.example.com;transport=tcp
F16 Proxy 1 -> Proxy 2 ACK sip:bob@client.biloxi.example.com;transport=tcp
F17 Proxy 2 -> Bob ACK sip:bob@client.biloxi.example.com;transport=tcp
F18 Bob -> Proxy 2 BYE sip:alice@client.atlanta.example.com;transport=tcp
F19 Proxy 2 -> Proxy 1 BYE sip:alice@client.atlanta.example.com;transport=tcp
F20 Proxy 1 -> Alice BYE sip:alice@client.atlanta.example.com;transport=tcp
F21 Alice -> Proxy 1 200 OK
F22 Proxy 1 -> Proxy 2 200 OK
F23 Proxy 2 -> Bob 200 OK
)");
}

TEST(Flagship, IsTheRfcsFlowButForTheListedDeviations) {
  EXPECT_THAT(find_differences(run_scenario("rfc3665/3.2"), load_reference("3.2"), kAlice),
              IsEmpty());
}

TEST(Flagship, IsTheSameFlowWithAnotherSeed) {
  const trace::Trace first = run_scenario("rfc3665/3.2");
  const trace::Trace other = run_scenario("rfc3665/3.2", {}, {2, {}});
  EXPECT_THAT(find_differences(other, load_reference("3.2"), kAlice), IsEmpty());
  EXPECT_NE(values(first, 16, "Via").at(0), values(other, 16, "Via").at(0));
  EXPECT_NE(values(first, 4, "Proxy-Authorization"), values(other, 4, "Proxy-Authorization"));
  EXPECT_EQ(summary(first), summary(other));
}

TEST(Flagship, GivesTheSameBytesEveryTime) {
  const std::string first = trace::write_trace(run_scenario("rfc3665/3.2"));
  EXPECT_EQ(first, trace::write_trace(run_scenario("rfc3665/3.2")));
  EXPECT_EQ(first,
            trace::write_trace(run_scenario("rfc3665/3.2", {}, {{}, {"contexts/factory:thread"}})));
}

}  // namespace
}  // namespace trapezoid::flows
