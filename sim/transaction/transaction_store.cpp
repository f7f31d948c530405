#include "sim/transaction/transaction_store.hpp"

namespace trapezoid::transaction {

void TransactionIndex::put(const Slot& slot) {
  std::size_t i = slot.hash & mask();
  while (slots_[i].transaction != nullptr) i = (i + 1) & mask();
  slots_[i] = slot;
}

void TransactionIndex::insert(std::uint64_t hash, Transaction& transaction) {
  if (2 * (used_ + 1) > slots_.size()) {
    const std::vector<Slot> old = std::exchange(
        slots_, std::vector<Slot>(slots_.empty() ? std::size_t{16} : 2 * slots_.size()));
    for (const Slot& slot : old)
      if (slot.transaction != nullptr) put(slot);
  }
  put({hash, &transaction});
  ++used_;
}

void TransactionIndex::erase(std::uint64_t hash, TransactionId id) {
  if (slots_.empty()) return;
  std::size_t hole = hash & mask();
  while (slots_[hole].transaction != nullptr &&
         (slots_[hole].hash != hash || slots_[hole].transaction->id != id))
    hole = (hole + 1) & mask();
  if (slots_[hole].transaction == nullptr) return;
  --used_;
  // Moves back each follower that could not stand nearer to its own place because of this one.
  for (std::size_t i = (hole + 1) & mask(); slots_[i].transaction != nullptr;
       i = (i + 1) & mask()) {
    const std::size_t from_home = (i - slots_[i].hash) & mask();
    const std::size_t from_hole = (i - hole) & mask();
    if (from_home < from_hole) continue;
    slots_[hole] = slots_[i];
    hole = i;
  }
  slots_[hole] = {};
}

Transaction& TransactionStore::add(const AnyMachine& machine, sip::Request request,
                                   sip::TransactionKey key) {
  std::size_t place = places_.size();
  if (free_.empty()) {
    places_.emplace_back();
  } else {
    place = free_.back();
    free_.pop_back();
  }
  Transaction& transaction =
      places_[place].emplace(++last_id_, machine, std::move(request), std::move(key));
  transaction.place = place;
  transaction.key_hash = hash_of(transaction.key);

  TransactionIndex& keys = transaction.is_client() ? client_keys_ : server_keys_;
  if (const Transaction* older = find(keys, transaction.key))
    keys.erase(transaction.key_hash, older->id);
  keys.insert(transaction.key_hash, transaction);
  ids_.insert(hash_of(transaction.id), transaction);
  return transaction;
}

void TransactionStore::erase(TransactionId id) {
  const Transaction* transaction = find(id);
  if (transaction == nullptr) return;
  const std::size_t place = transaction->place;
  (transaction->is_client() ? client_keys_ : server_keys_).erase(transaction->key_hash, id);
  ids_.erase(hash_of(id), id);
  places_[place].reset();
  free_.push_back(place);
}

Transaction* TransactionStore::find(TransactionId id) const {
  return ids_.find(hash_of(id),
                   [&](const Transaction& transaction) { return transaction.id == id; });
}

Transaction* TransactionStore::find(const TransactionIndex& keys, const sip::TransactionKey& key) {
  return keys.find(hash_of(key),
                   [&](const Transaction& transaction) { return transaction.key == key; });
}

}  // namespace trapezoid::transaction
