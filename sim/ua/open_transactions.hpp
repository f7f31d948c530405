#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/place_index.hpp"
#include "sim/transaction/transaction_id.hpp"
#include "sim/ua/call.hpp"

namespace trapezoid::ua {

/// What a transaction of a user agent is for.
enum class Purpose : std::uint8_t { Invite, Bye, Cancel, Served };

/// One transaction that the user agent must hear of again.
struct OpenTransaction {
  transaction::TransactionId id = 0;
  CallNumber call = 0;  ///< 0: none.
  Purpose purpose = Purpose::Served;
  std::string merge_key;  ///< Of a request without To tag that we serve (§8.2.2.2); else empty.
};

/// The open transactions of one user agent, by id and by merge key.
class OpenTransactions {
 public:
  /// `opened.id` is new.
  void add(OpenTransaction opened);
  void remove(transaction::TransactionId id);

  /// Null when there is none; valid until the next `add` or `remove`.
  const OpenTransaction* find(transaction::TransactionId id) const;
  /// Whether a transaction is serving a request with that merge key (§8.2.2.2).
  bool is_served(std::string_view merge_key) const;

 private:
  std::vector<OpenTransaction> places_;
  std::vector<PlaceIndex::Place> free_;
  PlaceIndex ids_;
  PlaceIndex merge_keys_;
};

}  // namespace trapezoid::ua
