#include "sim/sdp/parser.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace trapezoid::sdp {
namespace {

using namespace std::string_literals;

std::string crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

// Parses and writes back the same bytes.
void ok(std::string_view lines) {
  const std::string text = crlf(lines);
  const auto session = parse_sdp(text);
  ASSERT_TRUE(session) << lines << to_string(session.error());
  EXPECT_EQ(to_text(*session), text);
}

// Fails at `marked`'s "^", which is not part of the text.
void bad(std::string marked, std::string_view reason) {
  const auto offset = marked.find('^');
  ASSERT_NE(offset, std::string::npos) << marked;
  marked.erase(offset, 1);
  const auto session = parse_sdp(marked);
  ASSERT_FALSE(session) << marked;
  EXPECT_EQ(to_string(session.error()),
            "byte " + std::to_string(offset) + ": " + std::string(reason))
      << marked;
}

TEST(ParseSdp, TheDescriptionOfRfc3665IsWrittenBackByteForByte) {
  const std::string text = crlf(
      "v=0\n"
      "o=alice 2890844526 2890844526 IN IP4 client.atlanta.example.com\n"
      "s=-\n"
      "c=IN IP4 192.0.2.101\n"
      "t=0 0\n"
      "m=audio 49172 RTP/AVP 0\n"
      "a=rtpmap:0 PCMU/8000\n");
  ASSERT_EQ(text.size(), 151U);
  const auto session = parse_sdp(text);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->origin.username, "alice");
  EXPECT_EQ(session->origin.address, "client.atlanta.example.com");
  EXPECT_EQ(session->connection->address, "192.0.2.101");
  ASSERT_EQ(session->media.size(), 1U);
  EXPECT_EQ(session->media[0].port, 49172);
  EXPECT_EQ(encoding_of(session->media[0], "0"), "PCMU/8000");
  EXPECT_EQ(to_text(*session), text);
}

TEST(ParseSdp, EveryLineOfTheGrammarHasItsPlace) {
  ok("v=0\n"
     "o=jdoe 2890844526 2890842807 IN IP6 2001:db8::5\n"
     "s=SDP Seminar\n"
     "i=A Seminar on the session description protocol\n"
     "u=http://www.example.com/seminars/sdp.pdf\n"
     "e=j.doe@example.com (Jane Doe)\n"
     "e=k.doe@example.com\n"
     "p=+1 617 555-6011\n"
     "c=IN IP4 233.252.0.1/127/3\n"
     "b=CT:1024\n"
     "b=X-YZ:128\n"
     "t=2873397496 2873404696\n"
     "r=7d 1h 0 25h\n"
     "z=2882844526 -1h 2898848070 0\n"
     "t=0 0\n"
     "k=prompt\n"
     "a=recvonly\n"
     "a=tool:words with spaces: and colons\n"
     "m=audio 49170/2 RTP/AVP 0 96\n"
     "i=left and right\n"
     "c=IN IP6 ff15::101/3\n"
     "c=IN IP6 ff15::105\n"
     "b=AS:64\n"
     "k=clear:secret\n"
     "a=rtpmap:96 opus/48000/2\n"
     "m=application 9 TCP/TLS/BFCP *\n");
}

TEST(ParseSdp, ADescriptionWithoutStreamsIsComplete) {
  ok("v=0\no=- 1 1 IN IP4 a.example.com\ns= \nt=0 0\n");
}

TEST(ParseSdp, LinesMayEndWithLfAloneAndTheLastOneWithNothing) {
  const auto session =
      parse_sdp("v=0\no=- 1 1 IN IP4 h\ns=-\r\nc=IN IP4 h\nt=0 0\nm=audio 1 RTP/AVP 0");
  ASSERT_TRUE(session);
  EXPECT_EQ(to_text(*session),
            crlf("v=0\no=- 1 1 IN IP4 h\ns=-\nc=IN IP4 h\nt=0 0\nm=audio 1 RTP/AVP 0\n"));
}

TEST(ParseSdp, UnknownLinesAreKeptInTheirSection) {
  const auto session = parse_sdp(
      "v=0\no=- 1 1 IN IP4 h\ns=-\nc=IN IP4 h\nt=0 0\nx=one\na=a\nm=audio 1 P 0\nX=two\na=b\n");
  ASSERT_TRUE(session);
  EXPECT_TRUE(session->has_unknown_lines());
  EXPECT_EQ(to_text(*session), crlf("v=0\no=- 1 1 IN IP4 h\ns=-\nc=IN IP4 h\nt=0 0\na=a\nx=one\n"
                                    "m=audio 1 P 0\na=b\nX=two\n"));
}

TEST(ParseSdp, ARejectedStreamNeedsNoConnection) {
  ok("v=0\no=- 1 1 IN IP4 h\ns=-\nt=0 0\nm=audio 0 RTP/AVP 0\n");
}

TEST(ParseSdp, ErrorsSayWhereAndByWhichRule) {
  const std::string head = "v=0\no=- 1 1 IN IP4 h\ns=-\n";
  bad("^", "proto-version: expected \"v=\"");
  bad("^o=- 1 1 IN IP4 h\n", "proto-version: expected \"v=\"");
  bad("v=^1\n", "proto-version: expected \"0\"");
  bad("v=0\n^s=-\n", "origin-field: expected \"o=\"");
  bad("v=0\no=^ 1 1 IN IP4 h\n", "origin-field: expected username");
  bad("v=0\no=- ^x 1 IN IP4 h\n", "origin-field: expected sess-id");
  bad("v=0\no=- 1 ^-1 IN IP4 h\n", "origin-field: expected sess-version");
  bad("v=0\no=- 1 1 ^ IP4 h\n", "origin-field: expected nettype");
  bad("v=0\no=- 1 1 IN^\n", "origin-field: expected addrtype");
  bad("v=0\no=- 1 1 IN IP4 ^256.1.1.1\n", "origin-field: expected an IPv4 address or a host name");
  bad("v=0\no=- 1 1 IN IP4 ^::1\n", "origin-field: expected an IPv4 address or a host name");
  bad("v=0\no=- 1 1 IN IP6 ^1::2::3\n", "origin-field: expected an IPv6 address or a host name");
  bad("v=0\no=- 1 1 IN IP4 h ^x\n", "origin-field: expected end of line");
  bad("v=0\no=- 1 1 IN IP4 h ^\n", "origin-field: expected end of line");
  bad("v=0\no=- 1 1 IN IP4 h\ns=^\n", "session-name-field: expected text");
  bad(head + "^", "time-field: expected \"t=\"");
  bad(head + "t=^x 0\n", "time-field: expected start-time");
  bad(head + "t=0^\n", "time-field: expected stop-time");
  bad(head + "c=IN IP4 224.0.0.1/^x\nt=0 0\n", "connection-field: expected a number after \"/\"");
  bad(head + "c=IN IP6 ff15::1/1/^2\nt=0 0\n", "connection-field: expected a number after \"/\"");
  bad(head + "b=^:1\nt=0 0\n", "bandwidth-fields: expected bwtype");
  bad(head + "b=AS^\nt=0 0\n", "bandwidth-fields: expected \":\"");
  bad(head + "b=AS:^1k\nt=0 0\n", "bandwidth-fields: expected bandwidth");
  bad(head + "t=0 0\na=^\n", "attribute-fields: expected attribute-name");
  bad(head + "t=0 0\na=x:^\n", "attribute-fields: expected attribute-value");
  bad(head + "t=0 0\n^c=IN IP4 h\n",
      "session-description: expected lines in the order of the grammar");
  bad(head + "t=0 0\n^m=audio 1 RTP/AVP 0\n",
      "connection-field: expected \"c=\" for this media or for the session");
  const std::string body = head + "c=IN IP4 h\nt=0 0\n";
  bad(body + "m=^ 1 RTP/AVP 0\n", "media-field: expected media");
  bad(body + "m=audio ^65536 RTP/AVP 0\n", "media-field: expected port");
  bad(body + "m=audio 1/^ RTP/AVP 0\n", "media-field: expected integer");
  bad(body + "m=audio 1 ^RTP/ 0\n", "media-field: expected proto");
  bad(body + "m=audio 1 RTP/AVP^\n", "media-field: expected fmt");
  bad(body + "m=audio 1 RTP/AVP 0 ^\n", "media-field: expected fmt");
  bad(body + "m=audio 1 RTP/AVP 0\na=x\n^i=late\n",
      "session-description: expected lines in the order of the grammar");
  bad("v^:0\n", "session-description: expected \"=\"");
  bad("v=0\n^\no=- 1 1 IN IP4 h\n", "session-description: expected a type letter");
  bad("v=0\no=- 1 1 IN IP4 h\ns=a^\0b\n"s, "byte-string: expected no NUL, no CR");
}

TEST(ParseSdp, LimitsAreStated) {
  const std::string head = "v=0\no=- 1 1 IN IP4 h\ns=-\nc=IN IP4 h\nt=0 0\n";
  std::string lines = head;
  for (int i = 0; i < 2000; ++i) lines += "a=x\n";
  ASSERT_FALSE(parse_sdp(lines));
  EXPECT_EQ(parse_sdp(lines).error().expected, "at most 2000 lines");
  std::string media = head;
  for (int i = 0; i < 129; ++i) media += "m=audio 1 RTP/AVP 0\n";
  ASSERT_FALSE(parse_sdp(media));
  EXPECT_EQ(parse_sdp(media).error().expected, "at most 128 media");
  const std::string bytes = head + "a=x:" + std::string(65'536, 'y');
  ASSERT_FALSE(parse_sdp(bytes));
  EXPECT_EQ(parse_sdp(bytes).error().expected, "at most 65536 bytes");
}

TEST(ParseSdp, TruncatedOrFlippedBytesNeverCrashAndWhatIsReadIsStable) {
  const std::string text = crlf(
      "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\ne=x\nc=IN IP4 224.2.1.1/3\nb=AS:1\nt=0 0\nr=1 1\nk=p\n"
      "a=b:c\nm=audio 1/2 RTP/AVP 0\na=sendonly\n");
  for (std::size_t at = 0; at < text.size(); ++at)
    for (unsigned bit = 0; bit <= 8; ++bit) {
      std::string changed = text;
      if (bit == 8)
        changed.resize(at);
      else
        changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ (1U << bit));
      const auto session = parse_sdp(changed);
      if (!session) {
        EXPECT_LE(session.error().offset, changed.size());
        continue;
      }
      const auto again = parse_sdp(to_text(*session));
      ASSERT_TRUE(again) << to_text(*session) << to_string(again.error());
      EXPECT_EQ(*again, *session);
    }
}

}  // namespace
}  // namespace trapezoid::sdp
