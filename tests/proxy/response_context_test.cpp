#include "sim/proxy/response_context.hpp"

#include <initializer_list>
#include <memory>

#include <gtest/gtest.h>

#include "sim/sip/serializer.hpp"

namespace trapezoid::proxy {
namespace {

/// A context whose branches ended with these statuses; 0: pending.
ResponseContext ended_with(std::initializer_list<int> statuses) {
  ResponseContext context(1, true);
  transaction::TransactionId client = 2;
  for (const int status : statuses) {
    Branch& branch = context.branches.emplace_back();
    branch.client = client++;
    if (status != 0) branch.final_response = std::make_unique<sip::Response>(status);
  }
  return context;
}

std::string best_of(std::initializer_list<int> statuses) {
  const auto best = ended_with(statuses).best_response();
  if (!best) return "none";
  const std::string bytes = sip::to_bytes(*best);
  return bytes.substr(8, bytes.find('\r') - 8);
}

TEST(ResponseContext, ChoosesA6xxBeforeAllOthers) {
  EXPECT_EQ(best_of({404, 603, 302}), "603 Decline");
}

TEST(ResponseContext, ChoosesTheLowestClassOtherwise) {
  EXPECT_EQ(best_of({500, 404, 302}), "302 Moved Temporarily");
  EXPECT_EQ(best_of({500, 404}), "404 Not Found");
}

TEST(ResponseContext, PrefersAmong4xxWhatHelpsTheCallerToTryAgain) {
  for (const int helpful : {401, 407, 415, 420, 484})
    EXPECT_EQ(best_of({404, helpful, 486}).substr(0, 3), std::to_string(helpful));
}

TEST(ResponseContext, TakesTheFirstAmongEquals) {
  EXPECT_EQ(best_of({486, 404}), "486 Busy Here");
}

TEST(ResponseContext, TurnsA503IntoA500AndAvoidsItWhereItCan) {
  EXPECT_EQ(best_of({503}), "500 Server Internal Error");
  EXPECT_EQ(best_of({503, 504}), "504 Server Time-out");
}

TEST(ResponseContext, HasNoBestResponseBeforeOneHasCome) {
  EXPECT_EQ(best_of({}), "none");
  EXPECT_EQ(best_of({0}), "none");
}

TEST(ResponseContext, GathersTheChallengesOfAllBranches) {
  auto context = ended_with({404, 407, 401, 407});
  int number = 0;
  for (Branch& branch : context.branches) {
    const auto id = branch.final_response->status() == 401 ? sip::HeaderId::WwwAuthenticate
                                                           : sip::HeaderId::ProxyAuthenticate;
    branch.final_response->headers().append_text(
        id, "Digest realm=\"" + std::to_string(++number) + "\"");
  }
  EXPECT_EQ(sip::to_bytes(*context.best_response()),
            "SIP/2.0 407 Proxy Authentication Required\r\n"
            "Proxy-Authenticate: Digest realm=\"2\"\r\n"
            "WWW-Authenticate: Digest realm=\"3\"\r\n"
            "Proxy-Authenticate: Digest realm=\"4\"\r\n\r\n");
}

TEST(ResponseContext, IsPendingWhileABranchHasNoFinalResponse) {
  EXPECT_TRUE(ended_with({486, 0}).has_pending());
  EXPECT_FALSE(ended_with({486, 404}).has_pending());
  auto context = ended_with({0});
  context.branches.front().has_success = true;
  EXPECT_FALSE(context.has_pending());
}

TEST(ResponseContext, IsOverWhenAllItsTransactionsAre) {
  auto context = ended_with({486, 503});
  context.branches.back().client = 0;  // it could not be sent
  EXPECT_FALSE(context.is_over());
  context.server_is_terminated = true;
  EXPECT_FALSE(context.is_over());
  context.branches.front().is_terminated = true;
  EXPECT_TRUE(context.is_over());
}

}  // namespace
}  // namespace trapezoid::proxy
