#include <gtest/gtest.h>

#include "sim/render/stats.hpp"
#include "sim/render/text.hpp"
#include "sim/stats/metrics.hpp"
#include "tests/support/flow_builder.hpp"

namespace trapezoid::render {
namespace {

TEST(Stop, IsNotMentionedWhenTheRunWasOver) {
  const trace::Trace trace = test::flagship_trace();
  EXPECT_EQ(describe_stop(trace), "");
  EXPECT_EQ(render_end(trace), "");
  EXPECT_EQ(render_json(make_ladder(trace)).find("stopped_ns"), std::string::npos);
}

TEST(Stop, SaysWhatWasGoingOn) {
  test::FlowBuilder flow({"Alice", "Bob"});
  flow.call("one").add({0, 1, "INVITE sip:b@example.com SIP/2.0", "1 INVITE", 0, 10});
  flow.call("two").add({0, 1, "INVITE sip:b@example.com SIP/2.0", "1 INVITE", 20, 30});
  flow.add({1, 0, "SIP/2.0 200 OK", "1 INVITE", 30, 40, 2, 0, true}).ends(trace::Fate::Delivered);
  std::get<trace::MessageEvent>(flow.trace().events.back()).received_ns = 40'000'000;
  flow.call("three").add({0, 1, "INVITE sip:b@example.com SIP/2.0", "1 INVITE", 50, 60});
  flow.ends(trace::Fate::InFlight);
  flow.trace().stopped_ns = 55'500'000;
  EXPECT_EQ(
      render_end(flow.trace()),
      "End\n"
      "  stopped at 0.0555 s, with 2 calls unanswered, 1 call not hung up and 1 message on its "
      "way\n");
  EXPECT_EQ(describe_stop(flow.trace(), "for lunch").substr(0, 30),
            "stopped at 0.0555 s, for lunch");
}

TEST(Stop, AfterTheLastCallLeavesTimers) {
  trace::Trace trace = test::flagship_trace();
  trace.stopped_ns = 30'000'000'000;
  EXPECT_EQ(describe_stop(trace), "stopped at 30 s; timers were still running");
}

TEST(Stop, IsToldOtherPrograms) {
  trace::Trace trace = test::flagship_trace();
  trace.stopped_ns = 30'000'000'000;
  EXPECT_NE(render_json(make_ladder(trace)).find("\n  \"stopped_ns\": 30000000000\n}"),
            std::string::npos);
  const std::string metrics = render_stats_json(stats::compute_metrics(trace), trace.header);
  EXPECT_NE(metrics.find("\n  \"stopped_ns\": 30000000000\n}"), std::string::npos);
}

}  // namespace
}  // namespace trapezoid::render
