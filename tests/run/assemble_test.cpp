#include "sim/run/assemble.hpp"

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "sim/scenario/load.hpp"
#include "tests/support/lab.hpp"

namespace trapezoid::run {
namespace {

std::optional<scenario::Scenario> flagship() {
  auto loaded =
      scenario::load_scenario(std::string(TRAPEZOID_SOURCE_DIR) + "/scenarios/rfc3665/3.2.json");
  if (loaded) return std::move(*loaded);
  for (const auto& problem : loaded.error()) ADD_FAILURE() << problem.message;
  return std::nullopt;
}

TEST(Assemble, MakesElementsThatCallEachOtherOverAnyNetwork) {
  const auto scenario = flagship();
  ASSERT_TRUE(scenario);
  const resolve::Zone zone = make_zone(*scenario);
  support::Lab lab;
  for (const auto& element : scenario->elements)
    lab.add(element.name, {{element.address, element.port, Transport::Tcp}},
            make_element(element, *scenario, zone, 1, element::Recording::On));
  lab.run();
  EXPECT_EQ(lab.log(), R"(
F1 0.000 alice -> proxy1 INVITE sip:bob@biloxi.example.com SIP/2.0
F2 0.001 proxy1 -> alice SIP/2.0 407 Proxy Authorization Required
F3 0.002 alice -> proxy1 ACK sip:bob@biloxi.example.com SIP/2.0
F4 0.002 alice -> proxy1 INVITE sip:bob@biloxi.example.com SIP/2.0
F5 0.003 proxy1 -> proxy2 INVITE sip:bob@biloxi.example.com SIP/2.0
F6 0.003 proxy1 -> alice SIP/2.0 100 Trying
F7 0.004 proxy2 -> bob INVITE sip:bob@client.biloxi.example.com SIP/2.0
F8 0.004 proxy2 -> proxy1 SIP/2.0 100 Trying
F9 0.005 bob -> proxy2 SIP/2.0 180 Ringing
F10 0.006 proxy2 -> proxy1 SIP/2.0 180 Ringing
F11 0.007 proxy1 -> alice SIP/2.0 180 Ringing
F12 2.005 bob -> proxy2 SIP/2.0 200 OK
F13 2.006 proxy2 -> proxy1 SIP/2.0 200 OK
F14 2.007 proxy1 -> alice SIP/2.0 200 OK
F15 2.008 alice -> proxy1 ACK sip:bob@client.biloxi.example.com;transport=tcp SIP/2.0
F16 2.009 proxy1 -> proxy2 ACK sip:bob@client.biloxi.example.com;transport=tcp SIP/2.0
F17 2.010 proxy2 -> bob ACK sip:bob@client.biloxi.example.com;transport=tcp SIP/2.0
F18 12.011 bob -> proxy2 BYE sip:alice@client.atlanta.example.com;transport=tcp SIP/2.0
F19 12.012 proxy2 -> proxy1 BYE sip:alice@client.atlanta.example.com;transport=tcp SIP/2.0
F20 12.013 proxy1 -> alice BYE sip:alice@client.atlanta.example.com;transport=tcp SIP/2.0
F21 12.014 alice -> proxy1 SIP/2.0 200 OK
F22 12.015 proxy1 -> proxy2 SIP/2.0 200 OK
F23 12.016 proxy2 -> bob SIP/2.0 200 OK
)");
}

TEST(Assemble, NamesTheRoleOfEachElement) {
  const auto scenario = flagship();
  ASSERT_TRUE(scenario);
  std::string roles;
  for (const auto& element : scenario->elements)
    roles += element.name + ": " + std::string(role_of(element)) + "\n";
  EXPECT_EQ(roles, "alice: user_agent\nproxy1: proxy\nproxy2: proxy\nbob: user_agent\n");
}

}  // namespace
}  // namespace trapezoid::run
