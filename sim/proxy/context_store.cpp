#include "sim/proxy/context_store.hpp"

namespace trapezoid::proxy {

using transaction::TransactionId;

ResponseContext& ContextStore::add(TransactionId server, bool is_invite) {
  auto place = static_cast<std::uint32_t>(contexts_.size());
  if (free_.empty()) {
    contexts_.emplace_back();
  } else {
    place = free_.back();
    free_.pop_back();
  }
  contexts_[place] = std::make_unique<ResponseContext>(server, is_invite);
  contexts_[place]->place = place;
  ids_.insert(hash_of_serial(server), place);
  return *contexts_[place];
}

void ContextStore::add_client(const ResponseContext& response_context, TransactionId client) {
  ids_.insert(hash_of_serial(client), response_context.place);
}

void ContextStore::remove_id(const ResponseContext& response_context, TransactionId id) {
  ids_.erase(hash_of_serial(id), response_context.place);
}

void ContextStore::erase(const ResponseContext& response_context) {
  const std::uint32_t place = response_context.place;
  contexts_[place].reset();
  free_.push_back(place);
}

ResponseContext* ContextStore::find(TransactionId id) const {
  const auto place = ids_.find(hash_of_serial(id), [&](std::uint32_t candidate) {
    ResponseContext& response_context = *contexts_[candidate];
    return response_context.server == id || response_context.find_branch(id) != nullptr;
  });
  return place ? contexts_[*place].get() : nullptr;
}

}  // namespace trapezoid::proxy
