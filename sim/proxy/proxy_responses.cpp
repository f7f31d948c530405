// The response side of the proxy core: RFC 3261 §16.7 to §16.10.
#include <utility>

#include "sim/proxy/proxy.hpp"
#include "sim/sip/headers/via.hpp"
#include "sim/sip/make_response.hpp"

namespace trapezoid::proxy {

using sip::HeaderId;
using transaction::TransactionId;

namespace {
constexpr std::uint8_t kTimerC = 1;
}  // namespace

Proxy::Place Proxy::find_branch(TransactionId client) const {
  ResponseContext* response_context = contexts_.find(client);
  if (response_context == nullptr) return {};
  return {response_context, response_context->find_branch(client)};
}

// §16.7 Response Processing.
void Proxy::handle_response(TransactionId id, const sip::Response& response,
                            const Context& context) {
  const auto [response_context, branch] = find_branch(id);  // 1. find the context
  if (branch == nullptr) return;                            // the answer to a CANCEL of this proxy
  const sip::StatusCode status = response.status();
  if (sip::is_provisional(status)) {
    branch->has_provisional = true;
    if (status != 100 && branch->timer_c != 0 && !branch->cancel_is_sent)
      restart_timer(*branch, config_.timer_c, "C", context);  // 2. timer C
    if (branch->is_cancelled && !branch->cancel_is_sent) cancel_pending(*response_context, context);
  }
  sip::Response copy = response;
  copy.headers().remove_value(HeaderId::Via, 0);  // 3. Via
  if (!copy.headers().has(HeaderId::Via)) {       // not a response to what was forwarded
    if (sip::is_final(status)) fail_branch(*response_context, *branch, 502, context);
    return;
  }

  if (sip::is_provisional(status)) {                         // 5. at once:
    if (status != 100 && !response_context->has_sent_final)  //    101 to 199
      layer_->send_response(response_context->server, std::move(copy), context);
    return;
  }
  timers_->cancel(std::exchange(branch->timer_c, 0));
  if (!sip::is_success(status)) {
    if (status == 503 && branch->is_pending() &&
        try_next_address(*response_context, *branch, context))
      return;
    accept_final(*response_context, *branch, std::move(copy), context);  // 4. add to context
    return;
  }
  branch->has_success = true;
  forward_success(*response_context, copy, context);
}

// A 2xx goes up at once, whatever else has come: §16.7 steps 5, 9 and 10.
void Proxy::forward_success(ResponseContext& response_context, const sip::Response& copy,
                            const Context& context) {
  // After a final response nothing follows but a 2xx to an INVITE. (One that comes after another
  // final response finds its transaction in a state without an arrow for it, and ends there.)
  if (response_context.has_sent_final && !response_context.is_invite) return;
  response_context.has_sent_final = true;
  layer_->send_response(response_context.server, copy, context);  // 9. forward
  response_context.is_closed_to_targets = true;
  cancel_pending(response_context, context);  // 10. CANCEL the rest
  if (!response_context.has_pending()) forget_requests(response_context);
}

// What lingers after the final response (RFC 6026) needs no request any more.
void Proxy::forget_requests(ResponseContext& response_context) {
  layer_->forget_request(response_context.server);
  for (const Branch& branch : response_context.branches) layer_->forget_request(branch.client);
  response_context.waiting.reset();
}

void Proxy::accept_final(ResponseContext& response_context, Branch& branch, sip::Response response,
                         const Context& context) {
  if (!branch.is_pending()) return;
  const bool is_global_failure = response.status() >= 600;
  branch.final_response = std::make_unique<sip::Response>(std::move(response));
  if (is_global_failure) {  // step 5: no new branches, and the others are cancelled
    response_context.is_closed_to_targets = true;
    cancel_pending(response_context, context);
  }
  forward_next_group(response_context, context);
}

// A final response that this proxy makes itself for a branch: §16.7 step 6, §16.8, §16.9.
void Proxy::fail_branch(ResponseContext& response_context, Branch& branch, sip::StatusCode status,
                        const Context& context) {
  if (!branch.is_pending()) return;
  timers_->cancel(std::exchange(branch.timer_c, 0));
  accept_final(response_context, branch, answer(response_context, status), context);
}

// 6. choose the best, 7. aggregate challenges, 8. Record-Route stays as it is, 9. forward.
void Proxy::finish_if_done(ResponseContext& response_context, const Context& context) {
  if (response_context.has_sent_final || response_context.has_pending()) return;
  if (response_context.waiting && !response_context.is_closed_to_targets) return;
  auto best = response_context.best_response();
  if (!best) return;
  response_context.has_sent_final = true;
  layer_->send_response(response_context.server, std::move(*best), context);
  forget_requests(response_context);
}

// §16.7 step 10, §16.10: an INVITE branch is cancelled once a provisional response has come (§9.1).
void Proxy::cancel_pending(ResponseContext& response_context, const Context& context) {
  if (!response_context.is_invite) return;
  for (Branch& branch : response_context.branches) {
    if (!branch.is_pending() || branch.cancel_is_sent || branch.client == 0) continue;
    branch.is_cancelled = true;
    if (branch.has_provisional) cancel_branch(branch, context);
  }
}

// A branch that does not end after its CANCEL counts as ended some time later (§9.1).
void Proxy::cancel_branch(Branch& branch, const Context& context) {
  branch.is_cancelled = true;
  branch.cancel_is_sent = layer_->send_cancel(branch.client, context) != 0;
  restart_timer(branch, config_.cancel_patience, "cancel_patience", context);
}

// §16.10: the CANCEL is answered here; the branches are cancelled, and their 487 ends the INVITE.
void Proxy::handle_cancel(TransactionId id, const sip::Request& cancel, const Context& context) {
  const TransactionId cancelled = layer_->find_cancelled(cancel);
  if (cancelled == 0) {
    // DEVIATION RFC 3261 §16.10: not forwarded statelessly; this proxy is always stateful, so that
    // a CANCEL without a context has no INVITE behind it anywhere downstream.
    respond(id, cancel, 481, context);
    return;
  }
  respond(id, cancel, 200, context);
  ResponseContext* response_context = contexts_.find(cancelled);
  if (response_context == nullptr) return;  // answered by this proxy itself, §9.2
  response_context->is_closed_to_targets = true;
  cancel_pending(*response_context, context);
}

// §16.8, and the time-out of a client transaction: as if a 408 had come.
void Proxy::handle_timeout(TransactionId id, const Context& context) {
  const auto [response_context, branch] = find_branch(id);
  if (branch == nullptr || !branch->is_pending()) return;
  if (!try_next_address(*response_context, *branch, context))
    fail_branch(*response_context, *branch, 408, context);
}

// §16.9: as if a 503 had come. A response that cannot be delivered is nobody's business any more.
void Proxy::handle_transport_error(TransactionId id, const Context& context) {
  const auto [response_context, branch] = find_branch(id);
  if (branch == nullptr || !branch->is_pending()) return;
  if (!try_next_address(*response_context, *branch, context))
    fail_branch(*response_context, *branch, 503, context);
}

// Nothing to do: the transaction is over, and so is what this proxy had to say.
void Proxy::handle_missing_ack(TransactionId /*id*/, const Context& /*context*/) {}

void Proxy::handle_terminated(TransactionId id, const Context& /*context*/) {
  const auto [response_context, branch] = find_branch(id);
  if (response_context == nullptr) return;
  if (branch != nullptr) {
    branch->is_terminated = true;
    timers_->cancel(std::exchange(branch->timer_c, 0));
  } else {
    response_context->server_is_terminated = true;
  }
  contexts_.remove_id(*response_context, id);
  if (response_context->is_over()) contexts_.erase(*response_context);
}

void Proxy::restart_timer(Branch& branch, Duration span, const char* name, const Context& context) {
  timers_->cancel(branch.timer_c);
  branch.timer_c =
      timers_->set(context, span, {transaction::kUserTimer, kTimerC, branch.client, name});
}

// §16.8 Processing Timer C.
void Proxy::handle_timer(const DueTimer& timer, const Context& context) {
  const auto [response_context, branch] = find_branch(timer.purpose.key);
  if (branch == nullptr) return;
  branch->timer_c = 0;
  if (!branch->is_pending()) return;
  if (branch->has_provisional && !branch->cancel_is_sent)
    cancel_branch(*branch, context);
  else
    fail_branch(*response_context, *branch, 408, context);
}

}  // namespace trapezoid::proxy
