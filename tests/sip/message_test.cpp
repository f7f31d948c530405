#include "sim/sip/message.hpp"

#include <gtest/gtest.h>

#include "sim/sip/headers/max_forwards.hpp"
#include "sim/sip/headers/route.hpp"
#include "sim/sip/headers/via.hpp"
#include "tests/sip/messages.hpp"

namespace trapezoid::sip {
namespace {

constexpr std::string_view kInvite = R"(INVITE sip:bob@biloxi.example.com SIP/2.0
Via: SIP/2.0/TCP a.example.com;branch=z9hG4bK2, SIP/2.0/UDP b.example.com;branch=z9hG4bK1
Max-Forwards: 70
Route: <sip:one;lr>
Subject: x
route: <sip:two;lr>, "a, b" <sip:three;lr>
To: Bob <sip:bob@biloxi.example.com>
Content-Length: 0

)";

std::string values(const Headers& headers, HeaderId id) {
  std::string out;
  for (ValueTexts texts = headers.values(id); const auto text = texts.next();)
    out += "[" + std::string(*text) + "]";
  return out;
}

TEST(Headers, TakeValuesOverLinesAndCommas) {
  const Request request = parsed_request(kInvite);
  EXPECT_EQ(values(request.headers(), HeaderId::Route),
            R"([<sip:one;lr>][<sip:two;lr>]["a, b" <sip:three;lr>])");
  EXPECT_EQ(request.headers().count(HeaderId::Route), 3U);
  EXPECT_EQ(request.headers().count_lines(HeaderId::Route), 2U);
  EXPECT_EQ(request.headers().count(HeaderId::Warning), 0U);
}

TEST(Headers, SplitAtCommasOutsideQuotesBracketsAndComments) {
  const auto split = [](std::string_view text) {
    std::string out;
    for (CommaList list(text); const auto value = list.next();)
      out += "[" + std::string(*value) + "]";
    return out;
  };
  EXPECT_EQ(split(R"("a\",b" <sip:a,b@c>,d (x,(y,)z) , e)"),
            R"(["a\",b" <sip:a,b@c>][d (x,(y,)z)][e])");
  EXPECT_EQ(split("a,\r\n b"), "[a][b]");
  EXPECT_EQ(split("a,,b,"), "[a][][b][]");
  EXPECT_EQ(split(" "), "");
  EXPECT_EQ(split(R"("open, a)"), R"(["open, a])");
  EXPECT_EQ(split("<open, a"), "[<open, a]");
  EXPECT_EQ(split("sip:(@a, b"), "[sip:(@a][b]");
  EXPECT_EQ(split("a (open, b"), "[a (open][b]");
  EXPECT_EQ(split("\"\\"), "[\"\\]");
}

TEST(Headers, DecodeTheFirstValueAndAllValues) {
  const Request request = parsed_request(kInvite);
  EXPECT_EQ(request.headers().first<Via>()->branch(), "z9hG4bK2");
  std::string branches;
  for (const auto via : request.headers().all<Via>()) branches += std::string(via->branch()) + " ";
  EXPECT_EQ(branches, "z9hG4bK2 z9hG4bK1 ");
  EXPECT_EQ(to_string(request.headers().first<RecordRoute>().error()),
            "byte 0: message-header: missing Record-Route");
}

TEST(Headers, PrependAppendAndSetLeaveTheOtherLinesAsTheyStand) {
  Request request = parsed_request(kInvite);
  Headers& headers = request.headers();
  headers.prepend_text(HeaderId::Via, "SIP/2.0/TCP top.example.com;branch=z9hG4bK3");
  headers.append_text(HeaderId::Route, "<sip:four>");
  headers.set(MaxForwards{69});
  headers.set_text(HeaderId::UserAgent, "trapezoid");
  headers.append_field("X-Trace", "yes");
  EXPECT_EQ(without_cr(to_bytes(request)), R"(INVITE sip:bob@biloxi.example.com SIP/2.0
Via: SIP/2.0/TCP top.example.com;branch=z9hG4bK3
Via: SIP/2.0/TCP a.example.com;branch=z9hG4bK2, SIP/2.0/UDP b.example.com;branch=z9hG4bK1
Max-Forwards: 69
Route: <sip:one;lr>
Subject: x
route: <sip:two;lr>, "a, b" <sip:three;lr>
Route: <sip:four>
To: Bob <sip:bob@biloxi.example.com>
Content-Length: 0
User-Agent: trapezoid
X-Trace: yes

)");
  EXPECT_EQ(headers.first<Via>()->branch(), "z9hG4bK3");
  EXPECT_EQ(headers.find_field("x-trace"), "yes");
}

TEST(Headers, SetReplacesAllLinesOfTheName) {
  Request request = parsed_request(kInvite);
  request.headers().set_text(HeaderId::Route, "<sip:only>");
  EXPECT_EQ(values(request.headers(), HeaderId::Route), "[<sip:only>]");
  EXPECT_EQ(request.headers().count_lines(HeaderId::Route), 1U);
}

TEST(Headers, PopAndRemoveValuesOneByOne) {
  Request request = parsed_request(kInvite);
  Headers& headers = request.headers();
  const auto via = headers.pop_first<Via>();
  EXPECT_EQ(via->branch(), "z9hG4bK2");  // still readable: views survive edits
  EXPECT_EQ(values(headers, HeaderId::Via), "[SIP/2.0/UDP b.example.com;branch=z9hG4bK1]");
  headers.remove_value(HeaderId::Route, 2);
  EXPECT_EQ(values(headers, HeaderId::Route), "[<sip:one;lr>][<sip:two;lr>]");
  headers.remove_value(HeaderId::Route, 0);
  EXPECT_EQ(values(headers, HeaderId::Route), "[<sip:two;lr>]");
  headers.remove_value(HeaderId::Route, 7);
  headers.remove(HeaderId::Via);
  EXPECT_EQ(without_cr(to_bytes(request)), R"(INVITE sip:bob@biloxi.example.com SIP/2.0
Max-Forwards: 70
Subject: x
route: <sip:two;lr>
To: Bob <sip:bob@biloxi.example.com>
Content-Length: 0

)");
  EXPECT_EQ(to_string(headers.pop_first<Via>().error()), "byte 0: message-header: missing Via");
}

TEST(Headers, RemoveAValueFromTheMiddleOfALine) {
  Request request = parsed_request("BYE sip:a SIP/2.0\nSupported: a, b , c\n\n");
  request.headers().remove_value(HeaderId::Supported, 1);
  EXPECT_EQ(values(request.headers(), HeaderId::Supported), "[a][c]");
  EXPECT_EQ(without_cr(to_bytes(request)), "BYE sip:a SIP/2.0\nSupported: a, c\n\n");
}

TEST(Headers, AppendToTheTopmostValueOnly) {
  Request request = parsed_request(kInvite);
  request.headers().append_to_first(HeaderId::Via, ";received=192.0.2.1");
  request.headers().append_to_first(HeaderId::To, ";tag=1");
  request.headers().append_to_first(HeaderId::Warning, "nothing happens");
  EXPECT_EQ(values(request.headers(), HeaderId::Via),
            "[SIP/2.0/TCP a.example.com;branch=z9hG4bK2;received=192.0.2.1]"
            "[SIP/2.0/UDP b.example.com;branch=z9hG4bK1]");
  EXPECT_EQ(request.headers().first_text(HeaderId::To), "Bob <sip:bob@biloxi.example.com>;tag=1");
  request.headers().replace_value(HeaderId::Via, 1, "gone");
  EXPECT_EQ(values(request.headers(), HeaderId::Via),
            "[SIP/2.0/TCP a.example.com;branch=z9hG4bK2;received=192.0.2.1][gone]");
}

TEST(Headers, CopyLinesAsTheyStand) {
  const Request request = parsed_request(kInvite);
  Response response(200);
  response.headers().copy_all(request.headers(), HeaderId::Route);
  response.headers().copy_all(request.headers(), HeaderId::Warning);
  EXPECT_EQ(without_cr(to_bytes(response)),
            "SIP/2.0 200 OK\nRoute: <sip:one;lr>\n"
            "route: <sip:two;lr>, \"a, b\" <sip:three;lr>\n\n");
}

TEST(Headers, SayWhereAPartStandsInTheMessage) {
  Request request = parsed_request(kInvite);
  EXPECT_EQ(request.headers().offset_of(*request.headers().first_text(HeaderId::Via)), 48U);
  request.headers().set_text(HeaderId::Subject, "y");
  EXPECT_EQ(request.headers().offset_of(*request.headers().first_text(HeaderId::Subject)),
            std::nullopt);
}

TEST(Request, IsBuiltFromNothing) {
  Request request(MethodId::Message, "sip:bob@biloxi.example.com");
  request.headers().append_text(HeaderId::Via, "SIP/2.0/UDP a;branch=z9hG4bK1");
  request.set_body("hello", "text/plain");
  EXPECT_EQ(without_cr(to_bytes(request)), R"(MESSAGE sip:bob@biloxi.example.com SIP/2.0
Via: SIP/2.0/UDP a;branch=z9hG4bK1
Content-Type: text/plain
Content-Length: 5

hello)");
  EXPECT_EQ(request.method(), Method(MethodId::Message));
  EXPECT_EQ(request.body(), "hello");
}

TEST(Request, HasAnExtensionMethodAndAnotherUriWithoutOtherChanges) {
  Request request = parsed_request("NEWMETHOD sip:a SIP/2.0\nTo: b\n\n");
  request.set_request_uri("sip:c");
  EXPECT_EQ(request.method_id(), MethodId::Extension);
  EXPECT_EQ(request.method().name(), "NEWMETHOD");
  EXPECT_EQ(without_cr(to_bytes(request)), "NEWMETHOD sip:c SIP/2.0\nTo: b\n\n");
}

TEST(Request, PutsContentTypeBeforeContentLengthAndRemovesItWithTheBody) {
  Request request = parsed_request(kInvite);
  request.set_body("v=0\r\n", "application/sdp");
  EXPECT_EQ(dump(request).substr(dump(request).find("[Content-Type")),
            R"([Content-Type] [application/sdp]
[Content-Length] [5]
body [v=0
]
)");
  request.set_body("", "");
  EXPECT_EQ(without_cr(to_bytes(request)), kInvite);
}

TEST(Request, CopiesAndMovesWithItsEdits) {
  Request request = parsed_request(kInvite);
  for (int i = 0; i < 100; ++i)
    request.headers().append_field("X-" + std::to_string(i), std::string(100, 'x'));
  request.set_body(std::string(3000, 'b'), "text/plain");
  const std::string bytes = to_bytes(request);
  Request copy = request;
  const std::string_view subject = *request.headers().first_text(HeaderId::Subject);
  const Request moved = std::move(request);
  EXPECT_EQ(subject, "x");
  EXPECT_EQ(to_bytes(copy), bytes);
  EXPECT_EQ(to_bytes(moved), bytes);
  EXPECT_TRUE(copy == moved);
  copy.headers().set_text(HeaderId::Subject, "y");
  copy.headers().append_field("X", "z");
  EXPECT_FALSE(copy == moved);
  EXPECT_EQ(to_bytes(moved), bytes);
  EXPECT_EQ(copy.headers().find_field("X"), "z");
}

TEST(Request, IsEqualHoweverItsFieldNamesAreWritten) {
  EXPECT_TRUE(parsed_request("BYE sip:a SIP/2.0\nt: b\nX-y: 1\n\n") ==
              parsed_request("BYE sip:a SIP/2.0\nTO :  b\nx-Y: 1\n\n"));
  EXPECT_FALSE(parsed_request("BYE sip:a SIP/2.0\nt: b\n\n") ==
               parsed_request("BYE sip:a SIP/2.0\nt: c\n\n"));
}

TEST(Response, HasTheReasonOfItsCodeUnlessGivenAnother) {
  EXPECT_EQ(without_cr(to_bytes(Response(486))), "SIP/2.0 486 Busy Here\n\n");
  EXPECT_EQ(without_cr(to_bytes(Response(407, "Proxy Authorization Required"))),
            "SIP/2.0 407 Proxy Authorization Required\n\n");
  Response response(299);
  EXPECT_EQ(response.reason(), "OK");
  response.set_status(404);
  EXPECT_EQ(response.reason(), "Not Found");
  EXPECT_EQ(response.status(), 404);
}

TEST(Method, RespectsCase) {
  EXPECT_EQ(Method("INVITE"), Method(MethodId::Invite));
  EXPECT_EQ(Method("invite").id(), MethodId::Extension);
  EXPECT_EQ(Method(MethodId::Update).name(), "UPDATE");
}

}  // namespace
}  // namespace trapezoid::sip
