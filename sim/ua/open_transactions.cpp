#include "sim/ua/open_transactions.hpp"

#include <functional>
#include <optional>
#include <utility>

namespace trapezoid::ua {

using transaction::TransactionId;

namespace {

std::uint32_t hash_of(std::string_view merge_key) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(merge_key));
}

}  // namespace

void OpenTransactions::add(OpenTransaction opened) {
  if (free_.empty()) {
    free_.push_back(static_cast<PlaceIndex::Place>(places_.size()));
    places_.emplace_back();
  }
  const PlaceIndex::Place place = free_.back();
  free_.pop_back();
  ids_.insert(hash_of_serial(opened.id), place);
  if (!opened.merge_key.empty()) merge_keys_.insert(hash_of(opened.merge_key), place);
  places_[place] = std::move(opened);
}

void OpenTransactions::remove(TransactionId id) {
  const OpenTransaction* const found = find(id);
  if (found == nullptr) return;
  const auto place = static_cast<PlaceIndex::Place>(found - places_.data());
  ids_.erase(hash_of_serial(id), place);
  if (!found->merge_key.empty()) merge_keys_.erase(hash_of(found->merge_key), place);
  places_[place] = {};
  free_.push_back(place);
}

const OpenTransaction* OpenTransactions::find(TransactionId id) const {
  const auto place = ids_.find(
      hash_of_serial(id), [&](PlaceIndex::Place candidate) { return places_[candidate].id == id; });
  return place ? &places_[*place] : nullptr;
}

bool OpenTransactions::is_served(std::string_view merge_key) const {
  return merge_keys_
      .find(hash_of(merge_key),
            [&](PlaceIndex::Place candidate) { return places_[candidate].merge_key == merge_key; })
      .has_value();
}

}  // namespace trapezoid::ua
