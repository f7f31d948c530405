#include "sim/render/report_kind.hpp"

#include <gtest/gtest.h>

#include "sim/render/stats.hpp"
#include "sim/render/text.hpp"
#include "sim/stats/metrics.hpp"
#include "sim/trace/format.hpp"
#include "tests/support/flow_builder.hpp"

namespace trapezoid::render {
namespace {

using namespace std::string_literals;

TEST(ReportKind, KnowsTheReportsOfThisProgram) {
  const trace::Trace trace = test::flagship_trace();
  EXPECT_EQ(find_report_kind(render_json(make_ladder(trace))), "a ladder in JSON");
  EXPECT_EQ(find_report_kind(render_stats_json(stats::compute_metrics(trace), trace.header)),
            "statistics in JSON");
  EXPECT_EQ(find_report_kind(R"([{"file":"a","valid":true,"problems":[]}])"),
            "the verdicts of validate");
  EXPECT_EQ(find_report_kind(R"([{"name":"a","path":"b","valid":true}])"),
            "a list of scenarios in JSON");
}

TEST(ReportKind, KnowsATraceThatSomebodyChanged) {
  const std::string text = trace::write_trace(test::flagship_trace());
  EXPECT_EQ(find_report_kind(text.substr(text.find('\n') + 1)), "a trace without its first line");
  EXPECT_EQ(find_report_kind("{\n  \"trapezoid_trace\": 1,\n"),
            "a trace whose lines were broken up");
}

TEST(ReportKind, KnowsCapturesAndXml) {
  EXPECT_EQ(find_report_kind("\xd4\xc3\xb2\xa1\2\0\4\0"s), "a capture (pcap)");
  EXPECT_EQ(find_report_kind("\n\r\r\n\x1c"s), "a capture (pcapng)");
  EXPECT_EQ(find_report_kind("<?xml version='1.0'?>"), "an XML file");
  EXPECT_EQ(find_report_kind("\x7f\0x"s), "a binary file");
}

TEST(ReportKind, LeavesTheRestToTheReaderOfScenarios) {
  for (const char* const text : {"", " ", "{", "{}", "[]", "[1]", "null", "x", R"({"calls":[]})"})
    EXPECT_EQ(find_report_kind(text), std::nullopt) << text;
  EXPECT_EQ(find_report_kind(std::string(1'000'000, '[')), std::nullopt);
}

}  // namespace
}  // namespace trapezoid::render
