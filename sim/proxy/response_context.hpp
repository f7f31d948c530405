#pragma once

#include <list>
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
  std::string target;                     ///< A URI of the target set.
  std::vector<TransportAddress> untried;  ///< Where else the target may be reached (RFC 3263 §4.3).
  bool has_provisional = false;
  bool is_cancelled = false;  ///< CANCEL is due or was sent, §16.10.
  bool cancel_is_sent = false;
  bool is_terminated = false;                   ///< Its client transaction is over.
  bool has_success = false;                     ///< A 2xx came and was forwarded.
  std::optional<sip::Response> final_response;  ///< The non-2xx one, without this proxy's Via.
  TimerId timer_c = 0;

  bool is_pending() const { return !has_success && !final_response; }
};

/// What a stateful proxy remembers about one request, §16.6: who asked, whom it asked, and what
/// they said.
struct ResponseContext {
  ResponseContext(transaction::TransactionId server_id, sip::Request request)
      : server(server_id),
        is_invite(request.method_id() == sip::MethodId::Invite),
        received(std::move(request)) {}

  transaction::TransactionId server;
  bool is_invite;
  /// As it came, after §16.4; nothing once it is answered and nobody is asked any more.
  std::optional<sip::Request> received;
  std::vector<std::vector<std::string>>
      waiting;                 ///< Targets by falling q: one group after another.
  std::list<Branch> branches;  ///< References stay valid when it grows.
  bool has_sent_final = false;
  bool is_closed_to_targets = false;  ///< After a 2xx, a 6xx or a CANCEL: no new branches.
  bool server_is_terminated = false;

  bool has_pending() const;
  /// Whether nobody needs the context any more.
  bool is_over() const;
  /// The response to send when every branch has ended, §16.7 step 6: a 6xx if there is one, else
  /// the lowest class, within it one that tells the caller what to do; its challenges are those of
  /// all branches (step 7). Empty when there is none.
  std::optional<sip::Response> best_response() const;
};

}  // namespace trapezoid::proxy
