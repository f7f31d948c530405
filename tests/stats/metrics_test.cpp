#include "sim/stats/metrics.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/flow_builder.hpp"

namespace trapezoid::stats {
namespace {

using test::FlowBuilder;
constexpr std::string_view kInvite = "INVITE sip:b@example.com SIP/2.0";

std::string ms(const std::optional<std::int64_t>& ns) {
  return ns ? fmt::format("{}", *ns / 1000000) : "-";
}

std::string ratio(const Ratio& ratio) {
  return fmt::format("{}/{}", ratio.count, ratio.of);
}

/// One line a call, then the ratios.
std::string report(const trace::Trace& trace) {
  const Metrics metrics = compute_metrics(trace);
  constexpr std::string_view kOutcomes[] = {"answered", "redirected", "failed", "unanswered"};
  std::string out = "\n";
  for (const Call& call : metrics.calls)
    out += fmt::format("{} {} {}: F{} F{}-F{} SRD {} {} SDD {} SDT {} {}{}\n", call.call_id,
                       kOutcomes[static_cast<std::size_t>(call.outcome)], call.status,
                       call.first_invite, call.last_invite, call.status_indication,
                       ms(call.request_delay_from_first_ns), ms(call.request_delay_from_last_ns),
                       ms(call.disconnect_delay_ns), ms(call.duration_at_caller_ns),
                       ms(call.duration_at_callee_ns), call.is_completed ? " completed" : "");
  out += fmt::format("SER {} SEER {} ISA {} SCR {}\n", ratio(metrics.establishment),
                     ratio(metrics.effectiveness), ratio(metrics.ineffective),
                     ratio(metrics.completion));
  return out;
}

TEST(Metrics, OfTheFlagshipCall) {
  EXPECT_EQ(report(test::flagship_trace()), R"(
call-1 answered 200: F1 F4-F11 SRD 120 100 SDD 60 SDT 10060 10000 completed
SER 1/1 SEER 1/1 ISA 0/1 SCR 1/1
)");
}

TEST(Metrics, TryingDoesNotStopTheRequestDelay) {
  FlowBuilder flow({"Alice", "Bob"});
  flow.add({0, 1, kInvite, "1 INVITE", 0, 10});
  flow.add({1, 0, "SIP/2.0 100 Trying", "1 INVITE", 10, 20, 1});
  EXPECT_EQ(report(flow.trace()), R"(
call-1 unanswered 0: F1 F1-F0 SRD - - SDD - SDT - -
SER 0/1 SEER 0/1 ISA 0/1 SCR 0/1
)");
  flow.add({1, 0, "SIP/2.0 183 Session Progress", "1 INVITE", 50, 60, 1});
  EXPECT_EQ(report(flow.trace()), R"(
call-1 unanswered 0: F1 F1-F3 SRD 60 60 SDD - SDT - -
SER 0/1 SEER 0/1 ISA 0/1 SCR 0/1
)");
}

TEST(Metrics, AFinalResponseStopsTheRequestDelayWhenNothingCameBefore) {
  FlowBuilder flow({"Alice", "Bob"});
  flow.add({0, 1, kInvite, "1 INVITE", 0, 10});
  flow.add({1, 0, "SIP/2.0 486 Busy Here", "1 INVITE", 10, 25, 1});
  EXPECT_EQ(report(flow.trace()), R"(
call-1 failed 486: F1 F1-F2 SRD 25 25 SDD - SDT - -
SER 0/1 SEER 1/1 ISA 0/1 SCR 0/1
)");
}

TEST(Metrics, AChallengeThatNobodyAnswersIsNoFailureOfTheNetwork) {
  FlowBuilder flow({"Alice", "Proxy 1"});
  flow.add({0, 1, kInvite, "1 INVITE", 0, 10});
  flow.add({1, 0, "SIP/2.0 407 Proxy Authentication Required", "1 INVITE", 10, 20, 1});
  flow.add({0, 1, kInvite, "2 INVITE", 20, 30, 2});
  flow.add({1, 0, "SIP/2.0 407 Proxy Authentication Required", "2 INVITE", 30, 40, 3});
  EXPECT_EQ(report(flow.trace()), R"(
call-1 failed 407: F1 F3-F0 SRD - - SDD - SDT - -
SER 0/1 SEER 0/0 ISA 0/1 SCR 0/1
)");
}

TEST(Metrics, RedirectionIsNeitherSuccessNorFailureAndWhatFollowsIsAnotherAttempt) {
  FlowBuilder flow({"Alice", "Proxy 1", "Bob"});
  flow.add({0, 1, kInvite, "1 INVITE", 0, 10});
  flow.add({1, 0, "SIP/2.0 302 Moved Temporarily", "1 INVITE", 10, 20, 1});
  flow.add({0, 2, kInvite, "2 INVITE", 20, 30, 2});
  flow.add({2, 0, "SIP/2.0 200 OK", "2 INVITE", 30, 45, 3});
  EXPECT_EQ(report(flow.trace()), R"(
call-1 redirected 302: F1 F1-F0 SRD - - SDD - SDT - -
call-1 answered 200: F3 F3-F4 SRD 25 25 SDD - SDT - -
SER 1/1 SEER 1/1 ISA 0/2 SCR 0/2
)");
}

TEST(Metrics, CountServerFailuresAndSilenceAsIneffective) {
  FlowBuilder flow({"Alice", "Bob"});
  for (const char* const status : {"408", "500", "503", "504", "404", "600", "603", "480"}) {
    const std::string line = fmt::format("SIP/2.0 {} X", status);
    flow.call(status).add({0, 1, kInvite, "1 INVITE", 0, 10});
    const auto cause = std::get<trace::MessageEvent>(flow.trace().events.back()).f_number;
    flow.add({1, 0, line, "1 INVITE", 0, 20, cause});
  }
  flow.call("nobody").add({0, 1, kInvite, "1 INVITE", 30, 0}).ends(trace::Fate::Lost);
  const Metrics metrics = compute_metrics(flow.trace());
  EXPECT_EQ(ratio(metrics.ineffective), "5/9");
  EXPECT_EQ(ratio(metrics.effectiveness), "3/9");
}

TEST(Metrics, InviteSentAgainIsTheSameAttempt) {
  FlowBuilder flow({"Alice", "Bob"});
  flow.add({0, 1, kInvite, "1 INVITE", 0, 0}).ends(trace::Fate::Lost);
  flow.add({0, 1, kInvite, "1 INVITE", 500, 510});
  flow.add({1, 0, "SIP/2.0 200 OK", "1 INVITE", 510, 520, 2, 0, true});
  flow.add({1, 0, "SIP/2.0 200 OK", "1 INVITE", 1010, 1020, 0, 0, true});
  EXPECT_EQ(report(flow.trace()), R"(
call-1 answered 200: F1 F1-F3 SRD 520 520 SDD - SDT - -
SER 1/1 SEER 1/1 ISA 0/1 SCR 0/1
)");
}

TEST(Metrics, ByeWithoutASuccessIsAFailedCompletion) {
  FlowBuilder flow({"Alice", "Bob"});
  flow.add({0, 1, kInvite, "1 INVITE", 0, 10});
  flow.add({1, 0, "SIP/2.0 200 OK", "1 INVITE", 10, 20, 1, 0, true});
  flow.add({0, 1, "ACK sip:b@example.com SIP/2.0", "1 ACK", 20, 30, 2, 0, true});
  flow.add({0, 1, "BYE sip:b@example.com SIP/2.0", "2 BYE", 1020, 1030, 0, 0, true});
  EXPECT_EQ(report(flow.trace()), R"(
call-1 answered 200: F1 F1-F2 SRD 20 20 SDD - SDT 1000 1000
SER 1/1 SEER 1/1 ISA 0/1 SCR 0/1
)");
  flow.add({1, 0, "SIP/2.0 500 Server Internal Error", "2 BYE", 1030, 1040, 4, 0, true});
  EXPECT_EQ(report(flow.trace()), R"(
call-1 answered 200: F1 F1-F2 SRD 20 20 SDD 20 SDT 1000 1000
SER 1/1 SEER 1/1 ISA 0/1 SCR 0/1
)");
}

TEST(Metrics, ByeWithCredentialsBelongsToTheByeThatWasChallenged) {
  FlowBuilder flow({"Alice", "Bob"});
  flow.add({0, 1, kInvite, "1 INVITE", 0, 10});
  flow.add({1, 0, "SIP/2.0 200 OK", "1 INVITE", 10, 20, 1, 0, true});
  flow.add({0, 1, "ACK sip:b@example.com SIP/2.0", "1 ACK", 20, 30, 2, 0, true});
  flow.add({0, 1, "BYE sip:b@example.com SIP/2.0", "2 BYE", 1020, 1030, 0, 0, true});
  flow.add({1, 0, "SIP/2.0 401 Unauthorized", "2 BYE", 1030, 1040, 4, 0, true});
  flow.add({0, 1, "BYE sip:b@example.com SIP/2.0", "3 BYE", 1040, 1050, 5, 0, true});
  flow.add({1, 0, "SIP/2.0 200 OK", "3 BYE", 1050, 1060, 6, 0, true});
  EXPECT_EQ(report(flow.trace()), R"(
call-1 answered 200: F1 F1-F2 SRD 20 20 SDD 40 SDT 1000 1000 completed
SER 1/1 SEER 1/1 ISA 0/1 SCR 1/1
)");
}

TEST(Metrics, OfAHopAreWorkWaitAndTravel) {
  FlowBuilder flow({"Alice", "Proxy 1", "Bob"});
  flow.add({0, 1, kInvite, "1 INVITE", 0, 30, 0, 20});
  flow.add({1, 2, kInvite, "1 INVITE", 35, 60, 1, 40});
  std::string out;
  for (const Hop& hop : compute_metrics(flow.trace()).hops)
    out += fmt::format("F{} {} {} {}\n", hop.f_number, ms(hop.worked_ns), ms(hop.waited_ns),
                       ms(hop.travelled_ns));
  EXPECT_EQ(out, "F1 - 20 10\nF2 5 5 20\n");
}

}  // namespace
}  // namespace trapezoid::stats
