#pragma once

#include <cstddef>
#include <vector>

#include "sim/ua/core.hpp"

namespace trapezoid::ua {

/// The user agent client, RFC 3261 §8.1 and §13.2: places calls, and hears the responses to every
/// request that this user agent sent, BYE of a callee included.
class Uac {
 public:
  explicit Uac(Core& core) : core_(core) {}

  /// Sets a timer for the first scripted call.
  void start(const Context& context);
  /// Sets a timer for the next scripted call, and places the one of that index.
  void begin_scripted_call(std::size_t index, const Context& context);

  void handle_response(Call& call, Purpose purpose, transaction::TransactionId id,
                       const sip::Response& response, const Context& context);
  /// No final response (`TimedOut`) or no way to the server (`Failed`, 503), §8.1.3.1.
  void handle_failure(Call& call, Purpose purpose, transaction::TransactionId id,
                      const Outcome& outcome, const Context& context);

  /// The user will not wait any longer: CANCEL, §9.1.
  void give_up(Call& call, const Context& context);
  /// 64*T1 after the CANCEL: the call counts as cancelled without a final response, §9.1.
  void stop_waiting(Call& call, const Context& context);

 private:
  void set_next_call_timer(const Context& context);
  void place_call(std::size_t index, const Context& context);
  sip::Request make_invite(Call& call, const ScriptedCall& script);
  void handle_provisional(Call& call, const sip::Response& response, const Context& context);
  void handle_success(Call& call, transaction::TransactionId id, const sip::Response& response,
                      const Context& context);
  void handle_rejection(Call& call, transaction::TransactionId id, const sip::Response& response,
                        const Context& context);
  static Leg* confirm_leg(Call& call, const sip::Request& invite, const sip::Response& success,
                          const Context& context);
  std::optional<sdp::Mismatch> settle_session(Call& call, const sip::Response& success,
                                              std::string& answer);
  /// After the ACK: the session begins, or the dialog is not wanted and ends with a BYE.
  void conclude(Call& call, Leg& leg, bool is_wanted, const std::optional<sdp::Mismatch>& mismatch,
                const Context& context);
  void handle_bye_response(Call& call, transaction::TransactionId id, const sip::Response& response,
                           const Context& context);
  bool takes_challenge(const sip::Request& sent, const sip::Response& response,
                       const Context& context);
  sip::Request make_retry(const sip::Request& sent, std::uint32_t sequence_number);
  void send_cancel(Call& call, const Context& context);

  Core& core_;
  std::vector<std::size_t> by_date_;  // the scripted calls
  std::size_t next_call_ = 0;         // the first of by_date_ without a timer
  Instant started_at_{};
};

}  // namespace trapezoid::ua
