#include "sim/render/ladder.hpp"

#include <gtest/gtest.h>

#include "sim/render/text.hpp"
#include "tests/support/flow_builder.hpp"

namespace trapezoid::render {
namespace {

using test::FlowBuilder;

std::string picture(const trace::Trace& trace, std::size_t width = 0) {
  return '\n' + render_text(make_ladder(trace), {width});
}

// RFC 3665 §3.2, row for row; labels stand in the middle of their gaps throughout.
TEST(Ladder, DrawsTheFlagshipCallAsRfc3665Does) {
  EXPECT_EQ(picture(test::flagship_trace()), R"(
Alice           Proxy 1          Proxy 2            Bob
  |                |                |                |
  |   INVITE F1    |                |                |
  |--------------->|                |                |
  |     407 F2     |                |                |
  |<---------------|                |                |
  |     ACK F3     |                |                |
  |--------------->|                |                |
  |   INVITE F4    |                |                |
  |--------------->|   INVITE F5    |                |
  |     100 F6     |--------------->|   INVITE F7    |
  |<---------------|     100 F8     |--------------->|
  |                |<---------------|                |
  |                |                |     180 F9     |
  |                |    180 F10     |<---------------|
  |    180 F11     |<---------------|                |
  |<---------------|                |    200 F12     |
  |                |    200 F13     |<---------------|
  |    200 F14     |<---------------|                |
  |<---------------|                |                |
  |    ACK F15     |                |                |
  |--------------->|    ACK F16     |                |
  |                |--------------->|    ACK F17     |
  |                |                |--------------->|
  |                Both Way RTP Media                |
  |<================================================>|
  |                |                |    BYE F18     |
  |                |    BYE F19     |<---------------|
  |    BYE F20     |<---------------|                |
  |<---------------|                |                |
  |    200 F21     |                |                |
  |--------------->|    200 F22     |                |
  |                |--------------->|    200 F23     |
  |                |                |--------------->|
  |                |                |                |
)");
}

TEST(Ladder, DrawsAMessageAcrossTheLanesThatItPassesBy) {
  FlowBuilder flow({"Alice", "Proxy 1", "Bob"});
  flow.add({0, 2, "ACK sip:bob@192.0.2.201 SIP/2.0", "2 ACK", 0, 10});
  flow.add({2, 0, "BYE sip:alice@192.0.2.101 SIP/2.0", "1 BYE", 20, 30});
  EXPECT_EQ(picture(flow.trace()), R"(
Alice           Proxy 1            Bob
  |                |                |
  |             ACK F1              |
  |-------------------------------->|
  |             BYE F2              |
  |<--------------------------------|
  |                |                |
)");
}

TEST(Ladder, BreaksTheArrowOfAMessageThatNeverArrives) {
  FlowBuilder flow({"Alice", "Bob"});
  flow.add({0, 1, "INVITE sip:b@example.com SIP/2.0", "1 INVITE", 0, 10}).ends(trace::Fate::Lost);
  flow.add({1, 0, "BYE sip:a@example.com SIP/2.0", "1 BYE", 20, 0}).ends(trace::Fate::Lost);
  flow.add({0, 1, "BYE sip:b@example.com SIP/2.0", "2 BYE", 20, 0}).ends(trace::Fate::Refused);
  flow.add({0, 1, "BYE sip:b@example.com SIP/2.0", "3 BYE", 20, 0}).ends(trace::Fate::InFlight);
  EXPECT_EQ(picture(flow.trace()), R"(
Alice             Bob
  |                |
  |   INVITE F1    |
  |--------X       |
  |     BYE F2     |
  |       X--------|
  |     BYE F3     |
  |-X              |
  |     BYE F4     |
  |--------...     |
  |                |
)");
}

TEST(Ladder, WidensAGapForALongLabelOrName) {
  FlowBuilder flow({"Alice", "Bob", "The registrar of Biloxi"});
  flow.add({0, 1, "A.METHOD.OF.THEIR.OWN sip:b@example.com SIP/2.0", "1 A", 0, 10});
  EXPECT_EQ(picture(flow.trace()), R"(
Alice                       Bob    The registrar of Biloxi
  |                          |                |
  | A.METHOD.OF.THEIR.OWN F1 |                |
  |------------------------->|                |
  |                          |                |
)");
}

TEST(Ladder, FillsTheWidthThatIsAskedFor) {
  FlowBuilder flow({"Alice", "Proxy 1", "Bob"});
  flow.add({0, 1, "INVITE sip:b@example.com SIP/2.0", "1 INVITE", 0, 10});
  EXPECT_EQ(picture(flow.trace(), 32), R"(
Alice        Proxy 1         Bob
  |             |             |
  |  INVITE F1  |             |
  |------------>|             |
  |             |             |
)");
}

TEST(Ladder, DrawsAMessageToItselfAsAShortArrow) {
  FlowBuilder flow({"Alice", "Proxy 1"});
  flow.add({1, 1, "INVITE sip:b@example.com SIP/2.0", "1 INVITE", 0, 10});
  EXPECT_EQ(picture(flow.trace()), R"(
Alice           Proxy 1
  |                |
  |                | INVITE F1
  |                |<--.
  |                |
)");
}

// Two calls at once: what one proxy answers hop by hop does not push the other call down.
TEST(Ladder, KeepsLabelsInTheOrderOfTheirNumbers) {
  FlowBuilder flow({"Alice", "Proxy 1", "Bob"});
  flow.add({0, 1, "INVITE sip:b@example.com SIP/2.0", "1 INVITE", 0, 10});
  flow.add({2, 1, "OPTIONS sip:p@example.com SIP/2.0", "1 OPTIONS", 5, 15});
  flow.add({1, 0, "SIP/2.0 100 Trying", "1 INVITE", 10, 20, 1});
  flow.add({1, 2, "SIP/2.0 200 OK", "1 OPTIONS", 15, 25, 2});
  EXPECT_EQ(picture(flow.trace()), R"(
Alice           Proxy 1            Bob
  |                |                |
  |   INVITE F1    |   OPTIONS F2   |
  |--------------->|<---------------|
  |     100 F3     |     200 F4     |
  |<---------------|--------------->|
  |                |                |
)");
}

TEST(Ladder, OfAnEmptyTraceShowsTheLanes) {
  EXPECT_EQ(picture(FlowBuilder({"Alice", "Bob"}).trace()), R"(
Alice             Bob
  |                |
  |                |
)");
  EXPECT_EQ(render_text(make_ladder(trace::Trace{})), "");
}

TEST(Ladder, AsTextIsSafeForATerminal) {
  FlowBuilder flow({"Ali\tce", "Bob"});
  flow.add({0, 1, "\x1b[2J\xff sip:b@example.com SIP/2.0", "2 BYE", 20, 30});
  EXPECT_EQ(picture(flow.trace()), R"(
Ali\u0009ce            Bob
     |                  |
     | \u001b[2J\xff F1 |
     |----------------->|
     |                  |
)");
}

TEST(Ladder, IsAvailableAsJson) {
  FlowBuilder flow({"Alice", "Bob"});
  flow.add({0, 1, "BYE sip:b@example.com SIP/2.0", "2 BYE", 20, 30});
  EXPECT_EQ(render_json(make_ladder(flow.trace())), R"({
  "title": "A flow made by hand",
  "columns": [
    "Alice",
    "Bob"
  ],
  "rows": 2,
  "rungs": [
    {
      "kind": "message",
      "row": 0,
      "from": 0,
      "to": 1,
      "label": "BYE F1",
      "event": 1,
      "f_number": 1,
      "fate": "delivered",
      "sent_ns": 20000000,
      "received_ns": 30000000
    }
  ]
}
)");
}

}  // namespace
}  // namespace trapezoid::render
