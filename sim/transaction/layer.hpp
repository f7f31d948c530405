#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/connection.hpp"
#include "sim/base/identifiers.hpp"
#include "sim/base/notice.hpp"
#include "sim/base/timer_queue.hpp"
#include "sim/sip/keys.hpp"
#include "sim/sip/message.hpp"
#include "sim/transaction/timers.hpp"
#include "sim/transaction/transaction_user.hpp"

namespace trapezoid::transaction {

/// What travels beside the bytes of a message: for the trace, and for the report of a failure.
struct SendInfo {
  TransactionId transaction = 0;  ///< 0: sent outside of any (the ACK to a 2xx, stateless answers).
  bool is_retransmission = false;
};

/// The transport as the layer sees it (RFC 3261 §18): implemented by `element/`. Bytes are copied
/// during the call. A failure comes back later as `Layer::handle_transport_error`.
class MessageSender {
 public:
  virtual ~MessageSender() = default;
  virtual void send_request(std::string_view bytes, const TransportAddress& to,
                            const SendInfo& info, const Context& context) = 0;
  /// On the connection the request came on while it is open, else as §18.2.2 says.
  virtual void send_response(const sip::Response& response, const Source& to, const SendInfo& info,
                             const Context& context) = 0;
  /// The `sent-by` of this element for a transport, "client.atlanta.example.com:5060".
  virtual std::string_view sent_by(Transport transport) const = 0;
};

/// The transaction layer, RFC 3261 §17: matches messages to transactions (§17.1.3, §17.2.3), runs
/// the four machines and hands the rest to the transaction user.
class Layer {
 public:
  /// None of the arguments is owned; all outlive the layer. `timer_values` holds T1, T2, T4.
  Layer(TransactionUser& user, MessageSender& sender, TimerQueue& timers, Identifiers& identifiers,
        const TimerValues& timer_values);
  ~Layer();
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  // From the transport.

  /// A valid request (`sip::validate` found nothing): absorbed by its transaction, or the start of
  /// a new one. An ACK to a 2xx goes straight to the user.
  void handle_request(sip::Request request, const Source& source, const Context& context);
  /// The same with the request's key, which was made before.
  void handle_request(sip::Request request, std::optional<sip::TransactionKey> key,
                      const Source& source, const Context& context);
  /// A valid response whose topmost Via is this element's. One that matches no client transaction
  /// is dropped, with a notice (RFC 6026 §8.9).
  void handle_response(const sip::Response& response, const Source& source, const Context& context);
  /// The same with the response's key, which was made before.
  void handle_response(const sip::Response& response, const sip::TransactionKey& key,
                       const Context& context);
  /// The bytes of this transaction's last message could not be delivered (§18.4).
  void handle_transport_error(TransactionId id, const Context& context);
  /// A timer of the layer (`kTransactionTimer`) is due.
  void handle_timer(const DueTimer& timer, const Context& context);

  // From the transaction user.

  /// Starts a client transaction: puts this element's Via on top, with a new branch (§8.1.1.7,
  /// §16.6 step 8), and sends. `request` must be complete otherwise and must not be an ACK.
  TransactionId send_request(sip::Request request, const TransportAddress& to,
                             const Context& context);
  /// Sends an ACK to a 2xx (§13.2.2.4), or forwards one (§16.6): a Via with a new branch, and no
  /// transaction. Returns the bytes sent, for the user to send again when the 2xx comes again.
  std::string send_ack(sip::Request ack, const TransportAddress& to, const Context& context);
  /// Sends the bytes of such an ACK again.
  void resend_ack(std::string_view bytes, const TransportAddress& to, const Context& context);
  /// CANCELs a pending INVITE client transaction, §9.1: same Request-URI, Call-ID, To, From, CSeq
  /// number, topmost Via and Route, and no credentials. Returns the CANCEL's own transaction; 0
  /// when the INVITE has no provisional response yet or has a final one: the user tries again when
  /// a provisional comes.
  TransactionId send_cancel(TransactionId invite, const Context& context);
  /// Sends a response of a server transaction. After a 2xx to an INVITE the same 2xx may be given
  /// again (§13.3.1.4): it is sent each time.
  void send_response(TransactionId id, const sip::Response& response, const Context& context);
  /// The same with a response that is needed no more.
  void send_response(TransactionId id, sip::Response&& response, const Context& context);

  /// The request of a transaction as it was sent or received; null when `id` is over, or the
  /// request was forgotten.
  const sip::Request* find_request(TransactionId id) const;
  /// Says that the user needs the request of this transaction no more: its memory is given back
  /// while the transaction lingers. Does nothing before the final response.
  void forget_request(TransactionId id);
  /// Whether the server transaction has had a final response; true when `id` is over.
  bool has_final_response(TransactionId id) const;
  /// The INVITE server transaction that a CANCEL matches, §9.2; 0 if none.
  TransactionId find_cancelled(const sip::Request& cancel) const;

  std::size_t size() const;  ///< Transactions that exist now.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace trapezoid::transaction
