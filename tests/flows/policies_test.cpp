// Which connection a message takes decides what it can overtake: the policies, on real engines.
#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/flows/flow.hpp"

namespace trapezoid::flows {
namespace {

struct Policy {
  std::string name;
  bool reuse_accepted;
};

Change with(const Policy& policy) {
  return [policy](Json& json) {
    json["network"]["connections"] = {{"policy", policy.name},
                                      {"reuse_accepted", policy.reuse_accepted}};
  };
}

std::string method_of(const trace::MessageEvent& message) {
  const std::string line(trace::start_line(message));
  return line.substr(0, 8) == "SIP/2.0 " ? line.substr(8, 3) : line.substr(0, line.find(' '));
}

/// A line for each pair of one sender and one receiver that arrives in the other order.
std::string overtakings(const trace::Trace& trace) {
  std::string text;
  for (const auto* first : trace::messages(trace))
    for (const auto* second : trace::messages(trace)) {
      if (first->from != second->from || first->to != second->to ||
          first->sent_ns >= second->sent_ns || *first->received_ns <= *second->received_ns)
        continue;
      EXPECT_NE(first->connection, second->connection) << "F" << second->f_number;
      text += fmt::format("{} overtakes {}\n", method_of(*second), method_of(*first));
    }
  return text;
}

int count(const trace::Trace& trace, trace::ConnectionEvent::What what) {
  return static_cast<int>(
      std::count_if(trace.events.begin(), trace.events.end(), [&](const trace::Event& event) {
        const auto* connection = std::get_if<trace::ConnectionEvent>(&event);
        return connection != nullptr && connection->what == what;
      }));
}

TEST(ConnectionPolicies, LetAByeOvertakeAnAckOnlyWhereEachTransactionHasAConnection) {
  EXPECT_EQ(overtakings(run_scenario("races/bye-overtakes-ack")),
            "180 overtakes ACK\nBYE overtakes ACK\n");
  // Carol's 180 is on the connection of her INVITE, which Proxy 2 opened, in any case.
  EXPECT_EQ(overtakings(run_scenario("races/bye-after-ack")), "180 overtakes ACK\n");
  for (const Policy& policy :
       {Policy{"per_hop", false}, Policy{"per_dialog", true}, Policy{"per_dialog", false}})
    EXPECT_EQ(overtakings(run_scenario("races/bye-overtakes-ack", with(policy))),
              "180 overtakes ACK\n")
        << policy.name << policy.reuse_accepted;
}

TEST(ConnectionPolicies, LetTwoConnectionsThatAreBothOpenedAnewKeepTheirOrder) {
  EXPECT_EQ(overtakings(run_scenario("races/bye-overtakes-ack", with({"per_transaction", false}))),
            "180 overtakes ACK\n");
}

TEST(ConnectionPolicies, KeepTheConnectionsOfADialogThroughALongSilence) {
  const trace::Trace trace = run_scenario("rfc3665/3.2", [](Json& json) {
    with({"per_dialog", true})(json);
    element(json, "bob")["answering"]["hang_up_after_s"] = 100;
  });
  EXPECT_EQ(count(trace, trace::ConnectionEvent::What::Opening), 3);
}

struct Count {
  Policy policy;
  int opened;
};

class FlagshipPolicy : public testing::TestWithParam<Count> {};

TEST_P(FlagshipPolicy, OpensItsConnectionsForTheSameMessages) {
  const Count& param = GetParam();
  const trace::Trace trace = run_scenario("rfc3665/3.2", with(param.policy));
  EXPECT_EQ(summary(trace), summary(run_scenario("rfc3665/3.2")));
  EXPECT_EQ(overtakings(trace), "");
  EXPECT_EQ(count(trace, trace::ConnectionEvent::What::Opening), param.opened);
  const bool is_kept = param.policy.name == "per_hop";
  EXPECT_EQ(count(trace, trace::ConnectionEvent::What::Closed) > 0, !is_kept);
}

// Three hops. Per transaction: two INVITEs and an ACK at the first hop, one of each at the others,
// and the three BYEs, which find the INVITEs' connections where reuse is on.
INSTANTIATE_TEST_SUITE_P(
    Each, FlagshipPolicy,
    testing::Values(Count{{"per_hop", true}, 3}, Count{{"per_hop", false}, 6},
                    Count{{"per_dialog", true}, 3}, Count{{"per_dialog", false}, 6},
                    Count{{"per_transaction", true}, 7}, Count{{"per_transaction", false}, 10}),
    [](const auto& test) {
      return test.param.policy.name + (test.param.policy.reuse_accepted ? "_reuse" : "_no_reuse");
    });

}  // namespace
}  // namespace trapezoid::flows
