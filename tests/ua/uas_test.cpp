// The server side, with requests written by hand as they come from a proxy.

#include <gtest/gtest.h>

#include "tests/ua/ua_lab.hpp"

namespace trapezoid::tests {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A request to Bob. `lines` are further header fields, each ended by CRLF.
std::string a_request(const std::string& method, const std::string& branch, int number,
                      const std::string& to_tag = "", const std::string& lines = "",
                      const std::string& body = "",
                      const std::string& uri = "sip:bob@client.biloxi.example.com") {
  return method + " " + uri + " SIP/2.0\r\n" +
         "Via: SIP/2.0/TCP proxy.example.com:5060;branch=z9hG4bK" + branch + "\r\n" +
         "Max-Forwards: 70\r\nFrom: Alice <sip:alice@atlanta.example.com>;tag=a1\r\n" +
         "To: Bob <sip:bob@biloxi.example.com>" + (to_tag.empty() ? "" : ";tag=" + to_tag) +
         "\r\nCall-ID: one@atlanta\r\nCSeq: " + std::to_string(number) + " " + method + "\r\n" +
         "Contact: <sip:alice@192.0.2.101;transport=tcp>\r\n" + lines +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

const std::string kAnswer =
    "v=0\r\no=alice 1 1 IN IP4 192.0.2.101\r\ns=-\r\nc=IN IP4 192.0.2.101\r\nt=0 0\r\n"
    "m=audio 49172 RTP/AVP 0\r\n";
const std::string kSdp = "Content-Type: application/sdp\r\n";

class Server : public testing::Test {
 protected:
  void begin(ua::UserAgentConfig config) { lab.add("bob", std::move(config)); }
  void begin() { begin(bob()); }
  void take(const std::string& request) { lab.deliver("bob", request); }
  UaLab lab;
};

TEST_F(Server, KnownMethodThatIsNotServedGets405) {
  begin();
  take(a_request("REGISTER", "1", 1));
  EXPECT_EQ(lab.shown("405"), R"(
SIP/2.0 405 Method Not Allowed
Via: SIP/2.0/TCP proxy.example.com:5060;branch=z9hG4bK1
From: Alice <sip:alice@atlanta.example.com>;tag=a1
To: Bob <sip:bob@biloxi.example.com>;tag=bob-tag1
Call-ID: one@atlanta
CSeq: 1 REGISTER
Allow: INVITE, ACK, CANCEL, OPTIONS, BYE
Content-Length: 0

)");
}

TEST_F(Server, UnknownMethodGets501) {
  begin();
  take(a_request("FROBNICATE", "1", 1));
  EXPECT_EQ(lab.messages(), R"(
bob > 501 Not Implemented (1 FROBNICATE)
)");
}

TEST_F(Server, RequestForSomebodyElseGets404) {
  begin();
  take(a_request("INVITE", "1", 1, "", "", "", "sip:carol@client.biloxi.example.com"));
  EXPECT_EQ(lab.messages(), R"(
bob > 404 Not Found (1 INVITE)
)");
}

TEST_F(Server, RequiredExtensionThatIsNotThereGets420) {
  ua::UserAgentConfig config = bob();
  config.option_tags = {"100rel"};
  begin(config);
  take(a_request("INVITE", "1", 1, "", "Require: 100rel, nothing, timer\r\n"));
  EXPECT_EQ(lab.shown("420"), R"(
SIP/2.0 420 Bad Extension
Via: SIP/2.0/TCP proxy.example.com:5060;branch=z9hG4bK1
From: Alice <sip:alice@atlanta.example.com>;tag=a1
To: Bob <sip:bob@biloxi.example.com>;tag=bob-tag1
Call-ID: one@atlanta
CSeq: 1 INVITE
Unsupported: nothing, timer
Content-Length: 0

)");
}

TEST_F(Server, BodyThatIsNotUnderstoodGets415UnlessItIsOptional) {
  begin();
  take(a_request("INVITE", "1", 1, "", "Content-Type: text/plain\r\n", "hello"));
  EXPECT_EQ(lab.shown("415"), R"(
SIP/2.0 415 Unsupported Media Type
Via: SIP/2.0/TCP proxy.example.com:5060;branch=z9hG4bK1
From: Alice <sip:alice@atlanta.example.com>;tag=a1
To: Bob <sip:bob@biloxi.example.com>;tag=bob-tag1
Call-ID: one@atlanta
CSeq: 1 INVITE
Accept: application/sdp
Content-Length: 0

)");
  take(a_request("OPTIONS", "2", 2, "",
                 "Content-Type: text/plain\r\nContent-Disposition: render;handling=optional\r\n",
                 "hello"));
  EXPECT_EQ(lab.messages(), R"(
bob > 415 Unsupported Media Type (1 INVITE)
bob > 200 OK (2 OPTIONS)
)");
}

TEST_F(Server, SameInviteByAnotherWayGets482) {
  begin();
  take(a_request("INVITE", "1", 1));
  take(a_request("INVITE", "2", 1));
  EXPECT_EQ(lab.messages(), R"(
bob > 180 Ringing (1 INVITE)
bob > 482 Loop Detected (1 INVITE)
)");
}

TEST_F(Server, OptionsTellsWhatThereIs) {
  begin();
  take(a_request("OPTIONS", "1", 1));
  EXPECT_EQ(lab.shown("200"), R"(
SIP/2.0 200 OK
Via: SIP/2.0/TCP proxy.example.com:5060;branch=z9hG4bK1
From: Alice <sip:alice@atlanta.example.com>;tag=a1
To: Bob <sip:bob@biloxi.example.com>;tag=bob-tag1
Call-ID: one@atlanta
CSeq: 1 OPTIONS
Contact: <sip:bob@client.biloxi.example.com;transport=tcp>
Allow: INVITE, ACK, CANCEL, OPTIONS, BYE
Accept: application/sdp
Accept-Encoding: identity
Accept-Language: en
Supported:
Content-Length: 0

)");
}

TEST_F(Server, RequestsWithoutADialogGet481) {
  begin();
  take(a_request("BYE", "1", 1));
  take(a_request("BYE", "2", 2, "nobody"));
  take(a_request("INVITE", "3", 3, "nobody"));
  take(a_request("CANCEL", "4", 4));
  EXPECT_EQ(lab.messages(), R"(
bob > 481 Call/Transaction Does Not Exist (1 BYE)
bob > 481 Call/Transaction Does Not Exist (2 BYE)
bob > 481 Call/Transaction Does Not Exist (3 INVITE)
bob > 481 Call/Transaction Does Not Exist (4 CANCEL)
)");
}

TEST_F(Server, CancelEndsTheInviteWith487) {
  begin();
  take(a_request("INVITE", "1", 1));
  take(a_request("CANCEL", "1", 1));
  EXPECT_EQ(lab.log(), R"(
  0.000  bob: call attempt
  0.000  bob > 180 Ringing (1 INVITE)
  0.000  bob > 200 OK (1 CANCEL)
  0.000  bob > 487 Request Terminated (1 INVITE)
  0.000  bob: call abandoned
)");
  EXPECT_EQ(lab.shown("200"), R"(
SIP/2.0 200 OK
Via: SIP/2.0/TCP proxy.example.com:5060;branch=z9hG4bK1
From: Alice <sip:alice@atlanta.example.com>;tag=a1
To: Bob <sip:bob@biloxi.example.com>;tag=bob-tag1
Call-ID: one@atlanta
CSeq: 1 CANCEL
Content-Length: 0

)");
}

TEST_F(Server, CancelAfterTheAnswerHasNoEffect) {
  begin();
  take(a_request("INVITE", "1", 1));
  lab.run_until(milliseconds(2100));
  take(a_request("CANCEL", "1", 1));
  EXPECT_EQ(lab.messages(), R"(
bob > 180 Ringing (1 INVITE)
bob > 200 OK (1 INVITE)
bob > 200 OK (1 CANCEL)
)");
}

TEST_F(Server, ByeOnAnEarlyDialogEndsTheInviteToo) {
  begin();
  take(a_request("INVITE", "1", 1));
  take(a_request("BYE", "2", 2, "bob-tag1"));
  EXPECT_EQ(lab.messages(), R"(
bob > 180 Ringing (1 INVITE)
bob > 200 OK (2 BYE)
bob > 487 Request Terminated (1 INVITE)
)");
}

TEST_F(Server, RequestOutOfOrderGets500) {
  begin();
  take(a_request("INVITE", "1", 5));
  lab.run_until(milliseconds(2100));
  take(a_request("ACK", "2", 5, "bob-tag1", kSdp, kAnswer));
  take(a_request("BYE", "3", 4, "bob-tag1"));
  take(a_request("BYE", "4", 9, "bob-tag1"));
  EXPECT_EQ(lab.messages(), R"(
bob > 180 Ringing (5 INVITE)
bob > 200 OK (5 INVITE)
bob > 500 Server Internal Error (4 BYE)
bob > 200 OK (9 BYE)
)");
}

TEST_F(Server, ReinviteIsAnsweredAndRefreshesTheTarget) {
  ua::UserAgentConfig config = bob();
  config.answering.hang_up_after = seconds(5);
  begin(config);
  take(a_request("INVITE", "1", 1));
  take(a_request("INVITE", "2", 2, "bob-tag1"));  // too early: 500
  EXPECT_TRUE(lab.shown("500").find("\nRetry-After: ") != std::string::npos);
  lab.run_until(milliseconds(2100));
  take(a_request("INVITE", "3", 3, "bob-tag1"));  // before the ACK: 491
  take(a_request("ACK", "4", 1, "bob-tag1", kSdp, kAnswer));
  std::string again = a_request("INVITE", "5", 4, "bob-tag1", kSdp, kAnswer);
  again.replace(again.find("alice@192.0.2.101"), 17, "alice@192.0.2.111");
  take(again);
  take(a_request("ACK", "6", 4, "bob-tag1"));
  lab.run_until(seconds(10));
  EXPECT_EQ(lab.log(), R"(
  0.000  bob: call attempt
  0.000  bob > 180 Ringing (1 INVITE)
  0.000  bob > 500 Server Internal Error (2 INVITE)
  2.000  bob > 200 OK (1 INVITE)
  2.000  bob: call answered
  2.100  bob > 491 Request Pending (3 INVITE)
  2.100  bob: media start
  2.100  bob > 200 OK (4 INVITE)
  7.100  bob > BYE sip:alice@192.0.2.111;transport=tcp (1 BYE)
  7.100  bob: media stop
  7.100  bob: call ended
)");
  EXPECT_EQ(lab.shown("BYE"), R"(
BYE sip:alice@192.0.2.111;transport=tcp SIP/2.0
Via: SIP/2.0/TCP client.bob.example.com:5060;branch=z9hG4bK-bob-1
Max-Forwards: 70
From: Bob <sip:bob@biloxi.example.com>;tag=bob-tag1
To: Alice <sip:alice@atlanta.example.com>;tag=a1
Call-ID: one@atlanta
CSeq: 1 BYE
Content-Length: 0

)");
}

TEST_F(Server, InvitationThatExpiresGets487) {
  begin();
  take(a_request("INVITE", "1", 1, "", "Expires: 1\r\n"));
  lab.run_until(seconds(3));
  EXPECT_EQ(lab.log(), R"(
  0.000  bob: call attempt
  0.000  bob > 180 Ringing (1 INVITE)
  1.000  bob > 487 Request Terminated (1 INVITE)
  1.000  bob: call failed 487
)");
}

// §12.1.1: Record-Route in order and as it came, in 180 and 200; the BYE travels it in that order.
TEST_F(Server, RouteSetKeepsTheOrderOfRecordRoute) {
  ua::UserAgentConfig config = bob();
  config.answering.hang_up_after = seconds(5);
  begin(config);
  take(a_request("INVITE", "1", 1, "",
                 "Record-Route: <sip:p3.example.com;lr>\r\n"
                 "Record-Route: <sip:p2.example.com;lr;x=1>, <sip:p1.example.com;lr>\r\n"));
  lab.run_until(milliseconds(2100));
  EXPECT_EQ(lab.shown("180"), R"(
SIP/2.0 180 Ringing
Via: SIP/2.0/TCP proxy.example.com:5060;branch=z9hG4bK1
From: Alice <sip:alice@atlanta.example.com>;tag=a1
To: Bob <sip:bob@biloxi.example.com>;tag=bob-tag1
Call-ID: one@atlanta
CSeq: 1 INVITE
Record-Route: <sip:p3.example.com;lr>
Record-Route: <sip:p2.example.com;lr;x=1>, <sip:p1.example.com;lr>
Contact: <sip:bob@client.biloxi.example.com;transport=tcp>
Content-Length: 0

)");
  take(a_request("ACK", "2", 1, "bob-tag1", kSdp, kAnswer));
  lab.run_until(seconds(10));
  EXPECT_EQ(lab.shown("BYE"), R"(
BYE sip:alice@192.0.2.101;transport=tcp SIP/2.0
Via: SIP/2.0/TCP client.bob.example.com:5060;branch=z9hG4bK-bob-1
Max-Forwards: 70
Route: <sip:p3.example.com;lr>, <sip:p2.example.com;lr;x=1>, <sip:p1.example.com;lr>
From: Bob <sip:bob@biloxi.example.com>;tag=bob-tag1
To: Alice <sip:alice@atlanta.example.com>;tag=a1
Call-ID: one@atlanta
CSeq: 1 BYE
Content-Length: 0

)");
}

TEST_F(Server, AckWithoutTheAnswerThatIsOwedEndsTheCall) {
  begin();
  take(a_request("INVITE", "1", 1));
  lab.run_until(milliseconds(2100));
  take(a_request("ACK", "2", 1, "bob-tag1"));
  EXPECT_EQ(lab.log(), R"(
  0.000  bob: call attempt
  0.000  bob > 180 Ringing (1 INVITE)
  2.000  bob > 200 OK (1 INVITE)
  2.000  bob: call answered
  2.100  bob > BYE sip:alice@192.0.2.101;transport=tcp (1 BYE)
  2.100  bob: call failed 488
)");
}

}  // namespace
}  // namespace trapezoid::tests
