#pragma once

#include <memory>

#include "sim/base/identifiers.hpp"
#include "sim/resolve/resolver.hpp"
#include "sim/transaction/timers.hpp"
#include "sim/transaction/transaction_user.hpp"
#include "sim/ua/config.hpp"

namespace trapezoid::ua {

/// A user agent, RFC 3261 §8, §11, §13 to §15: the core that calls and is called, and the person at
/// it, whose behaviour the configuration describes. It carries any number of calls at once.
///
/// Notices beside those of the layer below:
///   - `Call`: `subject` is the Call-ID, `from` is "caller" or "callee", `text` is "attempt",
///     "answered", or how the call ended: "ended" (it was answered before), "failed 486" (with the
///     final response, 503 for a transport error), "timed out" (no final response, or no ACK),
///     "abandoned" (cancelled by the caller);
///   - `Media`: `subject` is the Call-ID; from the 2xx at the caller, from the ACK at the callee,
///     until a BYE is sent or received;
///   - `State` of dialogs: `subject` is "dialog <Call-ID>;<local tag>;<remote tag>";
///   - `Decision`: choices with their sections.
/// User timers are named after the setting behind them: "ring_after", "answer_after",
/// "hang_up_after", "max_talk", "patience", "expires"; protocol timers of the core are "2xx" and
/// "cancel_wait". A scripted call begins with the timer "action:call".
class UserAgent final : public transaction::TransactionUser {
 public:
  /// `resolver` and `identifiers` are not owned and outlive the user agent.
  UserAgent(UserAgentConfig config, resolve::Resolver& resolver, Identifiers& identifiers,
            const transaction::TimerValues& timer_values);
  ~UserAgent() override;

  void start(transaction::Layer& layer, TimerQueue& timers, const Context& context) override;
  void handle_request(transaction::TransactionId id, const sip::Request& request,
                      const Source& source, const Context& context) override;
  void handle_ack(const sip::Request& ack, const Source& source, const Context& context) override;
  void handle_response(transaction::TransactionId id, const sip::Response& response,
                       const Context& context) override;
  void handle_timeout(transaction::TransactionId id, const Context& context) override;
  void handle_transport_error(transaction::TransactionId id, const Context& context) override;
  void handle_missing_ack(transaction::TransactionId id, const Context& context) override;
  void handle_terminated(transaction::TransactionId id, const Context& context) override;
  void handle_timer(const DueTimer& timer, const Context& context) override;

  /// Calls that exist now, ended ones included as long as they have transactions.
  std::size_t call_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace trapezoid::ua
