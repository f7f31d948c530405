#pragma once

// Private to the layer: where its transactions live and how they are found.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/transaction/transaction.hpp"

namespace trapezoid::transaction {

/// Finds the places of transactions by a hash and a test: a table with open addressing, linear
/// probing, at most half full. It cannot be iterated, so that no order ever depends on a hash.
class TransactionIndex {
 public:
  using Place = std::uint32_t;

  template <class Test>
  std::optional<Place> find(std::uint32_t hash, const Test& is_wanted) const {
    if (slots_.empty()) return std::nullopt;
    for (std::size_t i = hash & mask(); slots_[i].number != 0; i = (i + 1) & mask())
      if (slots_[i].hash == hash && is_wanted(slots_[i].number - 1)) return slots_[i].number - 1;
    return std::nullopt;
  }
  void insert(std::uint32_t hash, Place place);
  /// Does nothing when it is not there.
  void erase(std::uint32_t hash, Place place);

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  // of the place, from 1; 0: free
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
  Transaction* find_client(const sip::TransactionKey& key) const {
    return find(client_keys_, key, hash_of(key));
  }
  Transaction* find_server(const std::optional<sip::TransactionKey>& key) const {
    return key ? find(server_keys_, *key, hash_of(*key)) : nullptr;
  }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kChunkSize = 32;
  using Chunk = std::array<std::optional<Transaction>, kChunkSize>;

  std::optional<Transaction>& at(std::uint32_t place) const {
    return (*chunks_[place / kChunkSize])[place % kChunkSize];
  }
  std::uint32_t take_place();
  Transaction* find(const TransactionIndex& keys, const sip::TransactionKey& key,
                    std::uint32_t hash) const;
  // Eight consecutive ids stand side by side, in one line of the cache; what follows them is far
  // away, for one long run would be long to probe and to close.
  static constexpr std::uint32_t hash_of(TransactionId id) {
    const std::uint64_t group = (id >> 3U) * 0x9e3779b97f4a7c15U >> 32U;
    return static_cast<std::uint32_t>(group << 3U | (id & 7U));
  }
  static std::uint32_t hash_of(std::string_view key) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(key));
  }

  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::vector<std::uint32_t> free_;
  std::size_t size_ = 0;
  TransactionIndex ids_;
  TransactionIndex client_keys_;
  TransactionIndex server_keys_;
  TransactionId last_id_ = 0;
};

}  // namespace trapezoid::transaction
