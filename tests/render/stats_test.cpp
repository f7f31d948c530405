#include "sim/render/stats.hpp"

#include <gtest/gtest.h>

#include "tests/support/flow_builder.hpp"

namespace trapezoid::render {
namespace {

TEST(RenderStats, ShowsCallsRunAndHops) {
  const trace::Trace trace = test::flagship_trace();
  EXPECT_EQ(render_stats(stats::compute_metrics(trace), trace.header, {5}), R"(Calls (RFC 6076, ms)
     from   to   outcome       SRD, first INVITE  SRD, accepted INVITE     SDD  SDT at caller  SDT at callee
  1  Alice  Bob  200 answered    120.000  F1-F11       100.000  F4-F11  60.000      10060.000      10000.000

Run (RFC 6076)
  SER   100.00 %  1 of 1  session establishment ratio
  SEER  100.00 %  1 of 1  session establishment effectiveness ratio
  ISA     0.00 %  0 of 1  ineffective session attempts
  SCR   100.00 %  1 of 1  session completion ratio

Hops (ms)
      from         to       worked on  waited  travelled
  F1  Alice    ->  Proxy 1          -  20.000     10.000
  F2  Proxy 1  ->  Alice        0.000   0.000     10.000
  F3  Alice    ->  Proxy 1      0.000   0.000     10.000
  F4  Alice    ->  Proxy 1      0.000   0.000     10.000
  F5  Proxy 1  ->  Proxy 2      0.000  20.000     10.000
  ... and 18 more
)");
}

TEST(RenderStats, OfNothingSaysSo) {
  EXPECT_EQ(render_stats({}, {}), R"(Calls (RFC 6076, ms)
    from  to  outcome  SRD, first INVITE  SRD, accepted INVITE  SDD  SDT at caller  SDT at callee

Run (RFC 6076)
  SER   -  0 of 0  session establishment ratio
  SEER  -  0 of 0  session establishment effectiveness ratio
  ISA   -  0 of 0  ineffective session attempts
  SCR   -  0 of 0  session completion ratio

Hops (ms)
    from    to  worked on  waited  travelled
)");
}

TEST(RenderStats, IsAvailableAsJson) {
  test::FlowBuilder flow({"Alice", "Bob"});
  flow.add({0, 1, "INVITE sip:b@example.com SIP/2.0", "1 INVITE", 0, 10});
  flow.add({1, 0, "SIP/2.0 486 Busy Here", "1 INVITE", 20, 30, 1});
  const trace::Trace& trace = flow.trace();
  EXPECT_EQ(render_stats_json(stats::compute_metrics(trace), trace.header), R"({
  "calls": [
    {
      "call_id": "call-1",
      "caller": "Alice",
      "outcome": "failed",
      "status": 486,
      "first_invite": 1,
      "last_invite": 1,
      "status_indication": 2,
      "request_delay_from_first_ns": 30000000,
      "request_delay_from_last_ns": 30000000
    }
  ],
  "run": {
    "ser": {
      "count": 0,
      "of": 1
    },
    "seer": {
      "count": 1,
      "of": 1
    },
    "isa": {
      "count": 0,
      "of": 1
    },
    "scr": {
      "count": 0,
      "of": 1
    }
  },
  "hops": [
    {
      "f_number": 1,
      "from": "Alice",
      "to": "Bob",
      "waited_ns": 0,
      "travelled_ns": 10000000
    },
    {
      "f_number": 2,
      "from": "Bob",
      "to": "Alice",
      "worked_ns": 10000000,
      "waited_ns": 0,
      "travelled_ns": 10000000
    }
  ]
}
)");
}

}  // namespace
}  // namespace trapezoid::render
