#include "sim/ua/uac.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sim/sip/headers/cseq.hpp"
#include "sim/sip/keys.hpp"
#include "sim/ua/session.hpp"

namespace trapezoid::ua {

using dialog::DialogEvent;
using sip::HeaderId;
using transaction::TransactionId;

void Uac::start(const Context& context) {
  const auto& calls = core_.config.calls;
  by_date_.resize(calls.size());
  std::iota(by_date_.begin(), by_date_.end(), std::size_t{0});
  std::stable_sort(by_date_.begin(), by_date_.end(),
                   [&](std::size_t a, std::size_t b) { return calls[a].at < calls[b].at; });
  started_at_ = context.now;
  set_next_call_timer(context);
}

// One timer at a time, however long the script is; each counts as armed at the start.
void Uac::set_next_call_timer(const Context& context) {
  if (next_call_ == by_date_.size()) return;
  const std::size_t index = by_date_[next_call_++];
  core_.timers->set(Context{started_at_, 0, context.notices},
                    core_.config.calls[index].at - started_at_,
                    {transaction::kUserTimer, static_cast<std::uint8_t>(UserTimer::StartCall),
                     index, "action:call"});
}

void Uac::begin_scripted_call(std::size_t index, const Context& context) {
  set_next_call_timer(context);
  place_call(index, context);
}

void Uac::place_call(std::size_t index, const Context& context) {
  const ScriptedCall& script = core_.config.calls[index];
  const auto own = sip::parse_uri(core_.config.address_of_record);
  const std::string call_id =
      core_.identifiers.next_call_id(own ? own->host_port.host : core_.host());
  Call& call = core_.begin_call(Call::Role::Caller, call_id, core_.identifiers.next_tag());
  call.hang_up_after = script.hang_up_after;
  Core::report_call(call, "attempt", context);
  if (core_.config.patience)
    core_.set_timer(call, UserTimer::Patience, *core_.config.patience, "patience", context);

  // §8.1.2 Sending the Request: to the first route, else to the Request-URI.
  const auto& proxies = core_.config.outbound_proxies;
  call.invite =
      core_.send(call, make_invite(call, script), proxies.empty() ? script.to_uri : proxies.front(),
                 Purpose::Invite, context);
  if (call.invite == 0) core_.end(call, {Outcome::Kind::Failed, 503}, DialogEvent::Error, context);
}

// §8.1.1 Generating the Request, with what §13.2.1 adds for an INVITE. The fields stand in the
// order of RFC 3665's examples, the numbers are those of the section.
sip::Request Uac::make_invite(Call& call, const ScriptedCall& script) {
  // 1. Request-URI, 6. Max-Forwards, and the pre-loaded Route.
  sip::Request invite =
      dialog::make_routed_request(sip::MethodId::Invite, script.to_uri, core_.routes());
  sip::Headers& headers = invite.headers();
  // 3. From, with our tag.
  std::string from(core_.own_address());
  from += ";tag=";
  from += call.local_tag;
  headers.append_text(HeaderId::From, from);
  // 2. To, without a tag: there is no dialog yet.
  headers.append_text(HeaderId::To,
                      written_address(script.to_display_name, identity_form(script.to_uri)));
  // 4. Call-ID
  headers.append_text(HeaderId::CallId, call.call_id);
  // 5. CSeq
  headers.append(sip::CSeq{core_.config.first_sequence_number, sip::MethodId::Invite});
  // 7. Via: the transaction layer's.
  // 8. Contact: one SIP or SIPS URI.
  headers.append_text(HeaderId::Contact, core_.contact_value());
  // 9. Supported; Require: nothing is required. §13.2.1: Allow, Accept.
  core_.add_features(headers);
  // 10. Additional message components. Expires: none, the user's patience is a timer.
  core_.add_product(headers, HeaderId::UserAgent);
  core_.complete(invite, script.has_offer ? make_offer(core_, call) : std::string());
  return invite;
}

void Uac::handle_response(Call& call, Purpose purpose, TransactionId id,
                          const sip::Response& response, const Context& context) {
  switch (purpose) {
    case Purpose::Invite: break;
    case Purpose::Bye: handle_bye_response(call, id, response, context); return;
    case Purpose::Cancel:          // §9.1: the INVITE's own response decides
    case Purpose::Served: return;  // no client transaction
  }
  if (sip::is_provisional(response.status()))
    handle_provisional(call, response, context);
  else if (sip::is_success(response.status()))
    handle_success(call, id, response, context);
  else
    handle_rejection(call, id, response, context);
}

// §13.2.2.1 1xx Responses.
void Uac::handle_provisional(Call& call, const sip::Response& response, const Context& context) {
  if (call.phase != Call::Phase::Inviting) return;
  if (call.is_cancelled) send_cancel(call, context);  // §9.1: now it may be sent
  const std::string_view tag = sip::to_tag(response.headers());
  if (response.status() == 100 || tag.empty()) return;
  if (Core::find_leg(call, tag) != nullptr) return;
  const sip::Request* invite = core_.layer->find_request(call.invite);
  if (invite == nullptr) return;
  auto dialog = dialog::make_uac_dialog(*invite, response);
  if (!dialog) {
    Core::decide("§12.1.2: no early dialog: " + sip::to_string(dialog.error()), context);
    return;
  }
  Core::report_dialog(Core::add_leg(call, *std::move(dialog)), {}, context);
}

// §13.2.2.4 2xx Responses.
void Uac::handle_success(Call& call, TransactionId id, const sip::Response& response,
                         const Context& context) {
  Leg* leg = Core::find_leg(call, sip::to_tag(response.headers()));
  if (leg != nullptr && !leg->ack.empty()) {
    core_.layer->resend_ack(leg->ack, leg->ack_to, context);  // the 2xx came again
    return;
  }
  if (leg != nullptr && leg->dialog.state == dialog::Dialog::State::Confirmed) return;
  const sip::Request* invite = core_.layer->find_request(id);
  if (invite == nullptr) return;
  core_.credentials.handle_acceptance(*invite);
  const bool is_wanted = call.phase == Call::Phase::Inviting && !call.is_cancelled;
  leg = confirm_leg(call, *invite, response, context);
  if (leg == nullptr) {
    core_.end(call, {Outcome::Kind::Failed, 500}, DialogEvent::Error, context);
    return;
  }

  std::string answer;
  const auto mismatch = settle_session(call, response, answer);
  sip::Request ack = dialog::make_ack_for_2xx(leg->dialog, *invite);
  core_.add_product(ack.headers(), HeaderId::UserAgent);
  ack.set_body(answer, answer.empty() ? std::string_view{} : kSdp);
  const auto server = core_.locate(dialog::next_hop_uri(leg->dialog), context);
  if (!server) {
    core_.end(call, {Outcome::Kind::Failed, 503}, DialogEvent::Error, context);
    return;
  }
  leg->ack_to = *server;
  leg->ack = core_.layer->send_ack(std::move(ack), *server, context);
  conclude(call, *leg, is_wanted, mismatch, context);
}

void Uac::conclude(Call& call, Leg& leg, bool is_wanted,
                   const std::optional<sdp::Mismatch>& mismatch, const Context& context) {
  if (is_wanted) {
    call.phase = Call::Phase::Talking;
    core_.cancel_timer(call, UserTimer::Patience);
    Core::report_call(call, "answered", context);
    if (mismatch) {
      Core::decide("§13.2.2.4: the session is unacceptable: " + mismatch->text, context);
      core_.hang_up(call, {Outcome::Kind::Failed, 488}, context);
      return;
    }
    Core::set_media(call, true, context);
    core_.set_hang_up_timer(call, context);
    return;
  }
  Core::decide(call.is_cancelled ? "§9.1: the 2xx crossed the CANCEL: BYE"
                                 : "§13.2.2.4: a further 2xx is not wanted: BYE",
               context);
  core_.send_bye(call, leg, context);
  Core::change_dialog(leg, DialogEvent::LocalBye, context);
  if (call.is_cancelled)
    core_.end(call, {Outcome::Kind::Abandoned, 0}, DialogEvent::Cancelled, context);
}

Leg* Uac::confirm_leg(Call& call, const sip::Request& invite, const sip::Response& success,
                      const Context& context) {
  if (Leg* leg = Core::find_leg(call, sip::to_tag(success.headers()))) {
    const auto from = leg->dialog.state;
    dialog::confirm(leg->dialog, success);
    Core::report_dialog(*leg, dialog::name_of(from), context);
    return leg;
  }
  auto dialog = dialog::make_uac_dialog(invite, success);
  if (!dialog) {
    Core::decide("§12.1.2: no dialog: " + sip::to_string(dialog.error()), context);
    return nullptr;
  }
  Leg& leg = Core::add_leg(call, *std::move(dialog));
  Core::report_dialog(leg, {}, context);
  return &leg;
}

// §13.2.1: the 2xx has the answer to our offer, or an offer that the ACK must answer.
std::optional<sdp::Mismatch> Uac::settle_session(Call& call, const sip::Response& success,
                                                 std::string& answer) {
  const std::string_view description = description_in(success);
  if (call.session == dialog::OfferAnswer::OfferSent) return take_answer(call, description);
  const sip::Request* invite = core_.layer->find_request(call.invite);
  if (invite == nullptr || !invite->body().empty()) return std::nullopt;  // a fork of our offer
  if (description.empty()) return sdp::Mismatch{"the 2xx has no offer"};
  const auto made = make_answer(core_, call, description);
  answer = made ? *made : make_refusal(core_, description);
  if (made) return std::nullopt;
  return made.error();
}

// §13.2.2.2 and §13.2.2.3: 3xx, 4xx, 5xx and 6xx Responses. The layer has sent the ACK.
void Uac::handle_rejection(Call& call, TransactionId id, const sip::Response& response,
                           const Context& context) {
  if (call.phase != Call::Phase::Inviting || id != call.invite) return;
  const sip::Request* sent = core_.layer->find_request(id);
  if (sent != nullptr && takes_challenge(*sent, response, context) && !call.is_cancelled) {
    const auto cseq = sent->headers().first<sip::CSeq>();
    for (Leg& leg : call.legs) Core::change_dialog(leg, DialogEvent::Rejected, context);
    call.legs.clear();
    const auto& proxies = core_.config.outbound_proxies;
    const std::string next_hop(proxies.empty() ? sent->request_uri_text()
                                               : std::string_view(proxies.front()));
    call.invite = core_.send(call, make_retry(*sent, cseq ? cseq->number + 1 : 1), next_hop,
                             Purpose::Invite, context);
    if (call.invite == 0)
      core_.end(call, {Outcome::Kind::Failed, 503}, DialogEvent::Error, context);
    return;
  }
  // DEVIATION RFC 3261 §8.1.3.4: the contacts of a 3xx are not tried; the call fails with it.
  if (call.is_cancelled && response.status() == 487)
    core_.end(call, {Outcome::Kind::Abandoned, 0}, DialogEvent::Cancelled, context);
  else
    core_.end(call, {Outcome::Kind::Failed, response.status()}, DialogEvent::Rejected, context);
}

// §8.1.3.5, §22.1: whether a 401 or 407 can be answered.
bool Uac::takes_challenge(const sip::Request& sent, const sip::Response& response,
                          const Context& context) {
  if (response.status() != 401 && response.status() != 407) {
    core_.credentials.handle_acceptance(sent);
    return false;
  }
  const auto outcome = core_.credentials.handle_challenge(sent, response);
  Core::decide("§22.1: " + outcome.reason, context);
  return outcome.can_retry;
}

// §22.2: the same request again - Call-ID, To, From - with credentials and the next CSeq. The
// transaction layer gives it a branch of its own.
sip::Request Uac::make_retry(const sip::Request& sent, std::uint32_t sequence_number) {
  sip::Request retry = sent;
  sip::Headers& headers = retry.headers();
  headers.remove_value(HeaderId::Via, 0);
  headers.set(sip::CSeq{sequence_number, sent.method()});
  core_.complete(retry, sent.body());
  return retry;
}

// §15.1.1: the session ended with the BYE; its response changes nothing, but a challenge is
// answered.
void Uac::handle_bye_response(Call& call, TransactionId id, const sip::Response& response,
                              const Context& context) {
  if (sip::is_provisional(response.status())) return;
  const sip::Request* sent = core_.layer->find_request(id);
  if (sent == nullptr || !takes_challenge(*sent, response, context)) return;
  Leg* leg = Core::find_leg(call, sip::to_tag(sent->headers()));
  if (leg == nullptr) return;
  const std::uint32_t number = leg->dialog.local_sequence_number.value_or(0) + 1;
  leg->dialog.local_sequence_number = number;
  core_.send(call, make_retry(*sent, number), dialog::next_hop_uri(leg->dialog), Purpose::Bye,
             context);
}

void Uac::handle_failure(Call& call, Purpose purpose, TransactionId id, const Outcome& outcome,
                         const Context& context) {
  // Of a BYE or CANCEL: the call is over all the same (§15.1.1, §9.1).
  if (purpose != Purpose::Invite || id != call.invite) return;
  if (call.phase != Call::Phase::Inviting) return;
  if (call.is_cancelled)
    core_.end(call, {Outcome::Kind::Abandoned, 0}, DialogEvent::Cancelled, context);
  else
    core_.end(call, outcome, DialogEvent::Error, context);
}

void Uac::give_up(Call& call, const Context& context) {
  if (call.phase != Call::Phase::Inviting || call.is_cancelled) return;
  call.is_cancelled = true;
  send_cancel(call, context);
}

void Uac::send_cancel(Call& call, const Context& context) {
  if (call.timers[static_cast<std::size_t>(UserTimer::CancelWait)] != 0) return;  // was sent
  const TransactionId cancel = core_.layer->send_cancel(call.invite, context);
  if (cancel == 0) {
    Core::decide("§9.1: no CANCEL before a provisional response", context);
    return;
  }
  core_.open(cancel, &call, Purpose::Cancel);
  core_.set_timer(call, UserTimer::CancelWait, 64 * core_.timer_values.t1, "cancel_wait", context);
}

void Uac::stop_waiting(Call& call, const Context& context) {
  if (call.phase == Call::Phase::Inviting)
    core_.end(call, {Outcome::Kind::Abandoned, 0}, DialogEvent::Cancelled, context);
}

}  // namespace trapezoid::ua
