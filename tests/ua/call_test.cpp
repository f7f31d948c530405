// Whole calls between two user agents, without a proxy: every message takes 1 ms.

#include <gtest/gtest.h>

#include "tests/ua/ua_lab.hpp"

namespace trapezoid::tests {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ua::ScriptedCall a_call_to_bob() {
  ua::ScriptedCall call;
  call.at = Instant{};
  call.to_uri = "sip:bob@client.biloxi.example.com;transport=tcp";
  call.to_display_name = "Bob";
  return call;
}

class Call : public testing::Test {
 protected:
  Call() {
    caller.calls = {a_call_to_bob()};
    callee.answering.hang_up_after = seconds(10);
  }
  void run(Duration until) {
    lab.add("alice", caller);
    lab.add("bob", callee);
    lab.run_until(until);
  }
  ua::UserAgentConfig caller = alice();
  ua::UserAgentConfig callee = bob();
  UaLab lab;
};

TEST_F(Call, RingsIsAnsweredAndIsHungUpByTheCallee) {
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 180 Ringing (1 INVITE)
  2.001  bob > 200 OK (1 INVITE)
  2.001  bob: call answered
  2.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
  2.002  alice: call answered
  2.002  alice: media start
  2.003  bob: media start
 12.003  bob > BYE sip:alice@client.atlanta.example.com;transport=tcp (1 BYE)
 12.003  bob: media stop
 12.003  bob: call ended
 12.004  alice > 200 OK (1 BYE)
 12.004  alice: media stop
 12.004  alice: call ended
)");
  EXPECT_EQ(lab.call_count("alice"), 0U);
  EXPECT_EQ(lab.call_count("bob"), 0U);
}

TEST_F(Call, InviteHasWhatSection8Asks) {
  run(seconds(1));
  EXPECT_EQ(lab.shown("INVITE"), R"(
INVITE sip:bob@client.biloxi.example.com;transport=tcp SIP/2.0
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-1
Max-Forwards: 70
From: Alice <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@client.biloxi.example.com>
Call-ID: call1@alice
CSeq: 1 INVITE
Contact: <sip:alice@client.atlanta.example.com;transport=tcp>
Content-Type: application/sdp
Content-Length: 139

v=0
o=alice 1001 1001 IN IP4 client.atlanta.example.com
s=-
c=IN IP4 192.0.2.101
t=0 0
m=audio 49172 RTP/AVP 0
a=rtpmap:0 PCMU/8000
)");
}

TEST_F(Call, AnswerHasWhatSection13Asks) {
  run(seconds(3));
  EXPECT_EQ(lab.shown("180"), R"(
SIP/2.0 180 Ringing
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-1
From: Alice <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@client.biloxi.example.com>;tag=bob-tag1
Call-ID: call1@alice
CSeq: 1 INVITE
Contact: <sip:bob@client.biloxi.example.com;transport=tcp>
Content-Length: 0

)");
  EXPECT_EQ(lab.shown("200"), R"(
SIP/2.0 200 OK
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-1
From: Alice <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@client.biloxi.example.com>;tag=bob-tag1
Call-ID: call1@alice
CSeq: 1 INVITE
Contact: <sip:bob@client.biloxi.example.com;transport=tcp>
Content-Type: application/sdp
Content-Length: 135

v=0
o=bob 1001 1001 IN IP4 client.biloxi.example.com
s=-
c=IN IP4 192.0.2.201
t=0 0
m=audio 3456 RTP/AVP 0
a=rtpmap:0 PCMU/8000
)");
}

TEST_F(Call, FeatureHeadersStandInRequestsAndResponses) {
  for (ua::UserAgentConfig* config : {&caller, &callee}) {
    config->has_allow = config->has_supported = config->has_accept = true;
    config->product = "trapezoid";
  }
  callee.option_tags = {"timer", "100rel"};
  caller.display_name = "Alice \"A\" Smith";
  run(seconds(3));
  EXPECT_EQ(lab.shown("INVITE"), R"(
INVITE sip:bob@client.biloxi.example.com;transport=tcp SIP/2.0
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-1
Max-Forwards: 70
From: "Alice \"A\" Smith" <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@client.biloxi.example.com>
Call-ID: call1@alice
CSeq: 1 INVITE
Contact: <sip:alice@client.atlanta.example.com;transport=tcp>
Allow: INVITE, ACK, CANCEL, OPTIONS, BYE
Supported:
Accept: application/sdp
User-Agent: trapezoid
Content-Type: application/sdp
Content-Length: 139

v=0
o=alice 1001 1001 IN IP4 client.atlanta.example.com
s=-
c=IN IP4 192.0.2.101
t=0 0
m=audio 49172 RTP/AVP 0
a=rtpmap:0 PCMU/8000
)");
  EXPECT_EQ(lab.shown("200"), R"(
SIP/2.0 200 OK
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-1
From: "Alice \"A\" Smith" <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@client.biloxi.example.com>;tag=bob-tag1
Call-ID: call1@alice
CSeq: 1 INVITE
Contact: <sip:bob@client.biloxi.example.com;transport=tcp>
Allow: INVITE, ACK, CANCEL, OPTIONS, BYE
Supported: timer, 100rel
Accept: application/sdp
Server: trapezoid
Content-Type: application/sdp
Content-Length: 135

v=0
o=bob 1001 1001 IN IP4 client.biloxi.example.com
s=-
c=IN IP4 192.0.2.201
t=0 0
m=audio 3456 RTP/AVP 0
a=rtpmap:0 PCMU/8000
)");
}

TEST_F(Call, IsHungUpByTheCaller) {
  callee.answering.hang_up_after = std::nullopt;
  caller.calls.front().hang_up_after = seconds(5);
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 180 Ringing (1 INVITE)
  2.001  bob > 200 OK (1 INVITE)
  2.001  bob: call answered
  2.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
  2.002  alice: call answered
  2.002  alice: media start
  2.003  bob: media start
  7.002  alice > BYE sip:bob@client.biloxi.example.com;transport=tcp (2 BYE)
  7.002  alice: media stop
  7.002  alice: call ended
  7.003  bob > 200 OK (2 BYE)
  7.003  bob: media stop
  7.003  bob: call ended
)");
}

TEST_F(Call, LastsNoLongerThanTheLimit) {
  caller.max_talk = seconds(3);
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 180 Ringing (1 INVITE)
  2.001  bob > 200 OK (1 INVITE)
  2.001  bob: call answered
  2.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
  2.002  alice: call answered
  2.002  alice: media start
  2.003  bob: media start
  5.002  alice > BYE sip:bob@client.biloxi.example.com;transport=tcp (2 BYE)
  5.002  alice: media stop
  5.002  alice: call ended
  5.003  bob > 200 OK (2 BYE)
  5.003  bob: media stop
  5.003  bob: call ended
)");
}

TEST_F(Call, LateOfferIsAnsweredInTheAck) {
  caller.calls.front().has_offer = false;
  run(seconds(3));
  EXPECT_EQ(lab.shown("INVITE"), R"(
INVITE sip:bob@client.biloxi.example.com;transport=tcp SIP/2.0
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-1
Max-Forwards: 70
From: Alice <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@client.biloxi.example.com>
Call-ID: call1@alice
CSeq: 1 INVITE
Contact: <sip:alice@client.atlanta.example.com;transport=tcp>
Content-Length: 0

)");
  EXPECT_EQ(lab.shown("200 OK"), R"(
SIP/2.0 200 OK
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-1
From: Alice <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@client.biloxi.example.com>;tag=bob-tag1
Call-ID: call1@alice
CSeq: 1 INVITE
Contact: <sip:bob@client.biloxi.example.com;transport=tcp>
Content-Type: application/sdp
Content-Length: 135

v=0
o=bob 1001 1001 IN IP4 client.biloxi.example.com
s=-
c=IN IP4 192.0.2.201
t=0 0
m=audio 3456 RTP/AVP 0
a=rtpmap:0 PCMU/8000
)");
  EXPECT_EQ(lab.shown("ACK"), R"(
ACK sip:bob@client.biloxi.example.com;transport=tcp SIP/2.0
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-2
Max-Forwards: 70
From: Alice <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@client.biloxi.example.com>;tag=bob-tag1
Call-ID: call1@alice
CSeq: 1 ACK
Content-Type: application/sdp
Content-Length: 139

v=0
o=alice 1001 1001 IN IP4 client.atlanta.example.com
s=-
c=IN IP4 192.0.2.101
t=0 0
m=audio 49172 RTP/AVP 0
a=rtpmap:0 PCMU/8000
)");
}

TEST_F(Call, UnacceptableLateOfferIsRefusedInTheAckAndEndsWithABye) {
  caller.calls.front().has_offer = false;
  caller.media.media.front().formats = {{"9", "G722/8000", ""}};
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 180 Ringing (1 INVITE)
  2.001  bob > 200 OK (1 INVITE)
  2.001  bob: call answered
  2.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
  2.002  alice: call answered
  2.002  alice > BYE sip:bob@client.biloxi.example.com;transport=tcp (2 BYE)
  2.002  alice: call failed 488
  2.003  bob: media start
  2.003  bob > 200 OK (2 BYE)
  2.003  bob: media stop
  2.003  bob: call ended
)");
  EXPECT_EQ(lab.shown("ACK"), R"(
ACK sip:bob@client.biloxi.example.com;transport=tcp SIP/2.0
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-2
Max-Forwards: 70
From: Alice <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@client.biloxi.example.com>;tag=bob-tag1
Call-ID: call1@alice
CSeq: 1 ACK
Content-Type: application/sdp
Content-Length: 113

v=0
o=alice 1002 1002 IN IP4 client.atlanta.example.com
s=-
c=IN IP4 192.0.2.101
t=0 0
m=audio 0 RTP/AVP 0
)");
}

TEST_F(Call, UnacceptableOfferIsRefusedWith488) {
  caller.media.media.front().formats = {{"9", "G722/8000", ""}};
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 488 Not Acceptable Here (1 INVITE)
  0.001  bob: call failed 488
  0.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
  0.002  alice: call failed 488
)");
  EXPECT_EQ(lab.shown("488"), R"(
SIP/2.0 488 Not Acceptable Here
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-1
From: Alice <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@client.biloxi.example.com>;tag=bob-tag1
Call-ID: call1@alice
CSeq: 1 INVITE
Warning: 305 client.biloxi.example.com "no offered stream has a known type and format"
Content-Length: 0

)");
}

TEST_F(Call, BusyCalleeRejectsAtOnce) {
  callee.answering = {};
  callee.answering.rejection = ua::Rejection{486};
  callee.reasons[486] = "Busy Here And Everywhere";
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 486 Busy Here And Everywhere (1 INVITE)
  0.001  bob: call failed 486
  0.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
  0.002  alice: call failed 486
)");
}

TEST_F(Call, SlowCalleeSends100AtOnceAndRingsAgainEveryMinute) {
  callee.answering.ring_after = milliseconds(200);
  callee.answering.answer_after = seconds(130);
  callee.answering.hang_up_after = std::nullopt;
  run(seconds(131));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 100 Trying (1 INVITE)
  0.201  bob > 180 Ringing (1 INVITE)
 60.201  bob > 180 Ringing (1 INVITE)
120.201  bob > 180 Ringing (1 INVITE)
130.001  bob > 200 OK (1 INVITE)
130.001  bob: call answered
130.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
130.002  alice: call answered
130.002  alice: media start
130.003  bob: media start
)");
}

TEST_F(Call, CalleeThatRingsWithin200MillisecondsSendsNo100) {
  callee.answering.ring_after = milliseconds(199);
  callee.answering.answer_after = seconds(1);
  callee.answering.hang_up_after = std::nullopt;
  run(seconds(2));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.200  bob > 180 Ringing (1 INVITE)
  1.001  bob > 200 OK (1 INVITE)
  1.001  bob: call answered
  1.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
  1.002  alice: call answered
  1.002  alice: media start
  1.003  bob: media start
)");
}

TEST_F(Call, ImpatientCallerCancels) {
  callee.answering.answer_after = std::nullopt;
  caller.patience = seconds(4);
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 180 Ringing (1 INVITE)
  4.000  alice > CANCEL sip:bob@client.biloxi.example.com;transport=tcp (1 CANCEL)
  4.001  bob > 200 OK (1 CANCEL)
  4.001  bob > 487 Request Terminated (1 INVITE)
  4.001  bob: call abandoned
  4.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
  4.002  alice: call abandoned
)");
  EXPECT_EQ(lab.call_count("alice"), 0U);
  EXPECT_EQ(lab.call_count("bob"), 0U);
}

TEST_F(Call, CancelThatCrossesThe200IsFollowedByAckAndBye) {
  callee.answering.answer_after = seconds(4);
  caller.patience = seconds(4) + milliseconds(1);
  callee.answering.hang_up_after = std::nullopt;
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 180 Ringing (1 INVITE)
  4.001  alice > CANCEL sip:bob@client.biloxi.example.com;transport=tcp (1 CANCEL)
  4.001  bob > 200 OK (1 INVITE)
  4.001  bob: call answered
  4.002  bob > 200 OK (1 CANCEL)
  4.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
  4.002  alice > BYE sip:bob@client.biloxi.example.com;transport=tcp (2 BYE)
  4.002  alice: call abandoned
  4.003  bob: media start
  4.003  bob > 200 OK (2 BYE)
  4.003  bob: media stop
  4.003  bob: call ended
)");
}

TEST_F(Call, FailsWhenNobodyAnswersTheInvite) {
  lab.is_lost = [](const std::string&) { return true; };
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE) (lost)
 32.000  alice: call timed out
)");
}

TEST_F(Call, FailsAtOnceWhenTheNameLeadsNowhere) {
  caller.calls.front().to_uri = "sip:bob@nowhere.example.com";
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice: call failed 503
)");
  EXPECT_EQ(lab.call_count("alice"), 0U);
}

// §13.3.1.4: T1, doubling to T2, on TCP too; each 2xx draws the same ACK.
TEST_F(Call, Repeats200UntilTheAckComes) {
  int acks = 0;
  lab.is_lost = [&acks](const std::string& bytes) {
    return bytes.starts_with("ACK") && ++acks < 5;
  };
  callee.answering.hang_up_after = std::nullopt;
  run(seconds(60));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 180 Ringing (1 INVITE)
  2.001  bob > 200 OK (1 INVITE)
  2.001  bob: call answered
  2.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
  2.002  alice: call answered
  2.002  alice: media start
  2.501  bob > 200 OK (1 INVITE)
  2.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
  3.501  bob > 200 OK (1 INVITE)
  3.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
  5.501  bob > 200 OK (1 INVITE)
  5.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
  9.501  bob > 200 OK (1 INVITE)
  9.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK)
  9.503  bob: media start
)");
}

TEST_F(Call, CalleeGivesUpWithAByeWhenNoAckComes) {
  lab.is_lost = [](const std::string& bytes) { return bytes.starts_with("ACK"); };
  run(seconds(100));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@client.biloxi.example.com;transport=tcp (1 INVITE)
  0.001  bob: call attempt
  0.001  bob > 180 Ringing (1 INVITE)
  2.001  bob > 200 OK (1 INVITE)
  2.001  bob: call answered
  2.002  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
  2.002  alice: call answered
  2.002  alice: media start
  2.501  bob > 200 OK (1 INVITE)
  2.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
  3.501  bob > 200 OK (1 INVITE)
  3.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
  5.501  bob > 200 OK (1 INVITE)
  5.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
  9.501  bob > 200 OK (1 INVITE)
  9.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
 13.501  bob > 200 OK (1 INVITE)
 13.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
 17.501  bob > 200 OK (1 INVITE)
 17.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
 21.501  bob > 200 OK (1 INVITE)
 21.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
 25.501  bob > 200 OK (1 INVITE)
 25.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
 29.501  bob > 200 OK (1 INVITE)
 29.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
 33.501  bob > 200 OK (1 INVITE)
 33.502  alice > ACK sip:bob@client.biloxi.example.com;transport=tcp (1 ACK) (lost)
 34.001  bob > BYE sip:alice@client.atlanta.example.com;transport=tcp (1 BYE)
 34.001  bob: call timed out
 34.002  alice > 200 OK (1 BYE)
 34.002  alice: media stop
 34.002  alice: call ended
)");
}

TEST_F(Call, DialogsAreEarlyThenConfirmedThenTerminated) {
  run(seconds(100));
  std::string text = "\n";
  for (const std::string& line : lab.notices()) text += line + "\n";
  EXPECT_EQ(text, R"(
bob: dialog call1@alice;bob-tag1;alice-tag1: none -> Early
alice: dialog call1@alice;alice-tag1;bob-tag1: none -> Early
bob: dialog call1@alice;bob-tag1;alice-tag1: Early -> Confirmed
alice: dialog call1@alice;alice-tag1;bob-tag1: Early -> Confirmed
bob: dialog call1@alice;bob-tag1;alice-tag1: Confirmed -> Terminated
alice: dialog call1@alice;alice-tag1;bob-tag1: Confirmed -> Terminated
)");
}

// One user agent carries any number of calls; nothing of them is left afterwards.
TEST_F(Call, ManyCallsAtOnceLeaveNothingBehind) {
  caller.calls.clear();
  for (int i = 0; i < 200; ++i) {
    caller.calls.push_back(a_call_to_bob());
    caller.calls.back().at = Instant{milliseconds(50 * i)};
  }
  run(seconds(11));
  EXPECT_EQ(lab.call_count("alice"), 200U);
  lab.run_until(seconds(200));
  EXPECT_EQ(lab.call_count("alice"), 0U);
  EXPECT_EQ(lab.call_count("bob"), 0U);
}

}  // namespace
}  // namespace trapezoid::tests
