#include "sim/sdp/offer_answer.hpp"

#include <string>

#include <gtest/gtest.h>

#include "sim/sdp/parser.hpp"

namespace trapezoid::sdp {
namespace {

// The lines from "m=" on, with "|" for line ends: "m=audio 3456 RTP/AVP 0|a=rtpmap:0 PCMU/8000|".
std::string streams(const SessionDescription& session) {
  std::string text = to_text(session);
  const auto at = text.find("m=");
  text = at == std::string::npos ? "" : text.substr(at);
  for (auto end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n"))
    text.replace(end, 2, "|");
  return text;
}

// The description whose streams are `lines`, with "|" for line ends.
SessionDescription session_with(std::string lines, const std::string& timing = "0 0") {
  for (char& c : lines)
    if (c == '|') c = '\n';
  const auto session = parse_sdp(
      "v=0\no=- 7 7 IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\nt=" + timing + "\n" + lines);
  EXPECT_TRUE(session) << lines;
  return session ? *session : SessionDescription{};
}

Capabilities alice() {
  return {"alice",
          "client.atlanta.example.com",
          "192.0.2.101",
          "-",
          {{"audio", 49172, "RTP/AVP", {{"0", "PCMU/8000", {}}}, Direction::SendRecv}}};
}

Capabilities bob() {
  return {"bob",
          "client.biloxi.example.com",
          "192.0.2.201",
          "-",
          {{"audio",
            3456,
            "RTP/AVP",
            {{"0", "PCMU/8000", {}}, {"97", "iLBC/8000", "mode=30"}},
            Direction::SendRecv},
           {"video", 5000, "RTP/AVP", {{"31", "", {}}}, Direction::SendRecv}}};
}

std::string answer_streams(const std::string& offer, const Capabilities& capabilities) {
  const auto answer = make_answer(session_with(offer), capabilities, "1");
  return answer ? streams(*answer) : "488: " + answer.error().text;
}

TEST(MakeOffer, IsThatOfRfc3665ByteForByte) {
  const std::string text = to_text(make_offer(alice(), "2890844526"));
  EXPECT_EQ(text,
            "v=0\r\n"
            "o=alice 2890844526 2890844526 IN IP4 client.atlanta.example.com\r\n"
            "s=-\r\n"
            "c=IN IP4 192.0.2.101\r\n"
            "t=0 0\r\n"
            "m=audio 49172 RTP/AVP 0\r\n"
            "a=rtpmap:0 PCMU/8000\r\n");
  EXPECT_EQ(text.size(), 151U);
}

TEST(MakeOffer, HasEveryStreamWithItsFormatsAndDirection) {
  Capabilities capabilities = bob();
  capabilities.connection_address = "2001:db8::1";
  capabilities.media[1].direction = Direction::RecvOnly;
  const auto offer = make_offer(capabilities, "5");
  EXPECT_EQ(offer.connection->address_type, "IP6");
  EXPECT_EQ(
      streams(offer),
      "m=audio 3456 RTP/AVP 0 97|a=rtpmap:0 PCMU/8000|a=rtpmap:97 iLBC/8000|a=fmtp:97 mode=30|"
      "m=video 5000 RTP/AVP 31|a=recvonly|");
}

TEST(MakeAnswer, IsThatOfRfc3665ByteForByte) {
  const auto answer = make_answer(make_offer(alice(), "2890844526"), bob(), "2890844527");
  ASSERT_TRUE(answer);
  EXPECT_EQ(to_text(*answer),
            "v=0\r\n"
            "o=bob 2890844527 2890844527 IN IP4 client.biloxi.example.com\r\n"
            "s=-\r\n"
            "c=IN IP4 192.0.2.201\r\n"
            "t=0 0\r\n"
            "m=audio 3456 RTP/AVP 0\r\n"
            "a=rtpmap:0 PCMU/8000\r\n");
}

TEST(MakeAnswer, CommonFormatsKeepTheOffersOrderAndNumbers) {
  EXPECT_EQ(
      answer_streams("m=audio 9 RTP/AVP 8 110 0|a=rtpmap:110 ILBC/8000|", bob()),
      "m=audio 3456 RTP/AVP 110 0|a=rtpmap:110 iLBC/8000|a=fmtp:110 mode=30|a=rtpmap:0 PCMU/8000|");
}

TEST(MakeAnswer, AStaticFormatNeedsNoRtpmapAtEitherEnd) {
  EXPECT_EQ(answer_streams("m=video 9 RTP/AVP 31|a=rtpmap:31 H261/90000|", bob()),
            "m=video 5000 RTP/AVP 31|");
  EXPECT_EQ(answer_streams("m=audio 9 RTP/AVP 0|", bob()),
            "m=audio 3456 RTP/AVP 0|a=rtpmap:0 PCMU/8000|");
}

TEST(MakeAnswer, ADynamicNumberOfTheOfferKeepsItsRtpmap) {
  EXPECT_EQ(answer_streams("m=video 9 RTP/AVP 110|a=rtpmap:110 H261/90000|", bob()),
            "m=video 5000 RTP/AVP 110|a=rtpmap:110 H261/90000|");
}

TEST(MakeAnswer, ANumberWithAnotherMeaningIsNoCommonFormat) {
  EXPECT_EQ(answer_streams("m=audio 9 RTP/AVP 97|a=rtpmap:97 opus/48000/2|", bob()),
            "488: no offered stream has a known type and format");
}

TEST(MakeAnswer, AStreamThatDoesNotFitIsRejectedInItsPlaceByPortZero) {
  EXPECT_EQ(
      answer_streams("m=message 9 TCP/MSRP *|m=audio 9 RTP/SAVP 0|m=audio 9 RTP/AVP 0|", bob()),
      "m=message 0 TCP/MSRP *|m=audio 0 RTP/SAVP 0|"
      "m=audio 3456 RTP/AVP 0|a=rtpmap:0 PCMU/8000|");
}

TEST(MakeAnswer, OneCapabilityAnswersOneStream) {
  EXPECT_EQ(answer_streams("m=audio 9 RTP/AVP 0|m=audio 11 RTP/AVP 0|", bob()),
            "m=audio 3456 RTP/AVP 0|a=rtpmap:0 PCMU/8000|m=audio 0 RTP/AVP 0|");
}

TEST(MakeAnswer, AnOfferWithoutLiveStreamsIsAnswered) {
  EXPECT_EQ(answer_streams("", bob()), "");
  EXPECT_EQ(answer_streams("m=audio 0 RTP/AVP 0|", bob()), "m=audio 0 RTP/AVP 0|");
}

TEST(MakeAnswer, TimingIsTheOffers) {
  const auto offer = session_with("m=audio 9 RTP/AVP 0|", "2873397496 2873404696");
  const auto answer = make_answer(offer, bob(), "1");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->timings, offer.timings);
}

TEST(MakeAnswer, DirectionIsWhatBothEndsAllow) {
  // rows: offered; columns: what the answerer would do
  const char* const expected[4][4] = {{"sendrecv", "sendonly", "recvonly", "inactive"},
                                      {"recvonly", "inactive", "recvonly", "inactive"},
                                      {"sendonly", "sendonly", "inactive", "inactive"},
                                      {"inactive", "inactive", "inactive", "inactive"}};
  for (int offered = 0; offered < 4; ++offered)
    for (int own = 0; own < 4; ++own) {
      auto offer = session_with("m=audio 9 RTP/AVP 0|");
      set_direction(offer, static_cast<Direction>(offered));
      Capabilities capabilities = bob();
      capabilities.media[0].direction = static_cast<Direction>(own);
      const auto answer = make_answer(offer, capabilities, "1");
      ASSERT_TRUE(answer);
      EXPECT_EQ(to_string(direction_of(*answer, answer->media[0])), expected[offered][own])
          << offered << own;
      EXPECT_FALSE(find_mismatch(offer, *answer));
    }
}

TEST(Hold, SendonlyInactiveAndTheBlackHoleAreHold) {
  EXPECT_FALSE(is_hold(session_with("m=audio 9 RTP/AVP 0|")));
  EXPECT_TRUE(is_hold(session_with("m=audio 9 RTP/AVP 0|a=sendonly|")));
  EXPECT_TRUE(is_hold(session_with("a=inactive|m=audio 9 RTP/AVP 0|m=video 0 RTP/AVP 31|")));
  EXPECT_FALSE(is_hold(session_with("a=sendonly|m=audio 9 RTP/AVP 0|a=recvonly|")));
  EXPECT_TRUE(is_hold(session_with("m=audio 9 RTP/AVP 0|c=IN IP4 0.0.0.0|")));
  EXPECT_FALSE(is_hold(session_with("m=audio 0 RTP/AVP 0|a=sendonly|")));
}

TEST(Hold, HoldingAndResumingRaiseTheVersionByOneEach) {
  const auto first = make_offer(alice(), "99");
  auto held = first;
  set_direction(held, Direction::SendOnly);
  held = make_successor(first, held);
  EXPECT_EQ(streams(held), "m=audio 49172 RTP/AVP 0|a=rtpmap:0 PCMU/8000|a=sendonly|");
  EXPECT_EQ(held.origin.session_version, "100");
  auto resumed = held;
  set_direction(resumed, Direction::SendRecv);
  resumed = make_successor(held, resumed);
  EXPECT_EQ(streams(resumed), streams(first));
  EXPECT_EQ(resumed.origin.session_version, "101");
  EXPECT_EQ(resumed.origin.session_id, "99");
}

TEST(MakeSuccessor, AnUnchangedDescriptionKeepsItsVersion) {
  const auto first = make_offer(alice(), "18446744073709551615");
  EXPECT_EQ(make_successor(first, make_offer(alice(), "1")), first);
  const auto other = make_successor(first, make_offer(bob(), "1"));
  EXPECT_EQ(other.origin.session_version, "18446744073709551616");
  EXPECT_EQ(other.origin.username, "alice");
}

TEST(FindMismatch, SaysWhichStreamDoesNotFitAndWhy) {
  const auto offer = session_with("m=audio 9 RTP/AVP 0 8|m=video 0 RTP/AVP 31|");
  const auto why = [&](const std::string& answer) {
    const auto mismatch = find_mismatch(offer, session_with(answer));
    return mismatch ? mismatch->text : "fits";
  };
  EXPECT_EQ(why("m=audio 5 RTP/AVP 8|m=video 0 RTP/AVP 31|"), "fits");
  EXPECT_EQ(why("m=audio 5 RTP/AVP 8|"), "the offer has 2 streams and the answer 1");
  EXPECT_EQ(why("m=video 5 RTP/AVP 8|m=video 0 RTP/AVP 31|"),
            "stream 1 (audio) is answered as video");
  EXPECT_EQ(why("m=audio 5 RTP/SAVP 8|m=video 0 RTP/AVP 31|"),
            "stream 1 (audio) is offered over RTP/AVP and answered over RTP/SAVP");
  EXPECT_EQ(why("m=audio 5 RTP/AVP 3|m=video 0 RTP/AVP 31|"),
            "stream 1 (audio) is answered without any of the offered formats");
  EXPECT_EQ(why("m=audio 5 RTP/AVP 0|m=video 5 RTP/AVP 31|"),
            "stream 2 (video) was offered with port 0 and is not rejected");
  auto sending = session_with("m=audio 9 RTP/AVP 0|a=sendonly|");
  EXPECT_EQ(find_mismatch(sending, session_with("m=audio 9 RTP/AVP 0|"))->text,
            "stream 1 (audio) is offered sendonly and answered sendrecv");
}

TEST(Direction, ReversingExchangesSendAndReceive) {
  EXPECT_EQ(reversed(Direction::SendRecv), Direction::SendRecv);
  EXPECT_EQ(reversed(Direction::SendOnly), Direction::RecvOnly);
  EXPECT_EQ(reversed(Direction::RecvOnly), Direction::SendOnly);
  EXPECT_EQ(reversed(Direction::Inactive), Direction::Inactive);
}

}  // namespace
}  // namespace trapezoid::sdp
