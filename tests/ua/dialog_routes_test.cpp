// Route sets as they show in ACK and BYE, with the proxies played by hand.

#include <gtest/gtest.h>

#include "tests/ua/ua_lab.hpp"

namespace trapezoid::tests {
namespace {

using sip::HeaderId;
using std::chrono::seconds;

constexpr std::string_view kAnswer =
    "v=0\r\no=bob 1 1 IN IP4 192.0.2.201\r\ns=-\r\nc=IN IP4 192.0.2.201\r\nt=0 0\r\n"
    "m=audio 3456 RTP/AVP 0\r\n";

constexpr std::string_view kLoose =
    "<sip:p3.example.com;lr>, <sip:p2.example.com;lr;x=1>, <sip:p1.example.com;lr>";

class DialogRoutes : public testing::Test {
 protected:
  void call(bool hangs_up = true) {
    ua::UserAgentConfig caller = alice();
    caller.outbound_proxies = {"sip:p1.example.com;lr"};
    caller.calls = {{Instant{}, "sip:bob@biloxi.example.com", "Bob", {}, true}};
    if (hangs_up) caller.calls.front().hang_up_after = seconds(1);
    lab.add("alice", caller);
    lab.run_until(seconds(1));
  }
  void answer(std::string_view record_route, int status = 200, const std::string& tag = "bob-tag") {
    lab.respond("alice", lab.last_request("INVITE"), status, tag, [&](sip::Response& response) {
      response.headers().append_text(HeaderId::RecordRoute, record_route);
      response.headers().append_text(HeaderId::Contact, "<sip:bob@192.0.2.201;transport=tcp>");
      if (status >= 200) response.set_body(kAnswer, "application/sdp");
    });
  }
  /// Start line and Route of the latest such request.
  std::string route_of(std::string_view method) const {
    const std::string bytes = lab.last(method);
    if (bytes.empty()) return "none sent";
    const sip::Request request = lab.last_request(method);
    return std::string(request.request_uri_text()) + " via " +
           std::string(request.headers().find_field("Route").value_or("no Route"));
  }
  UaLab lab;
};

// Newest first in Record-Route; the caller travels the oldest first (§12.1.2).
TEST_F(DialogRoutes, CallerReversesRecordRoute) {
  call();
  answer(kLoose);
  lab.run_until(seconds(3));
  EXPECT_EQ(route_of("ACK"),
            "sip:bob@192.0.2.201;transport=tcp via <sip:p1.example.com;lr>, "
            "<sip:p2.example.com;lr;x=1>, <sip:p3.example.com;lr>");
  EXPECT_EQ(route_of("BYE"),
            "sip:bob@192.0.2.201;transport=tcp via <sip:p1.example.com;lr>, "
            "<sip:p2.example.com;lr;x=1>, <sip:p3.example.com;lr>");
}

TEST_F(DialogRoutes, WithoutRecordRouteRequestsGoToTheRemoteTarget) {
  call();
  lab.respond("alice", lab.last_request("INVITE"), 200, "bob-tag", [](sip::Response& response) {
    response.headers().append_text(HeaderId::Contact, "<sip:bob@192.0.2.201;transport=tcp>");
    response.set_body(kAnswer, "application/sdp");
  });
  lab.run_until(seconds(3));
  EXPECT_EQ(route_of("ACK"), "sip:bob@192.0.2.201;transport=tcp via no Route");
  EXPECT_EQ(route_of("BYE"), "sip:bob@192.0.2.201;transport=tcp via no Route");
}

// §12.2.1.1: the strict router's URI is the Request-URI, the remote target the last Route.
TEST_F(DialogRoutes, StrictRouterInFrontTakesTheRequestUri) {
  call();
  answer("<sip:p2.example.com;lr>, <sip:strict.example.com;method=INVITE;x=1>");
  EXPECT_EQ(route_of("ACK"),
            "sip:strict.example.com;x=1 via <sip:p2.example.com;lr>, "
            "<sip:bob@192.0.2.201;transport=tcp>");
}

// §13.2.2.4: the route set is that of the 2xx, whatever the 180 said.
TEST_F(DialogRoutes, RouteSetIsRecomputedFromThe2xx) {
  call();
  answer("<sip:p3.example.com;lr>", 180);
  answer("<sip:p2.example.com;lr>");
  EXPECT_EQ(route_of("ACK"), "sip:bob@192.0.2.201;transport=tcp via <sip:p2.example.com;lr>");
}

// A second 2xx from another branch of a fork: ACK, and BYE at once.
TEST_F(DialogRoutes, SecondDialogOfAForkIsAcknowledgedAndEnded) {
  call(false);
  answer("<sip:p1.example.com;lr>", 180, "one");
  answer("<sip:p1.example.com;lr>", 180, "two");
  answer("<sip:p1.example.com;lr>", 200, "one");
  answer("<sip:p1.example.com;lr>", 200, "two");
  answer("<sip:p1.example.com;lr>", 200, "one");
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@biloxi.example.com (1 INVITE)
  1.000  alice > ACK sip:bob@192.0.2.201;transport=tcp (1 ACK)
  1.000  alice: call answered
  1.000  alice: media start
  1.000  alice > ACK sip:bob@192.0.2.201;transport=tcp (1 ACK)
  1.000  alice > BYE sip:bob@192.0.2.201;transport=tcp (2 BYE)
  1.000  alice > ACK sip:bob@192.0.2.201;transport=tcp (1 ACK)
)");
  EXPECT_EQ(lab.last_request("BYE").headers().find_field("To"),
            "Bob <sip:bob@biloxi.example.com>;tag=two");
}

}  // namespace
}  // namespace trapezoid::tests
