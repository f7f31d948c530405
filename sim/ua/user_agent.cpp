#include "sim/ua/user_agent.hpp"

#include <utility>

#include "sim/ua/core.hpp"
#include "sim/ua/uac.hpp"
#include "sim/ua/uas.hpp"

namespace trapezoid::ua {

struct UserAgent::State {
  State(UserAgentConfig config, resolve::Resolver& resolver, Identifiers& identifiers,
        const transaction::TimerValues& values)
      : core(std::move(config), resolver, identifiers, values) {}

  /// Hands a failure of a client transaction to the caller's side.
  void fail(transaction::TransactionId id, const Outcome& outcome, const Context& context) {
    const Core::Visit visit(core);
    const OpenTransaction* open = core.find_transaction(id);
    Call* call = open == nullptr ? nullptr : core.find_call(open->call);
    if (call != nullptr) uac.handle_failure(*call, open->purpose, id, outcome, context);
  }

  Core core;
  Uac uac{core};
  Uas uas{core};
};

UserAgent::UserAgent(UserAgentConfig config, resolve::Resolver& resolver, Identifiers& identifiers,
                     const transaction::TimerValues& timer_values)
    : state_(std::make_unique<State>(std::move(config), resolver, identifiers, timer_values)) {}

UserAgent::~UserAgent() = default;

void UserAgent::start(transaction::Layer& layer, TimerQueue& timers, const Context& context) {
  state_->core.layer = &layer;
  state_->core.timers = &timers;
  state_->uac.start(context);
}

void UserAgent::handle_request(transaction::TransactionId id, const sip::Request& request,
                               const Source& /*source*/, const Context& context) {
  const Core::Visit visit(state_->core);
  state_->uas.handle_request(id, request, context);
}

void UserAgent::handle_ack(const sip::Request& ack, const Source& /*source*/,
                           const Context& context) {
  const Core::Visit visit(state_->core);
  state_->uas.handle_ack(ack, context);
}

void UserAgent::handle_response(transaction::TransactionId id, const sip::Response& response,
                                const Context& context) {
  const Core::Visit visit(state_->core);
  const OpenTransaction* open = state_->core.find_transaction(id);
  Call* call = open == nullptr ? nullptr : state_->core.find_call(open->call);
  if (call != nullptr) state_->uac.handle_response(*call, open->purpose, id, response, context);
}

// §8.1.3.1 Transaction Layer Errors: as 408 and as 503.
void UserAgent::handle_timeout(transaction::TransactionId id, const Context& context) {
  state_->fail(id, {Outcome::Kind::TimedOut, 408}, context);
}

void UserAgent::handle_transport_error(transaction::TransactionId id, const Context& context) {
  state_->fail(id, {Outcome::Kind::Failed, 503}, context);
}

void UserAgent::handle_missing_ack(transaction::TransactionId /*id*/, const Context& context) {
  Core::decide("§17.2.1: no ACK came for the final response; the call is over all the same",
               context);
}

void UserAgent::handle_terminated(transaction::TransactionId id, const Context& /*context*/) {
  const Core::Visit visit(state_->core);
  state_->core.close(id);
}

void UserAgent::handle_timer(const DueTimer& timer, const Context& context) {
  const Core::Visit visit(state_->core);
  const auto kind = static_cast<UserTimer>(timer.purpose.kind);
  if (kind == UserTimer::StartCall) {
    state_->uac.begin_scripted_call(static_cast<std::size_t>(timer.purpose.key), context);
    return;
  }
  Call* call = state_->core.find_call(timer.purpose.key);
  if (call == nullptr) return;
  call->timers[timer.purpose.kind] = 0;
  switch (kind) {
    case UserTimer::RingAfter: state_->uas.ring(*call, context); break;
    case UserTimer::AnswerAfter: state_->uas.answer(*call, context); break;
    case UserTimer::HangUp: state_->core.hang_up(*call, {Outcome::Kind::Ended, 0}, context); break;
    case UserTimer::Patience: state_->uac.give_up(*call, context); break;
    case UserTimer::CancelWait: state_->uac.stop_waiting(*call, context); break;
    case UserTimer::Expires: state_->uas.expire(*call, context); break;
    case UserTimer::Success: state_->uas.repeat_success(*call, context); break;
    case UserTimer::StartCall: break;
  }
}

std::size_t UserAgent::call_count() const {
  return state_->core.call_count();
}

}  // namespace trapezoid::ua
