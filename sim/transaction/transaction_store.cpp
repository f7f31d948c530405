#include "sim/transaction/transaction_store.hpp"

#include <utility>

namespace trapezoid::transaction {

std::uint32_t TransactionStore::take_place() {
  if (free_.empty()) {
    const std::size_t first = chunks_.size() * kChunkSize;
    chunks_.push_back(std::make_unique<Chunk>());
    for (std::size_t i = kChunkSize; i > 0; --i)
      free_.push_back(static_cast<std::uint32_t>(first + i - 1));
  }
  const std::uint32_t place = free_.back();
  free_.pop_back();
  return place;
}

Transaction& TransactionStore::add(const AnyMachine& machine, sip::Request request,
                                   sip::TransactionKey key) {
  const std::uint32_t place = take_place();
  Transaction& transaction =
      at(place).emplace(++last_id_, machine, std::move(request), std::move(key));
  transaction.place = place;
  transaction.key_hash = hash_of(transaction.key);
  ++size_;

  PlaceIndex& keys = transaction.is_client() ? client_keys_ : server_keys_;
  if (const Transaction* older = find(keys, transaction.key, transaction.key_hash))
    keys.erase(older->key_hash, older->place);
  keys.insert(transaction.key_hash, place);
  ids_.insert(hash_of_serial(transaction.id), place);
  return transaction;
}

void TransactionStore::erase(TransactionId id) {
  const Transaction* transaction = find(id);
  if (transaction == nullptr) return;
  const std::uint32_t place = transaction->place;
  (transaction->is_client() ? client_keys_ : server_keys_).erase(transaction->key_hash, place);
  ids_.erase(hash_of_serial(id), place);
  at(place).reset();
  free_.push_back(place);
  --size_;
}

Transaction* TransactionStore::find(TransactionId id) const {
  const auto place = ids_.find(hash_of_serial(id),
                               [&](std::uint32_t candidate) { return at(candidate)->id == id; });
  return place ? &*at(*place) : nullptr;
}

Transaction* TransactionStore::find(const PlaceIndex& keys, const sip::TransactionKey& key,
                                    std::uint32_t hash) const {
  const auto place =
      keys.find(hash, [&](std::uint32_t candidate) { return at(candidate)->key == key; });
  return place ? &*at(*place) : nullptr;
}

}  // namespace trapezoid::transaction
