#include "sim/transaction/transaction_store.hpp"

#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "sim/base/rng.hpp"

namespace trapezoid::transaction {
namespace {

Transaction& add(TransactionStore& store, const AnyMachine& machine, const std::string& key) {
  return store.add(machine, sip::Request(sip::MethodId::Options, "sip:bob@biloxi.example.com"),
                   key);
}
const NonInviteClient kClient(Reliability::Reliable);
const NonInviteServer kServer(Reliability::Reliable);

TEST(TransactionStore, NumbersTransactionsFromOneUpAndNeverUsesANumberAgain) {
  TransactionStore store;
  EXPECT_EQ(add(store, kClient, "a").id, 1U);
  EXPECT_EQ(add(store, kServer, "b").id, 2U);
  store.erase(2);
  EXPECT_EQ(add(store, kServer, "b").id, 3U);
  EXPECT_EQ(store.find(2), nullptr);
  EXPECT_EQ(store.find(3)->key, "b");
}

TEST(TransactionStore, KeepsKeysOfClientsAndServersApart) {
  TransactionStore store;
  add(store, kClient, "same");
  add(store, kServer, "same");
  EXPECT_EQ(store.find_client("same")->id, 1U);
  EXPECT_EQ(store.find_server("same")->id, 2U);
  EXPECT_EQ(store.find_server("other"), nullptr);
  EXPECT_EQ(store.find_server(std::nullopt), nullptr);
}

TEST(TransactionStore, FindsTheNewestOfEqualKeys) {
  TransactionStore store;
  add(store, kClient, "same");
  add(store, kClient, "same");
  store.erase(1);
  EXPECT_EQ(store.find_client("same")->id, 2U);
  store.erase(2);
  EXPECT_EQ(store.find_client("same"), nullptr);
  EXPECT_EQ(store.size(), 0U);
}

// Against a std::map, with enough comings and goings that probing wraps around and holes close.
TEST(TransactionStore, FindsWhatIsThereAndNothingElse) {
  TransactionStore store;
  std::map<TransactionId, std::string> expected;
  Rng rng(7, "store");
  for (int round = 0; round < 4000; ++round) {
    if (expected.size() < 60 && rng.below(2) == 0) {
      const std::string key = "key" + std::to_string(round);
      expected.emplace(add(store, kServer, key).id, key);
    } else if (!expected.empty()) {
      auto victim = expected.begin();
      std::advance(victim, static_cast<long>(rng.below(expected.size())));
      store.erase(victim->first);
      EXPECT_EQ(store.find(victim->first), nullptr);
      EXPECT_EQ(store.find_server(victim->second), nullptr);
      expected.erase(victim);
    }
    ASSERT_EQ(store.size(), expected.size());
    for (const auto& [id, key] : expected) {
      ASSERT_NE(store.find(id), nullptr) << round;
      ASSERT_EQ(store.find_server(key), store.find(id)) << round;
    }
  }
}

}  // namespace
}  // namespace trapezoid::transaction
