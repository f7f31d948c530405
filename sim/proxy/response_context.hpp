#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/timer_queue.hpp"
#include "sim/base/transport_address.hpp"
#include "sim/sip/message.hpp"
#include "sim/transaction/transaction_user.hpp"

namespace trapezoid::proxy {

/// One forwarded request: a client transaction and what came back on it.
struct Branch {
  transaction::TransactionId client = 0;  ///< 0 when it could not be sent.
  std::vector<TransportAddress> untried;  ///< Where else the target may be reached (RFC 3263 §4.3).
  bool has_provisional = false;
  bool is_cancelled = false;  ///< CANCEL is due or was sent, §16.10.
  bool cancel_is_sent = false;
  bool is_terminated = false;                     ///< Its client transaction is over.
  bool has_success = false;                       ///< A 2xx came and was forwarded.
  std::unique_ptr<sip::Response> final_response;  ///< The non-2xx one, without this proxy's Via.
  TimerId timer_c = 0;

  bool is_pending() const { return !has_success && !final_response; }
};

/// Whom a proxy has not asked yet, and what it will ask.
struct Waiting {
  sip::Request received;                         ///< As it came, after §16.4.
  std::vector<std::vector<std::string>> groups;  ///< Targets by falling q, a group at a time.
};

/// What a stateful proxy remembers about one request, §16.6: who asked, whom it asked, and what
/// they said.
struct ResponseContext {
  ResponseContext(transaction::TransactionId server_id, bool is_for_invite)
      : server(server_id), is_invite(is_for_invite) {}

  transaction::TransactionId server;
  std::unique_ptr<Waiting> waiting;  ///< Null when nobody is left to ask.
  std::list<Branch> branches;        ///< References stay valid when it grows.
  std::uint32_t place = 0;           ///< In the proxy's store.
  bool is_invite;
  bool has_sent_final = false;
  bool is_closed_to_targets = false;  ///< After a 2xx, a 6xx or a CANCEL: no new branches.
  bool server_is_terminated = false;

  /// The branch with this client transaction; null when there is none.
  Branch* find_branch(transaction::TransactionId client);
  bool has_pending() const;
  /// Whether nobody needs the context any more.
  bool is_over() const;
  /// The response to send when every branch has ended, §16.7 step 6: a 6xx if there is one, else
  /// the lowest class, within it one that tells the caller what to do; its challenges are those of
  /// all branches (step 7). Empty when there is none.
  std::optional<sip::Response> best_response() const;
};

}  // namespace trapezoid::proxy
