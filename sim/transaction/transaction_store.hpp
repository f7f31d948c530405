#pragma once

// Private to the layer: where its transactions live and how they are found.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/transaction/transaction.hpp"

namespace trapezoid::transaction {

/// Finds transactions by a hash and a test: a table with open addressing, linear probing, at most
/// half full. It owns nothing and cannot be iterated, so that no order ever depends on a hash.
class TransactionIndex {
 public:
  template <class Test>
  Transaction* find(std::uint64_t hash, const Test& is_wanted) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t i = hash & mask(); slots_[i].transaction != nullptr; i = (i + 1) & mask())
      if (slots_[i].hash == hash && is_wanted(*slots_[i].transaction)) return slots_[i].transaction;
    return nullptr;
  }
  void insert(std::uint64_t hash, Transaction& transaction);
  /// Does nothing when it is not there.
  void erase(std::uint64_t hash, TransactionId id);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    Transaction* transaction = nullptr;
  };
  std::size_t mask() const { return slots_.size() - 1; }  // the size is a power of two
  void put(const Slot& slot);

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

/// The transactions of one layer, by id and by key. References stay valid until `erase`; the place
/// of one that is gone is used again.
class TransactionStore {
 public:
  /// Begins a transaction with the next id. An older one of the same key and side is found by its
  /// id alone from now on.
  Transaction& add(const AnyMachine& machine, sip::Request request, sip::TransactionKey key);
  void erase(TransactionId id);

  /// Null when there is none.
  Transaction* find(TransactionId id) const;
  Transaction* find_client(const sip::TransactionKey& key) const { return find(client_keys_, key); }
  Transaction* find_server(const std::optional<sip::TransactionKey>& key) const {
    return key ? find(server_keys_, *key) : nullptr;
  }
  std::size_t size() const { return places_.size() - free_.size(); }

 private:
  static Transaction* find(const TransactionIndex& keys, const sip::TransactionKey& key);
  // Spreads consecutive ids: side by side they would make one long run to probe and to close.
  static constexpr std::uint64_t hash_of(TransactionId id) {
    return (id * 0x9e3779b97f4a7c15U) >> 32U;
  }
  static std::uint64_t hash_of(std::string_view key) { return std::hash<std::string_view>{}(key); }

  std::deque<std::optional<Transaction>> places_;
  std::vector<std::size_t> free_;
  TransactionIndex ids_;
  TransactionIndex client_keys_;
  TransactionIndex server_keys_;
  TransactionId last_id_ = 0;
};

}  // namespace trapezoid::transaction
