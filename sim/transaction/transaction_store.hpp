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

#include "sim/base/place_index.hpp"
#include "sim/transaction/transaction.hpp"

namespace trapezoid::transaction {

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
  Transaction* find(const PlaceIndex& keys, const sip::TransactionKey& key,
                    std::uint32_t hash) const;
  static std::uint32_t hash_of(std::string_view key) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(key));
  }

  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::vector<std::uint32_t> free_;
  std::size_t size_ = 0;
  PlaceIndex ids_;
  PlaceIndex client_keys_;
  PlaceIndex server_keys_;
  TransactionId last_id_ = 0;
};

}  // namespace trapezoid::transaction
