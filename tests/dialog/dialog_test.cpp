#include "sim/dialog/dialog.hpp"

#include <string>

#include <gtest/gtest.h>

#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"

namespace trapezoid::dialog {
namespace {

std::string crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

std::string lines(const sip::Request& request) {
  std::string out = "\n";
  for (const char c : sip::to_bytes(request))
    if (c != '\r') out += c;
  return out;
}

sip::Request an_invite(const std::string& uri = "sip:bob@biloxi.example.com") {
  return std::get<sip::Request>(*sip::parse_message(crlf("INVITE " + uri + R"( SIP/2.0
Via: SIP/2.0/TCP client.atlanta.example.com:5060;branch=z9hG4bK74bf9
Max-Forwards: 70
Record-Route: <sip:p2.example.com;lr>, <sip:p1.example.com;lr;x="a,b">
From: "Alice A." <sip:alice@atlanta.example.com>;tag=9fxced76sl
To: Bob <sip:bob@biloxi.example.com>
Call-ID: 3848276298220188511@atlanta.example.com
CSeq: 2 INVITE
Contact: <sip:alice@client.atlanta.example.com;transport=tcp>
Proxy-Authorization: Digest username="alice", realm="a", nonce="n", uri="u", response="r"
Authorization: Digest username="alice", realm="b", nonce="n", uri="u", response="r"
Content-Length: 0

)")));
}

sip::Response a_response(int status, const std::string& record_route) {
  return std::get<sip::Response>(
      *sip::parse_message(crlf("SIP/2.0 " + std::to_string(status) + R"( OK
Via: SIP/2.0/TCP client.atlanta.example.com:5060;branch=z9hG4bK74bf9
)" + record_route + R"(From: "Alice A." <sip:alice@atlanta.example.com>;tag=9fxced76sl
To: Bob <sip:bob@biloxi.example.com>;tag=314159
Call-ID: 3848276298220188511@atlanta.example.com
CSeq: 2 INVITE
Contact: <sip:bob@client.biloxi.example.com;transport=tcp>
Content-Length: 0

)")));
}

Dialog a_dialog(const std::string& record_route) {
  return *make_uac_dialog(an_invite(), a_response(200, record_route));
}

// §12.1.2, §12.2.1.1: the route set is Record-Route reversed, all parameters kept.
TEST(Dialog, OfTheCallerMakesRequestsAlongTheReversedRoute) {
  Dialog dialog = a_dialog(
      "Record-Route: <sip:p3.example.com;lr>\n"
      "Record-Route: <sip:p2.example.com;lr;x=1>;y=2, <sip:p1.example.com;lr>\n");
  EXPECT_EQ(name_of(dialog.state), "Confirmed");
  EXPECT_EQ(next_hop_uri(dialog), "sip:p1.example.com;lr");
  EXPECT_EQ(lines(make_request_within_dialog(dialog, sip::MethodId::Bye, 1)), R"(
BYE sip:bob@client.biloxi.example.com;transport=tcp SIP/2.0
Max-Forwards: 70
Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr;x=1>;y=2, <sip:p3.example.com;lr>
From: "Alice A." <sip:alice@atlanta.example.com>;tag=9fxced76sl
To: Bob <sip:bob@biloxi.example.com>;tag=314159
Call-ID: 3848276298220188511@atlanta.example.com
CSeq: 3 BYE

)");
}

// §12.1.1: Record-Route as it stands, and a CSeq of its own.
TEST(Dialog, OfTheCalleeMakesRequestsAlongTheRouteAsRecorded) {
  Dialog dialog = *make_uas_dialog(an_invite(), "314159");
  EXPECT_EQ(name_of(dialog.state), "Early");
  EXPECT_EQ(sip::to_string(dialog.key()),
            "3848276298220188511@atlanta.example.com;314159;9fxced76sl");
  EXPECT_EQ(lines(make_request_within_dialog(dialog, sip::MethodId::Bye, 7)), R"(
BYE sip:alice@client.atlanta.example.com;transport=tcp SIP/2.0
Max-Forwards: 70
Route: <sip:p2.example.com;lr>, <sip:p1.example.com;lr;x="a,b">
From: Bob <sip:bob@biloxi.example.com>;tag=314159
To: "Alice A." <sip:alice@atlanta.example.com>;tag=9fxced76sl
Call-ID: 3848276298220188511@atlanta.example.com
CSeq: 7 BYE

)");
  EXPECT_EQ(make_request_within_dialog(dialog, sip::MethodId::Bye, 7)
                .headers()
                .first_text(sip::HeaderId::CSeq),
            "8 BYE");
}

// The example of §12.2.1.1.
TEST(Dialog, WithAStrictRouterInFrontPutsTheTargetLast) {
  Dialog dialog = a_dialog(
      "Record-Route: <sip:proxy4>, <sip:proxy3;lr>, <sip:proxy2>, "
      "<sip:proxy1;method=INVITE;x=1?a=b>\n");
  EXPECT_EQ(next_hop_uri(dialog), "sip:proxy1;method=INVITE;x=1?a=b");
  const sip::Request request = make_request_within_dialog(dialog, sip::MethodId::Bye, 1);
  EXPECT_EQ(request.request_uri_text(), "sip:proxy1;x=1");
  EXPECT_EQ(request.headers().find_field("Route"),
            "<sip:proxy2>, <sip:proxy3;lr>, <sip:proxy4>, "
            "<sip:bob@client.biloxi.example.com;transport=tcp>");
}

TEST(Dialog, WithoutRoutesGoesToTheRemoteTarget) {
  const Dialog dialog = a_dialog("");
  EXPECT_EQ(next_hop_uri(dialog), "sip:bob@client.biloxi.example.com;transport=tcp");
}

// §13.2.2.4, §22.1: the INVITE's number and credentials.
TEST(Dialog, AckRepeatsSequenceNumberAndCredentialsOfTheInvite) {
  Dialog dialog = a_dialog("Record-Route: <sip:p1.example.com;lr>\n");
  (void)make_request_within_dialog(dialog, sip::MethodId::Options, 1);
  EXPECT_EQ(lines(make_ack_for_2xx(dialog, an_invite())), R"(
ACK sip:bob@client.biloxi.example.com;transport=tcp SIP/2.0
Max-Forwards: 70
Route: <sip:p1.example.com;lr>
From: "Alice A." <sip:alice@atlanta.example.com>;tag=9fxced76sl
To: Bob <sip:bob@biloxi.example.com>;tag=314159
Call-ID: 3848276298220188511@atlanta.example.com
CSeq: 2 ACK
Authorization: Digest username="alice", realm="b", nonce="n", uri="u", response="r"
Proxy-Authorization: Digest username="alice", realm="a", nonce="n", uri="u", response="r"

)");
}

TEST(Dialog, IsEarlyAfterA1xxAndConfirmedWithTheRouteOfThe2xx) {
  Dialog dialog =
      *make_uac_dialog(an_invite(), a_response(180, "Record-Route: <sip:p9.example.com;lr>\n"));
  EXPECT_EQ(name_of(dialog.state), "Early");
  confirm(dialog, a_response(200, "Record-Route: <sip:p1.example.com;lr>\n"));
  EXPECT_EQ(name_of(dialog.state), "Confirmed");
  EXPECT_EQ(next_hop_uri(dialog), "sip:p1.example.com;lr");
}

TEST(Dialog, IsSecureWhenTheRequestUriIs) {
  EXPECT_FALSE(make_uas_dialog(an_invite(), "t")->is_secure);
  EXPECT_TRUE(make_uas_dialog(an_invite("sips:bob@biloxi.example.com"), "t")->is_secure);
}

// §12.2.2: equal and higher numbers are in order, gaps are no error.
TEST(Dialog, RejectsOnlyLowerSequenceNumbers) {
  Dialog dialog = *make_uas_dialog(an_invite(), "314159");
  const auto accepts = [&dialog](int number) {
    sip::Request request = an_invite();
    request.headers().set_text(sip::HeaderId::CSeq, std::to_string(number) + " INVITE");
    return accept_sequence_number(dialog, request) == Order::InOrder;
  };
  EXPECT_FALSE(accepts(1));
  EXPECT_TRUE(accepts(3));
  EXPECT_TRUE(accepts(9));
  EXPECT_FALSE(accepts(8));
}

TEST(Dialog, NeedsAContact) {
  sip::Request invite = an_invite();
  invite.headers().remove(sip::HeaderId::Contact);
  EXPECT_FALSE(make_uas_dialog(invite, "t").has_value());
}

}  // namespace
}  // namespace trapezoid::dialog
