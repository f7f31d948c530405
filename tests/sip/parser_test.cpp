#include "sim/sip/parser.hpp"

#include <gtest/gtest.h>

#include "tests/sip/messages.hpp"

namespace trapezoid::sip {
namespace {

TEST(Parser, LocatesTheLinesOfARequest) {
  EXPECT_EQ(dump_lines(R"(MESSAGE sip:bob@biloxi.example.com SIP/2.0
Via: SIP/2.0/UDP host.example.com;branch=z9hG4bK1
i :  call 1
X-Extra:
Content-Length: 5

hello)"),
            R"(request [MESSAGE] [sip:bob@biloxi.example.com] [SIP/2.0]
[Via] [SIP/2.0/UDP host.example.com;branch=z9hG4bK1]
[i] [call 1]
[X-Extra] []
[Content-Length] [5]
body [hello]
)");
}

TEST(Parser, LocatesTheLinesOfAResponse) {
  EXPECT_EQ(dump_lines("SIP/2.0 486 Busy Here\nl: 0\n\n"), R"(response [486] [Busy Here] [SIP/2.0]
[l] [0]
body []
)");
}

TEST(Parser, TakesAnEmptyReasonPhrase) {
  EXPECT_EQ(dump_lines("SIP/2.0 100 \nl: 0\n\n"), R"(response [100] [] [SIP/2.0]
[l] [0]
body []
)");
}

TEST(Parser, KeepsFoldsInValuesAndTrimsThemAtBothEnds) {
  EXPECT_EQ(dump_lines("OPTIONS sip:a SIP/2.0\nSubject:\n  one\n\t two \n \nl: 0\n\n"),
            "request [OPTIONS] [sip:a] [SIP/2.0]\n[Subject] [one\n\t two]\n[l] [0]\nbody []\n");
}

TEST(Parser, SkipsEmptyLinesBeforeTheStartLine) {
  EXPECT_EQ(dump_lines("\n\nBYE sip:a SIP/2.0\nl: 0\n\n"),
            "request [BYE] [sip:a] [SIP/2.0]\n[l] [0]\nbody []\n");
}

TEST(Parser, TakesTheRestOfADatagramAsBodyWithoutContentLength) {
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0\nTo: b\n\nall of it"),
            "request [BYE] [sip:a] [SIP/2.0]\n[To] [b]\nbody [all of it]\n");
}

TEST(Parser, DropsWhatFollowsTheBodyInADatagram) {
  const auto message = parse_message(with_crlf("BYE sip:a SIP/2.0\nl: 2\n\nokBYE sip:b SIP/2.0\n"));
  EXPECT_EQ(without_cr(to_bytes(*message)), "BYE sip:a SIP/2.0\nl: 2\n\nok");
  EXPECT_EQ(without_cr(base_of(*message).original_bytes()), "BYE sip:a SIP/2.0\nl: 2\n\nok");
}

TEST(Parser, NotesAContentLengthThatPromisesTooMuch) {
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0\nl: 9999\n\nbody"),
            R"(request [BYE] [sip:a] [SIP/2.0]
[l] [9999]
body [body]
framing: byte 34: message-body: ends, expected as many bytes as Content-Length says
)");
}

TEST(Parser, NotesAContentLengthThatIsNoNumber) {
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0\nl: -9\n\nbody"), R"(request [BYE] [sip:a] [SIP/2.0]
[l] [-9]
body [body]
framing: byte 22: Content-Length: expected 1*DIGIT
)");
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0\nl: 4294967296\n\n"), R"(request [BYE] [sip:a] [SIP/2.0]
[l] [4294967296]
body []
framing: byte 22: Content-Length: out of range, expected a number below 2^32
)");
}

TEST(Parser, NotesASecondContentLength) {
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0\nl: 2\nContent-Length: 2\n\nabcd"),
            R"(request [BYE] [sip:a] [SIP/2.0]
[l] [2]
[Content-Length] [2]
body [abcd]
framing: byte 41: Content-Length: stands twice, expected one Content-Length
)");
}

TEST(Parser, WantsContentLengthOnAStream) {
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0\nTo: b\n\n", MessageBounds::Stream),
            R"(request [BYE] [sip:a] [SIP/2.0]
[To] [b]
body []
framing: byte 28: Content-Length: missing Content-Length
)");
}

TEST(Parser, NotesAMissingEmptyLine) {
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0\nTo: b\n"), R"(request [BYE] [sip:a] [SIP/2.0]
[To] [b]
body []
framing: byte 26: SIP-message: ends, expected CRLF
)");
}

// RFC 4475 §3.1.2.9, §3.1.2.10, §3.1.2.16 and their neighbours: the request can be answered.
TEST(Parser, NotesAWrongRequestLineAndKeepsTheFields) {
  const auto start_line = [](std::string_view line) {
    const std::string dumped = dump_lines(std::string(line) + "\nl: 0\n\n");
    return dumped.substr(0, dumped.find('\n')) +
           dumped.substr(std::min(dumped.find("\nstart line"), dumped.size()));
  };
  EXPECT_EQ(start_line("INVITE sip:a; lr SIP/2.0"),
            "request [INVITE] [sip:a; lr] [SIP/2.0]\n"
            "start line: byte 14: Request-Line: expected SIP-Version\n");
  EXPECT_EQ(start_line("INVITE  sip:a  SIP/2.0"),
            "request [INVITE] [sip:a] [SIP/2.0]\n"
            "start line: byte 7: Request-Line: expected Request-URI\n");
  EXPECT_EQ(start_line("INVITE sip:a SIP/2.0  "),
            "request [INVITE] [sip:a] [SIP/2.0]\n"
            "start line: byte 20: Request-Line: expected CRLF\n");
  EXPECT_EQ(start_line("INVITE sip:a SIP/7.0"),
            "request [INVITE] [sip:a] [SIP/7.0]\n"
            "start line: byte 13: SIP-Version: expected SIP/2.0\n");
  EXPECT_EQ(start_line("INVITE SIP/2.0"),
            "request [INVITE] [] [SIP/2.0]\n"
            "start line: byte 7: Request-Line: expected Request-URI\n");
  EXPECT_EQ(start_line("INVITE sip:a sip/2.0"), "request [INVITE] [sip:a] [sip/2.0]");
  EXPECT_EQ(start_line("invite <sip:a> SIP/2.0"), "request [invite] [<sip:a>] [SIP/2.0]");
}

TEST(Parser, NotesAWrongStatusLine) {
  EXPECT_EQ(dump_lines("SIP/2.0  486 Busy\nl: 0\n\n"), R"(response [486] [Busy] [SIP/2.0]
[l] [0]
body []
start line: byte 8: Status-Line: expected Status-Code
)");
  EXPECT_EQ(dump_lines("SIP/2.0 4294967301 Better\nl: 0\n\n"), R"(response [0] [Better] [SIP/2.0]
[l] [0]
body []
start line: byte 8: Status-Code: out of range, expected a code from 100 to 699
)");
  EXPECT_EQ(dump_lines("SIP/2.0 200\nl: 0\n\n"), R"(response [200] [] [SIP/2.0]
[l] [0]
body []
start line: byte 11: Status-Line: ends, expected SP
)");
}

TEST(Parser, NotesALineThatIsNoFieldAndGoesOn) {
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0\nRoute: <sip:a>,\n<sip:b;lr>\nTo: b\nl: 0\n\n"),
            R"(request [BYE] [sip:a] [SIP/2.0]
[Route] [<sip:a>,]
[] [<sip:b;lr>]
[To] [b]
[l] [0]
body []
header: byte 36: message-header: expected field-name
)");
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0\nTo b\nl: 0\n\n"), R"(request [BYE] [sip:a] [SIP/2.0]
[] [To b]
[l] [0]
body []
header: byte 22: message-header: expected HCOLON
)");
}

TEST(Parser, NotesABareLineFeedAndABareCarriageReturn) {
  const auto error = [](std::string_view bytes) {
    const auto message = parse_message(bytes);
    return message ? text_of(base_of(*message).header_error()) : to_string(message.error());
  };
  EXPECT_EQ(error("BYE sip:a SIP/2.0\r\nTo: b\nFrom: c\r\n\r\n"),
            "byte 24: message-header: expected CRLF");
  EXPECT_EQ(error("BYE sip:a SIP/2.0\r\nTo: b\rFrom: c\r\n\r\n"),
            "byte 24: message-header: expected CRLF");
  EXPECT_EQ(error("BYE sip:a SIP/2.0\nTo: b\n\n"), "byte 17: start-line: expected CRLF");
}

TEST(Parser, FailsOnlyWhereNoFieldsCanBeFound) {
  EXPECT_EQ(dump_lines(""),
            "error: byte 0: start-line: ends, expected Request-Line or Status-Line\n");
  EXPECT_EQ(dump_lines("\n\n"),
            "error: byte 4: start-line: ends, expected Request-Line or Status-Line\n");
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0"), "error: byte 17: start-line: ends, expected CRLF\n");
  EXPECT_EQ(dump_lines("BYE sip:a SIP/2.0\nTo: b"),
            "error: byte 24: message-header: ends, expected CRLF\n");
  EXPECT_EQ(dump_lines("hello\n\n"), "error: byte 5: Request-Line: ends, expected SP\n");
  EXPECT_EQ(dump_lines("<xml/> a b\n\n"), "error: byte 0: Request-Line: expected Method\n");
}

TEST(Parser, FindsManyFieldsOfOneName) {
  std::string lines = "BYE sip:a SIP/2.0\n";
  for (int i = 0; i < 1000; ++i) lines += "Via: SIP/2.0/UDP h" + std::to_string(i) + "\n";
  const Request request = parsed_request(lines + "l: 0\n\n");
  EXPECT_EQ(request.headers().count(HeaderId::Via), 1000U);
  EXPECT_EQ(without_cr(to_bytes(request)), lines + "l: 0\n\n");
}

TEST(HeaderId, IsFoundByLongAndCompactNameWithoutCase) {
  for (std::size_t i = 0; i + 1 < kHeaderIdCount; ++i) {
    const auto id = static_cast<HeaderId>(i);
    std::string name(canonical_name(id));
    EXPECT_EQ(find_header_id(name), id) << name;
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    EXPECT_EQ(find_header_id(name), id) << name;
    EXPECT_EQ(find_header_id(name + "x"), HeaderId::Extension) << name;
    name.back() = '_';
    EXPECT_EQ(find_header_id(name), HeaderId::Extension) << name;
  }
  std::string found;
  for (char c = 'a'; c <= 'z'; ++c) {
    const std::string_view name = canonical_name(find_header_id({&c, 1}));
    if (!name.empty()) found += std::string(1, c) + "=" + std::string(name) + " ";
  }
  EXPECT_EQ(found,
            "c=Content-Type e=Content-Encoding f=From i=Call-ID k=Supported l=Content-Length "
            "m=Contact o=Event r=Refer-To s=Subject t=To v=Via ");
  EXPECT_EQ(find_header_id("V"), HeaderId::Via);
  EXPECT_EQ(find_header_id(""), HeaderId::Extension);
  EXPECT_EQ(find_header_id("Call\rID"), HeaderId::Extension);
  EXPECT_EQ(find_header_id(std::string(100, 'a')), HeaderId::Extension);
}

}  // namespace
}  // namespace trapezoid::sip
