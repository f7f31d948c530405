// Nothing about time is written in: a link's latency moves each message by as much as its causal
// chain has crossed that link, TCP handshakes included.
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/flows/flow.hpp"

namespace trapezoid::flows {
namespace {

constexpr std::int64_t kMoveMs = 7;

/// By how many times the move each message arrives later (or earlier), from F1 on.
std::vector<double> moves(const trace::Trace& before, const trace::Trace& after) {
  std::vector<double> times;
  const auto old_messages = trace::messages(before);
  const auto new_messages = trace::messages(after);
  EXPECT_EQ(old_messages.size(), 23U);
  EXPECT_EQ(new_messages.size(), 23U);
  for (std::size_t i = 0; i < old_messages.size() && i < new_messages.size(); ++i) {
    const std::int64_t moved = *new_messages[i]->received_ns - *old_messages[i]->received_ns;
    times.push_back(static_cast<double>(moved) / (static_cast<double>(kMoveMs) * 1e6));
  }
  return times;
}

/// How often the chain of causes behind each message's arrival has crossed the link between two
/// lanes, counted from the trace: each message once, and twice more where its connection was opened
/// for it and it had to wait for the handshake.
std::vector<double> crossings(const trace::Trace& trace, const std::string& a,
                              const std::string& b) {
  const auto lane = [&](trace::LaneIndex index) { return trace.header.lanes[index].name; };
  std::map<trace::TraceId, int> by_message;
  std::map<std::uint64_t, std::int64_t> established;
  for (const auto& event : trace.events)
    if (const auto* connection = std::get_if<trace::ConnectionEvent>(&event))
      if (connection->what == trace::ConnectionEvent::What::Established)
        established[connection->connection] = connection->at_ns;
  std::vector<double> counts;
  for (const auto* message : trace::messages(trace)) {
    trace::TraceId cause = message->cause;
    while (cause != 0 && trace::find_message(trace, cause) == nullptr)
      cause = trace::cause_of(*trace::find_event(trace, cause));
    int count = cause == 0 ? 0 : by_message.at(cause);
    const bool crosses = (lane(message->from) == a && lane(message->to) == b) ||
                         (lane(message->from) == b && lane(message->to) == a);
    const bool has_waited = established.at(message->connection) > message->sent_ns;
    if (crosses) count += has_waited ? 3 : 1;
    by_message[message->id] = count;
    counts.push_back(count);
  }
  return counts;
}

struct LinkCase {
  std::string a, b;
  std::vector<double> latencies_ms;  // of the three links
  std::map<int, double> expected;    // F-number to crossings, from RFC 3665's flow
};

class Latency : public testing::TestWithParam<LinkCase> {};

TEST_P(Latency, OfALinkMovesEachMessageByItsCrossings) {
  const LinkCase& param = GetParam();
  const auto with = [](double first, double second, double third) {
    return run_scenario("rfc3665/3.2",
                        [=](Json& json) { use_inline_network(json, first, second, third); });
  };
  const trace::Trace before = with(5, 10, 5);
  const auto& latencies = param.latencies_ms;
  const trace::Trace after = with(latencies[0], latencies[1], latencies[2]);
  const auto moved = moves(before, after);
  EXPECT_EQ(moved, crossings(before, param.a, param.b));
  ASSERT_EQ(moved.size(), 23U);
  for (const auto& [number, times] : param.expected)
    EXPECT_EQ(moved[static_cast<std::size_t>(number) - 1], times) << "F" << number;
}

INSTANTIATE_TEST_SUITE_P(
    EachLink, Latency,
    testing::Values(
        LinkCase{"alice", "proxy1", {5.0 + kMoveMs, 10, 5}, {{1, 3}, {4, 5}, {14, 6}, {23, 9}}},
        LinkCase{"proxy1", "proxy2", {5, 10.0 + kMoveMs, 5}, {{5, 3}, {13, 4}, {22, 7}}},
        LinkCase{"proxy2", "bob", {5, 10, 5.0 + kMoveMs}, {{7, 3}, {12, 4}, {23, 7}}}),
    [](const auto& test) { return test.param.a + "_" + test.param.b; });

}  // namespace
}  // namespace trapezoid::flows
