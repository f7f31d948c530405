#include "sim/trace/format.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "sim/trace/printable.hpp"

namespace trapezoid::trace {
namespace {

constexpr std::string_view kHeader =
    R"({"trapezoid_trace":1,"generator":"g","scenario":"s","title":"t","seed":1,"model_box":[],)"
    R"("lanes":[{"name":"a","label":"A","role":"user_agent","addresses":[]}]})"
    "\n";
constexpr std::string_view kAction = R"({"event":"action","id":1,"lane":0,"text":"x","at_ns":5})"
                                     "\n";

std::string every_event() {
  std::ifstream file(TRAPEZOID_SOURCE_DIR "/tests/trace/every_event.trace.jsonl", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What is wrong with the header, these lines behind it and the end.
std::string complaint_of_whole(std::string_view lines, std::size_t events) {
  std::string text(kHeader);
  text += lines;
  text += "\n{\"event\":\"end\",\"events\":" + std::to_string(events) + "}\n";
  const auto trace = read_trace(text);
  return trace ? "accepted" : to_string(trace.error());
}

/// What is wrong with the header and these lines behind it.
std::string complaint(std::string_view lines, std::string_view header = kHeader) {
  std::string text(header);
  text += lines;
  const auto trace = read_trace(text);
  return trace ? "accepted" : to_string(trace.error());
}

TEST(TraceFormat, WritesWhatItReadsByteForByte) {
  const std::string text = every_event();
  const auto trace = read_trace(text);
  ASSERT_TRUE(trace) << to_string(trace.error());
  EXPECT_EQ(trace->events.size(), 10U);
  EXPECT_EQ(write_trace(*trace), text);
}

TEST(TraceFormat, KeepsBytesThatAreNotUtf8AndControlCharacters) {
  const auto trace = read_trace(every_event());
  ASSERT_TRUE(trace);
  const auto all = messages(*trace);
  ASSERT_EQ(all.size(), 2U);
  using std::string_literals::operator""s;
  EXPECT_EQ(all[0]->bytes, "INVITE sip:bob@biloxi.example.com SIP/2.0\r\n\t\0\x7f\r\n\r\n"s);
  EXPECT_EQ(all[1]->bytes, "\xff\0"s);
}

TEST(TraceFormat, DigestIsThatOfTheText) {
  EXPECT_EQ(trace_sha256(Trace{}), trace_sha256(*read_trace(write_trace(Trace{}))));
  Trace other;
  other.header.seed = 2;
  EXPECT_NE(trace_sha256(Trace{}), trace_sha256(other));
  EXPECT_EQ(trace_sha256(other).size(), 64U);
}

TEST(TraceFormat, AcceptsKeysInAnyOrderAndAMissingLastLineEnd) {
  EXPECT_EQ(complaint_of_whole(R"({"at_ns":5,"text":"x","lane":0,"id":1,"event":"action"})", 1),
            "accepted");
  EXPECT_EQ(complaint(R"({"events":0,"event":"end"})"), "accepted");
}

TEST(TraceFormat, RefusesATraceThatWasCut) {
  const std::string text = every_event();
  EXPECT_EQ(to_string(read_trace(text.substr(0, text.rfind("{\"event\":\"end\""))).error()),
            "12: the trace was cut: the line with \"event\":\"end\" is missing");
  EXPECT_EQ(to_string(read_trace(text.substr(0, text.find("\"fault\""))).error()),
            "11:10: the trace was cut in this line");
  EXPECT_EQ(to_string(read_trace(kHeader).error()),
            "2: the trace was cut: the line with \"event\":\"end\" is missing");
  for (std::size_t at = 0; at + 1 < text.size(); ++at)
    EXPECT_FALSE(read_trace(text.substr(0, at))) << at;
}

TEST(TraceFormat, ChecksTheEnd) {
  EXPECT_EQ(complaint(R"({"event":"end","events":1})"), "2: /events: 0 stand before this line");
  EXPECT_EQ(complaint(R"({"event":"end"})"), "2: /events: missing");
  EXPECT_EQ(complaint(R"({"event":"end","events":0,"more":1})"), "2: /more: unknown key");
  EXPECT_EQ(complaint("{\"event\":\"end\",\"events\":0}\n" + std::string(kAction)),
            "3: a line behind the end of the trace");
  EXPECT_EQ(complaint(std::string(kAction) + R"({"event":"end","events":1,"stopped_ns":4})"),
            "3: /stopped_ns: earlier than the line before");
}

TEST(TraceFormat, KeepsWhenItWasStopped) {
  Trace trace;
  EXPECT_FALSE(read_trace(write_trace(trace))->stopped_ns);
  trace.stopped_ns = 5;
  EXPECT_EQ(read_trace(write_trace(trace))->stopped_ns, 5);
}

TEST(TraceFormat, ComplainsInALineThatATerminalCanTake) {
  EXPECT_EQ(complaint(R"({"event":"end","events":0,"\u001b[31m":1})"),
            R"(2: /\u001b[31m: unknown key)");
}

TEST(Printable, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(printable("as it is, Zoë \xe2\x82\xac"), "as it is, Zoë \xe2\x82\xac");
  EXPECT_EQ(printable("\x1b[31m\r\n\t\x7f"), R"(\u001b[31m\u000d\u000a\u0009\u007f)");
  EXPECT_EQ(printable("\xc2\x9b[31m"), R"(\u009b[31m)");
  EXPECT_EQ(printable("\xe2\x80\xae\xe2\x80\xac\xe2\x81\xa6\xe2\x81\xa9"),
            R"(\u202e\u202c\u2066\u2069)");
  EXPECT_EQ(printable("a\xff\xe2\x82"), R"(a\xff\xe2\x82)");
  EXPECT_EQ(printable("\xf0\x9f\x93\x9e"), "\xf0\x9f\x93\x9e");
}

TEST(TraceFormat, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(complaint("", R"({"trapezoid_trace":2})"),
            "1: /trapezoid_trace: this is format version 2; this program reads version 1");
  EXPECT_EQ(complaint("", R"({"lanes":[]})"), "1: /trapezoid_trace: missing");
  EXPECT_EQ(
      complaint(R"({"event":"massage","id":1})"),
      R"(2: /event: expected one of "message" "timer" "action" "connection" "segment" "state" )"
      R"("media" "fault" "note")");
  EXPECT_EQ(complaint(R"({"event":"action","id":1,"lane":0,"text":"x","at_ns":5,"couse":1})"),
            R"(2: /couse: unknown key)");
  EXPECT_EQ(complaint(R"({"event":"action","id":1,"lane":0,"text":"x","at_ns":5,"at_nss":1})"),
            R"(2: /at_nss: unknown key; did you mean "at_ns"?)");
}

TEST(TraceFormat, SaysWhereALineIsNotJson) {
  EXPECT_EQ(complaint("{\"event\":}\n").substr(0, 15), "2:10: not JSON:");
  EXPECT_EQ(complaint("\n").substr(0, 14), "2:1: not JSON:");
  EXPECT_EQ(complaint("{\"event\":\"\xff\"}").substr(0, 5), "2:11:");
  EXPECT_EQ(complaint("[]"), "2: expected an object");
  EXPECT_EQ(complaint(R"({"id":1,"id":1})"), R"(2: key "id" twice)");
  std::string deep(100000, '[');
  EXPECT_EQ(complaint(deep).substr(0, 2), "2:");
  EXPECT_EQ(to_string(read_trace("").error()), "empty; expected a trace");
}

TEST(TraceFormat, RefusesReferencesToNothing) {
  std::string lines(kAction);
  EXPECT_EQ(complaint_of_whole(R"({"event":"action","id":1,"lane":0,"text":"x","at_ns":5})", 1),
            "accepted");
  lines += R"({"event":"action","id":2,"lane":1,"text":"x","at_ns":5})";
  EXPECT_EQ(complaint(lines), "3: /lane: no such lane");
  lines = kAction;
  lines += R"({"event":"action","id":2,"lane":0,"text":"x","at_ns":5,"cause":2})";
  EXPECT_EQ(complaint(lines), "3: /cause: names no earlier event");
  lines = kAction;
  lines += R"({"event":"action","id":1,"lane":0,"text":"x","at_ns":5})";
  EXPECT_EQ(complaint(lines), "3: /id: expected a number above that of the line before");
  lines = kAction;
  lines += R"({"event":"action","id":2,"lane":0,"text":"x","at_ns":4})";
  EXPECT_EQ(complaint(lines), "3: earlier than the line before");
}

TEST(TraceFormat, ChecksTheNumbersAndTimesOfAMessage) {
  const auto message = [](std::string_view rest) {
    std::string line = R"({"event":"message","id":1,"from":0,"to":0,"transport":"TCP",)"
                       R"("sent_ns":5,"bytes":"",)";
    line += rest;
    return complaint_of_whole(line, 1);
  };
  EXPECT_EQ(message(R"("f_number":1,"received_ns":5,"fate":"delivered"})"), "accepted");
  EXPECT_EQ(message(R"("f_number":2,"received_ns":5,"fate":"delivered"})"),
            "2: /f_number: expected 1");
  EXPECT_EQ(message(R"("f_number":1,"received_ns":4,"fate":"delivered"})"),
            "2: /received_ns: before it was sent");
  EXPECT_EQ(message(R"("f_number":1,"received_ns":5,"fate":"lost"})"),
            R"(2: /received_ns: a message is received if its fate is "delivered")");
  EXPECT_EQ(message(R"("f_number":1,"fate":"lost","retransmission_of":1})"),
            "2: /retransmission_of: names no earlier message");
  EXPECT_EQ(message(R"("f_number":-1,"fate":"lost"})"),
            "2: /f_number: expected an integer, 0 or more");
  EXPECT_EQ(message(R"("f_number":4294967296,"fate":"lost"})"), "2: /f_number: too large");
  EXPECT_EQ(message(R"("f_number":1.0,"fate":"lost"})"),
            "2: /f_number: expected an integer, 0 or more");
}

TEST(TraceFormat, KnowsATraceByItsFirstLine) {
  EXPECT_TRUE(looks_like_trace(kHeader));
  EXPECT_FALSE(looks_like_trace("{\"name\": \"a scenario\"}\n"));
}

}  // namespace
}  // namespace trapezoid::trace
