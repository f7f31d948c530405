// Nothing is scripted: change what exists or what people do, and the flow changes by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/flows/flow.hpp"

namespace trapezoid::flows {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

/// Puts Proxy 3 between Proxy 1 and Proxy 2: Proxy 1 routes biloxi.example.com through it.
void add_third_proxy(Json& json) {
  use_inline_network(json, 5, 10, 5);
  json["network"]["hosts"].push_back("proxy3");
  for (const char* peer : {"proxy1", "proxy2"})
    json["network"]["links"].push_back({{"name", std::string("proxy3-") + peer},
                                        {"between", {"proxy3", peer}},
                                        {"latency_ms", 3},
                                        {"bandwidth_bps", 100'000'000}});
  json["names"].push_back({{"name", "ss3.chicago.example.com"},
                           {"type", "NAPTR"},
                           {"order", 1},
                           {"preference", 1},
                           {"flags", "s"},
                           {"service", "SIP+D2T"},
                           {"replacement", "_sip._tcp.ss3.chicago.example.com"}});
  json["names"].push_back({{"name", "_sip._tcp.ss3.chicago.example.com"},
                           {"type", "SRV"},
                           {"priority", 0},
                           {"weight", 1},
                           {"port", 5060},
                           {"target", "ss3.chicago.example.com"}});
  json["names"].push_back(
      {{"name", "ss3.chicago.example.com"}, {"type", "A"}, {"address", "192.0.2.133"}});
  json["elements"].push_back({{"name", "proxy3"},
                              {"kind", "proxy"},
                              {"label", "Proxy 3"},
                              {"host", "proxy3"},
                              {"address", "192.0.2.133"},
                              {"transports", {"tcp"}},
                              {"sent_by", "ss3.chicago.example.com:5060"},
                              {"uri", "sip:ss3.chicago.example.com;lr"},
                              {"domains", {"chicago.example.com"}}});
  element(json, "proxy1")["routes"] = Json::array(
      {{{"domain", "biloxi.example.com"}, {"next_hop", "sip:ss3.chicago.example.com;lr"}}});
}

TEST(Variation, AThirdProxyAddsAViaARecordRouteAndARoute) {
  const trace::Trace trace = run_scenario("rfc3665/3.2", add_third_proxy);
  EXPECT_EQ(summary(trace), R"(
F1 Alice -> Proxy 1 INVITE sip:bob@biloxi.example.com
F2 Proxy 1 -> Alice 407 Proxy Authorization Required
F3 Alice -> Proxy 1 ACK sip:bob@biloxi.example.com
F4 Alice -> Proxy 1 INVITE sip:bob@biloxi.example.com
F5 Proxy 1 -> Proxy 3 INVITE sip:bob@biloxi.example.com
F6 Proxy 1 -> Alice 100 Trying
F7 Proxy 3 -> Proxy 2 INVITE sip:bob@biloxi.example.com
F8 Proxy 3 -> Proxy 1 100 Trying
F9 Proxy 2 -> Bob INVITE sip:bob@client.biloxi.example.com
F10 Proxy 2 -> Proxy 3 100 Trying
F11 Bob -> Proxy 2 180 Ringing
F12 Proxy 2 -> Proxy 3 180 Ringing
F13 Proxy 3 -> Proxy 1 180 Ringing
F14 Proxy 1 -> Alice 180 Ringing
F15 Bob -> Proxy 2 200 OK
F16 Proxy 2 -> Proxy 3 200 OK
F17 Proxy 3 -> Proxy 1 200 OK
F18 Proxy 1 -> Alice 200 OK
F19 Alice -> Proxy 1 ACK sip:bob@client.biloxi.example.com;transport=tcp
F20 Proxy 1 -> Proxy 3 ACK sip:bob@client.biloxi.example.com;transport=tcp
F21 Proxy 3 -> Proxy 2 ACK sip:bob@client.biloxi.example.com;transport=tcp
F22 Proxy 2 -> Bob ACK sip:bob@client.biloxi.example.com;transport=tcp
F23 Bob -> Proxy 2 BYE sip:alice@client.atlanta.example.com;transport=tcp
F24 Proxy 2 -> Proxy 3 BYE sip:alice@client.atlanta.example.com;transport=tcp
F25 Proxy 3 -> Proxy 1 BYE sip:alice@client.atlanta.example.com;transport=tcp
F26 Proxy 1 -> Alice BYE sip:alice@client.atlanta.example.com;transport=tcp
F27 Alice -> Proxy 1 200 OK
F28 Proxy 1 -> Proxy 3 200 OK
F29 Proxy 3 -> Proxy 2 200 OK
F30 Proxy 2 -> Bob 200 OK
)");
  EXPECT_THAT(
      values(trace, 9, "Via"),
      ElementsAre(StartsWith("SIP/2.0/TCP ss2.biloxi"), StartsWith("SIP/2.0/TCP ss3.chicago"),
                  StartsWith("SIP/2.0/TCP ss1.atlanta"), StartsWith("SIP/2.0/TCP client")));
  EXPECT_THAT(values(trace, 9, "Record-Route"),
              ElementsAre("<sip:ss2.biloxi.example.com;lr>", "<sip:ss3.chicago.example.com;lr>",
                          "<sip:ss1.atlanta.example.com;lr>"));
  EXPECT_THAT(values(trace, 19, "Route"),
              ElementsAre("<sip:ss1.atlanta.example.com;lr>", "<sip:ss3.chicago.example.com;lr>",
                          "<sip:ss2.biloxi.example.com;lr>"));
  EXPECT_THAT(values(trace, 23, "Route"),
              ElementsAre("<sip:ss2.biloxi.example.com;lr>", "<sip:ss3.chicago.example.com;lr>",
                          "<sip:ss1.atlanta.example.com;lr>"));
}

TEST(Variation, WithoutRecordRouteAckAndByeGoEndToEnd) {
  const trace::Trace trace = run_scenario("rfc3665/3.2", [](Json& json) {
    element(json, "proxy1")["record_route"] = false;
    element(json, "proxy2")["record_route"] = false;
  });
  EXPECT_EQ(summary(trace), R"(
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
F15 Alice -> Bob ACK sip:bob@client.biloxi.example.com;transport=tcp
F16 Bob -> Alice BYE sip:alice@client.atlanta.example.com;transport=tcp
F17 Alice -> Bob 200 OK
)");
  EXPECT_THAT(values(trace, 15, "Route"), IsEmpty());
}

TEST(Variation, WithTheWrongPasswordTheCallEndsAfterTheSecond407) {
  const trace::Trace trace = run_scenario("rfc3665/3.2", [](Json& json) {
    element(json, "alice")["credentials"][0]["password"] = "looking-glass";
  });
  EXPECT_EQ(summary(trace), R"(
F1 Alice -> Proxy 1 INVITE sip:bob@biloxi.example.com
F2 Proxy 1 -> Alice 407 Proxy Authorization Required
F3 Alice -> Proxy 1 ACK sip:bob@biloxi.example.com
F4 Alice -> Proxy 1 INVITE sip:bob@biloxi.example.com
F5 Proxy 1 -> Alice 407 Proxy Authorization Required
F6 Alice -> Proxy 1 ACK sip:bob@biloxi.example.com
)");
  EXPECT_THAT(values(trace, 6, "Proxy-Authorization"), SizeIs(1));
}

TEST(Variation, AnUnknownUserIsAnsweredByProxyTwoWith404) {
  const trace::Trace trace = run_scenario(
      "rfc3665/3.2", [](Json& json) { json["actions"][0]["to"] = "sip:carol@biloxi.example.com"; });
  EXPECT_EQ(summary(trace), R"(
F1 Alice -> Proxy 1 INVITE sip:carol@biloxi.example.com
F2 Proxy 1 -> Alice 407 Proxy Authorization Required
F3 Alice -> Proxy 1 ACK sip:carol@biloxi.example.com
F4 Alice -> Proxy 1 INVITE sip:carol@biloxi.example.com
F5 Proxy 1 -> Proxy 2 INVITE sip:carol@biloxi.example.com
F6 Proxy 1 -> Alice 100 Trying
F7 Proxy 2 -> Proxy 1 404 Not Found
F8 Proxy 1 -> Proxy 2 ACK sip:carol@biloxi.example.com
F9 Proxy 1 -> Alice 404 Not Found
F10 Alice -> Proxy 1 ACK sip:carol@biloxi.example.com
)");
}

TEST(Variation, BobRejectingGives486AndAnAckHopByHop) {
  const trace::Trace trace = run_scenario("rfc3665/3.2", [](Json& json) {
    element(json, "bob")["answering"] = {
        {"ring_after_s", 0}, {"answer_after_s", 1}, {"reject_status", 486}};
  });
  EXPECT_EQ(summary(trace), R"(
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
F12 Bob -> Proxy 2 486 Busy Here
F13 Proxy 2 -> Bob ACK sip:bob@client.biloxi.example.com
F14 Proxy 2 -> Proxy 1 486 Busy Here
F15 Proxy 1 -> Proxy 2 ACK sip:bob@biloxi.example.com
F16 Proxy 1 -> Alice 486 Busy Here
F17 Alice -> Proxy 1 ACK sip:bob@biloxi.example.com
)");
}

TEST(Variation, WhenAliceHangsUpTheByeGoesTheOtherWay) {
  const trace::Trace trace = run_scenario("rfc3665/3.2", [](Json& json) {
    element(json, "bob")["answering"].erase("hang_up_after_s");
    json["actions"][0]["hang_up_after_s"] = 10;
  });
  ASSERT_THAT(trace::messages(trace), SizeIs(23));
  EXPECT_EQ(summary(trace).substr(summary(trace).find("F18")),
            R"(F18 Alice -> Proxy 1 BYE sip:bob@client.biloxi.example.com;transport=tcp
F19 Proxy 1 -> Proxy 2 BYE sip:bob@client.biloxi.example.com;transport=tcp
F20 Proxy 2 -> Bob BYE sip:bob@client.biloxi.example.com;transport=tcp
F21 Bob -> Proxy 2 200 OK
F22 Proxy 2 -> Proxy 1 200 OK
F23 Proxy 1 -> Alice 200 OK
)");
  // §22.3: the credentials gathered for the Call-ID go into the BYE, the nonce count going up.
  ASSERT_THAT(values(trace, 18, "Proxy-Authorization"), SizeIs(1));
  EXPECT_NE(values(trace, 18, "Proxy-Authorization")[0].find("nc=00000002"), std::string::npos);
}

}  // namespace
}  // namespace trapezoid::flows
