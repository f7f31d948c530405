#pragma once

#include "sim/base/connection.hpp"
#include "sim/base/notice.hpp"
#include "sim/base/timer_queue.hpp"
#include "sim/sip/message.hpp"
#include "sim/transaction/transaction_id.hpp"

namespace trapezoid::transaction {

class Layer;

/// What sits on the transactions (RFC 3261 §5): a user agent core, a proxy core, a registrar.
/// The layer calls it; it answers by calling the layer, now or later. Calls may nest: `send_*`
/// inside a `handle_*` is the normal case. References are valid during the call.
class TransactionUser {
 public:
  virtual ~TransactionUser() = default;

  /// Called once, before anything else. `layer` and `timers` outlive the user. Timers that the user
  /// sets carry `kUserTimer` as their owner.
  virtual void start(Layer& layer, TimerQueue& timers, const Context& context) = 0;

  /// A request that began the server transaction `id`: never an ACK. CANCEL comes here as a
  /// transaction of its own (§9.2).
  virtual void handle_request(TransactionId id, const sip::Request& request, const Source& source,
                              const Context& context) = 0;

  /// An ACK that belongs to no INVITE server transaction in Completed or Confirmed: the ACK to a
  /// 2xx, which is end to end (§13.2.2.4).
  virtual void handle_ack(const sip::Request& ack, const Source& source,
                          const Context& context) = 0;

  /// A response to the client transaction `id`, also each further 2xx while it is in Accepted.
  virtual void handle_response(TransactionId id, const sip::Response& response,
                               const Context& context) = 0;

  /// Timer B or F: no final response came (§17.1). Treat as 408 (§8.1.3.1).
  virtual void handle_timeout(TransactionId id, const Context& context) = 0;

  /// The transport could not deliver: a client transaction's request (treat as 503, §8.1.3.1), or a
  /// server transaction's response.
  virtual void handle_transport_error(TransactionId id, const Context& context) = 0;

  /// Timer H: no ACK came for the non-2xx final response of an INVITE server transaction.
  virtual void handle_missing_ack(TransactionId id, const Context& context) = 0;

  /// The transaction is over and its id means nothing any more.
  virtual void handle_terminated(TransactionId id, const Context& context) = 0;

  /// A timer of this user is due.
  virtual void handle_timer(const DueTimer& timer, const Context& context) = 0;
};

}  // namespace trapezoid::transaction
