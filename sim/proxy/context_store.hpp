#pragma once

// Private to the proxy: where its response contexts live and how they are found.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/base/place_index.hpp"
#include "sim/proxy/response_context.hpp"
#include "sim/transaction/transaction_id.hpp"

namespace trapezoid::proxy {

/// The response contexts of one proxy, by their server transaction and by the client transactions
/// of their branches. References stay valid until `erase`.
class ContextStore {
 public:
  ResponseContext& add(transaction::TransactionId server, bool is_invite);
  /// Makes the context known by a client transaction of one of its branches.
  void add_client(const ResponseContext& response_context, transaction::TransactionId client);
  /// The context is known by this transaction no more. Does nothing when it was not.
  void remove_id(const ResponseContext& response_context, transaction::TransactionId id);
  /// All its transactions must have been removed.
  void erase(const ResponseContext& response_context);

  /// The context with this server or client transaction; null when there is none.
  ResponseContext* find(transaction::TransactionId id) const;
  std::size_t size() const { return contexts_.size() - free_.size(); }

 private:
  std::vector<std::unique_ptr<ResponseContext>> contexts_;  // by place
  std::vector<std::uint32_t> free_;
  PlaceIndex ids_;
};

}  // namespace trapezoid::proxy
