#include "sim/transport/stream_framer.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace trapezoid::transport {
namespace {

const std::string kFirst = "INVITE sip:a SIP/2.0\r\nContent-Length: 4\r\n\r\nbody";
const std::string kSecond =
    "SIP/2.0 200 OK\r\nSubject: x\r\n l: 7\r\nl :\r\n 3\r\nTo: b\r\n\r\nabc";
const std::string kThird = "ACK sip:a SIP/2.0\r\nCONTENT-LENGTH:0\r\n\r\n";

/// What comes out, one message in brackets each, CRLF as "/"; then the error, if there is one.
std::string framed(StreamFramer& framer) {
  std::string out;
  while (const auto message = framer.next()) {
    if (!*message) return out + to_string(message->error());
    out += '[';
    for (const char c : **message)
      if (c != '\r') out += c == '\n' ? '/' : c;
    out += ']';
  }
  return out;
}

/// The stream in pieces of `size` bytes.
std::string framed(const std::string& stream, std::size_t size,
                   const FramerLimits& limits = FramerLimits()) {
  StreamFramer framer(limits);
  std::string out;
  for (std::size_t i = 0; i < stream.size(); i += size) {
    framer.append(std::string_view(stream).substr(i, size));
    out += framed(framer);
  }
  return out;
}

constexpr std::string_view kAllThree =
    "[INVITE sip:a SIP/2.0/Content-Length: 4//body]"
    "[SIP/2.0 200 OK/Subject: x/ l: 7/l :/ 3/To: b//abc]"
    "[ACK sip:a SIP/2.0/CONTENT-LENGTH:0//]";

TEST(StreamFramer, FindsTheSameMessagesInPiecesOfAnySize) {
  const std::string stream = kFirst + kSecond + kThird;
  for (std::size_t size = 1; size <= stream.size(); ++size)
    EXPECT_EQ(framed(stream, size), kAllThree) << "pieces of " << size;
}

TEST(StreamFramer, SkipsKeepAlivesBetweenMessages) {
  const std::string stream = "\r\n\r\n" + kFirst + "\r\n\r\n\r\n" + kSecond + "\r\n" + kThird;
  for (const std::size_t size : {std::size_t{1}, std::size_t{2}, stream.size()})
    EXPECT_EQ(framed(stream, size), kAllThree) << "pieces of " << size;
}

TEST(StreamFramer, WaitsForTheWholeBody) {
  StreamFramer framer;
  framer.append(kFirst.substr(0, kFirst.size() - 1));
  EXPECT_EQ(framed(framer), "");
  EXPECT_EQ(framer.pending().size(), kFirst.size() - 1);
  framer.append("y");
  EXPECT_EQ(framed(framer), "[INVITE sip:a SIP/2.0/Content-Length: 4//body]");
  EXPECT_EQ(framer.pending(), "");
}

// §18.3, RFC 4475 §3.1.2.2, §3.1.2.3, §3.3.9: whoever cannot find the end closes the connection.
TEST(StreamFramer, FailsWhereTheEndCannotBeKnown) {
  EXPECT_EQ(framed("BYE sip:a SIP/2.0\r\nTo: b\r\n\r\n", 1),
            "byte 28: Content-Length: missing Content-Length");
  EXPECT_EQ(framed("BYE sip:a SIP/2.0\r\nl: -9\r\n\r\n", 1),
            "byte 22: Content-Length: expected 1*DIGIT");
  EXPECT_EQ(framed("BYE sip:a SIP/2.0\r\nl:\r\n\r\n", 1),
            "byte 21: Content-Length: expected 1*DIGIT");
  EXPECT_EQ(framed("BYE sip:a SIP/2.0\r\nl: 99999999999999999999\r\n\r\n", 1),
            "byte 22: Content-Length: too large, expected a shorter body");
  EXPECT_EQ(framed("BYE sip:a SIP/2.0\r\nl: 1\r\nContent-Length: 1\r\n\r\n", 1),
            "byte 41: Content-Length: stands twice, expected one Content-Length");
}

TEST(StreamFramer, GivesAnErrorOnceAndNothingAfterIt) {
  StreamFramer framer;
  framer.append(kFirst + "BYE sip:a SIP/2.0\r\n\r\n" + kThird);
  EXPECT_EQ(framed(framer),
            "[INVITE sip:a SIP/2.0/Content-Length: 4//body]"
            "byte 21: Content-Length: missing Content-Length");
  EXPECT_TRUE(framer.is_broken());
  framer.append(kThird);
  EXPECT_EQ(framed(framer), "");
  EXPECT_EQ(framer.pending().substr(0, 3), "BYE");
}

TEST(StreamFramer, FailsAtTheFirstByteBeyondALimit) {
  FramerLimits limits;
  limits.max_line_bytes = 30;
  limits.max_header_section_bytes = 60;
  limits.max_body_bytes = 10;
  limits.max_message_bytes = 65;
  const std::string line = "BYE sip:a SIP/2.0\r\n";
  for (const std::size_t size : {1U, 7U, 1000U}) {
    EXPECT_EQ(framed(line + "X: " + std::string(40, 'x') + "\r\n", size, limits),
              "byte 49: message-header: too large, expected a shorter line");
    EXPECT_EQ(framed(line + "X: 1234567890\r\nY: 1234567890\r\nZ: 1234567890\r\n", size, limits),
              "byte 60: message-header: too large, expected a shorter header section");
    EXPECT_EQ(framed(line + "l: 11\r\n\r\n", size, limits),
              "byte 22: Content-Length: too large, expected a shorter body");
    EXPECT_EQ(framed(line + "X: 1234567890\r\nY: 1234567890\r\nl: 10\r\n\r\n", size, limits),
              "byte 65: SIP-message: too large, expected a shorter message");
  }
}

TEST(StreamFramer, DoesNotWaitForTheEndOfALineThatIsTooLong) {
  FramerLimits limits;
  limits.max_line_bytes = 30;
  EXPECT_EQ(framed(std::string(31, 'x'), 1, limits),
            "byte 30: message-header: too large, expected a shorter line");
}

}  // namespace
}  // namespace trapezoid::transport
