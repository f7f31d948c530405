#include <gtest/gtest.h>

#include "sim/render/text.hpp"
#include "tests/support/flow_builder.hpp"

namespace trapezoid::render {
namespace {

TEST(TextTimes, ShowsOneLineAMessage) {
  test::FlowBuilder flow({"Alice", "Proxy 1"});
  flow.add({0, 1, "INVITE sip:b@example.com SIP/2.0", "1 INVITE", 0, 1030});
  flow.add({0, 1, "INVITE sip:b@example.com SIP/2.0", "1 INVITE", 500, 0}).ends(trace::Fate::Lost);
  std::get<trace::MessageEvent>(flow.trace().events.back()).retransmission_of = 1;
  flow.add({1, 0, "SIP/2.0 100 Trying", "1 INVITE", 1030, 1045, 1});
  EXPECT_EQ(render_text_times(flow.trace()),
            R"(     sent ms  received ms  from         to       bytes  start line
F1     0.000     1030.000  Alice    ->  Proxy 1    194  INVITE sip:b@example.com SIP/2.0
F2   500.000         lost  Alice    ->  Proxy 1    194  INVITE sip:b@example.com SIP/2.0  (F1 again)
F3  1030.000     1045.000  Proxy 1  ->  Alice      180  SIP/2.0 100 Trying
)");
}

TEST(TextTimes, AreSafeForATerminal) {
  test::FlowBuilder flow({"Al\x1b[2Jice", "Bob"});
  flow.add({0, 1, "INVITE sip:\x1b]0;b\x07\xff@example.com SIP/2.0", "1 INVITE", 0, 1});
  const std::string text = render_text_times(flow.trace());
  EXPECT_NE(text.find("Al\\u001b[2Jice"), std::string::npos) << text;
  EXPECT_NE(text.find("sip:\\u001b]0;b\\u0007\\xff@example.com"), std::string::npos) << text;
}

TEST(ModelBox, IsAHeadingAndALineAFact) {
  trace::Header header;
  EXPECT_EQ(render_model_box(header), "");
  header.model_box = {"TCP: handshake, MSS 1460", "no loss"};
  EXPECT_EQ(render_model_box(header), "Model\n  TCP: handshake, MSS 1460\n  no loss\n");
}

TEST(ModelBox, IsSafeForATerminal) {
  trace::Header header;
  header.model_box = {"\x1b[31m"};
  EXPECT_EQ(render_model_box(header), "Model\n  \\u001b[31m\n");
}

}  // namespace
}  // namespace trapezoid::render
