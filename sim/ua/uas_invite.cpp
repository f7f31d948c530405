// The INVITE at its server: RFC 3261 §13.3, §14.2, §15.1.2.

#include <chrono>
#include <memory>
#include <utility>

#include "sim/sip/headers/cseq.hpp"
#include "sim/sip/headers/expires.hpp"
#include "sim/sip/headers/retry_after.hpp"
#include "sim/sip/headers/warning.hpp"
#include "sim/ua/session.hpp"
#include "sim/ua/uas.hpp"

namespace trapezoid::ua {
namespace {

using dialog::DialogEvent;
using sip::HeaderId;

/// A response that is due sooner makes a 100 needless (§17.2.1).
constexpr Duration kSoon = std::chrono::milliseconds(200);
/// A ringing user agent says so again that often (§13.3.1.1).
constexpr Duration kProgress = std::chrono::minutes(1);

std::uint32_t sequence_number_of(const sip::Request& request) {
  const auto cseq = request.headers().first<sip::CSeq>();
  return cseq ? cseq->number : 0;
}

}  // namespace

// §13.3.1 Processing of the INVITE, outside a dialog.
void Uas::handle_invite(const Served& served) {
  const sip::Request& request = served.request;
  const std::string tag = core_.identifiers.next_tag();
  auto dialog = dialog::make_uas_dialog(request, tag);
  if (!dialog) {
    Core::decide("§12.1.1: no dialog: " + sip::to_string(dialog.error()), served.context);
    core_.open(served.id, nullptr, Purpose::Served, merge_key_of(request));
    sip::Response response = begin(request, 400, tag);
    finish(served.id, response, {}, served.context);
    return;
  }
  Call& call = core_.begin_call(Call::Role::Callee, dialog->call_id, tag);
  call.invite = served.id;
  call.hang_up_after = core_.config.answering.hang_up_after;
  core_.open(served.id, &call, Purpose::Served, merge_key_of(request));
  Core::add_leg(call, *std::move(dialog));
  Core::report_call(call, "attempt", served.context);

  // The offer. Whoever rejects the call anyway does not look at it.
  const std::string_view offer = description_in(request);
  if (!offer.empty() && !core_.config.answering.rejection) {
    const auto made = make_answer(core_, call, offer);
    if (!made) {
      refuse_session(served, tag, made.error().text);
      core_.end(call, {Outcome::Kind::Failed, 488}, DialogEvent::Rejected, served.context);
      return;
    }
  }
  // 1. Expires
  if (const auto expires = request.headers().first<sip::Expires>())
    core_.set_timer(call, UserTimer::Expires, std::chrono::seconds(expires->seconds), "expires",
                    served.context);
  // 2. and 3. concern requests within a dialog: see `handle_within_dialog`.
  schedule_answer(call, served);
}

// §13.3.1.1 Progress. §17.2.1: no 100 when another response goes out within 200 ms.
void Uas::schedule_answer(Call& call, const Served& served) {
  const Answering& wish = core_.config.answering;
  const bool rings =
      wish.ring_after && (!wish.answer_after || *wish.ring_after < *wish.answer_after);
  const std::optional<Duration> first = rings ? wish.ring_after : wish.answer_after;
  if (!first || *first >= kSoon) {
    sip::Response trying = begin(served.request, 100, {});
    trying.headers().copy_all(served.request.headers(), HeaderId::Timestamp);  // §8.2.6.1
    finish(served.id, trying, {}, served.context);
  }
  if (wish.answer_after && *wish.answer_after == Duration{}) {
    answer(call, served.context);
    return;
  }
  if (wish.answer_after)
    core_.set_timer(call, UserTimer::AnswerAfter, *wish.answer_after, "answer_after",
                    served.context);
  if (!rings) return;
  if (*wish.ring_after == Duration{})
    ring(call, served.context);
  else
    core_.set_timer(call, UserTimer::RingAfter, *wish.ring_after, "ring_after", served.context);
}

void Uas::ring(Call& call, const Context& context) {
  const sip::Request* invite = core_.layer->find_request(call.invite);
  if (invite == nullptr || call.phase != Call::Phase::Inviting) return;
  sip::Response ringing = begin(*invite, 180, call.local_tag);
  ringing.headers().copy_all(invite->headers(), HeaderId::RecordRoute);  // §12.1.1
  ringing.headers().append_text(HeaderId::Contact, core_.contact_value());
  finish(call.invite, ringing, {}, context);
  if (!call.is_ringing) Core::report_dialog(call.legs.front(), {}, context);
  call.is_ringing = true;
  core_.set_timer(call, UserTimer::RingAfter, kProgress, "progress", context);
}

void Uas::answer(Call& call, const Context& context) {
  const sip::Request* invite = core_.layer->find_request(call.invite);
  if (invite == nullptr || call.phase != Call::Phase::Inviting) return;
  if (const auto& rejection = core_.config.answering.rejection) {  // §13.3.1.3
    terminate_invite(call, {Outcome::Kind::Failed, rejection->status}, DialogEvent::Rejected,
                     context);
    return;
  }
  for (const UserTimer timer : {UserTimer::RingAfter, UserTimer::AnswerAfter, UserTimer::Expires})
    core_.cancel_timer(call, timer);
  call.phase = Call::Phase::Answered;
  accept(call, {call.invite, *invite, context});
  if (call.is_ringing) {
    Core::change_dialog(call.legs.front(), DialogEvent::Got2xx, context);
  } else {
    dialog::on_event(call.legs.front().dialog, DialogEvent::Got2xx);
    Core::report_dialog(call.legs.front(), {}, context);
  }
  Core::report_call(call, "answered", context);
}

// §13.3.1.4 The INVITE is Accepted: the answer to its offer, else an offer of ours.
void Uas::accept(Call& call, const Served& served) {
  const std::string description =
      description_in(served.request).empty() ? make_offer(core_, call) : call.local_description;
  sip::Response success = begin(served.request, 200, call.local_tag);
  sip::Headers& headers = success.headers();
  headers.copy_all(served.request.headers(), HeaderId::RecordRoute);  // §12.1.1
  headers.append_text(HeaderId::Contact, core_.contact_value());
  core_.add_features(headers);
  const std::uint32_t number = sequence_number_of(served.request);
  finish(served.id, success, description, served.context);

  const dialog::SuccessRetransmission schedule(core_.timer_values, served.context.now);
  call.acceptance =
      std::make_unique<Acceptance>(Acceptance{served.id, number, std::move(success), schedule});
  core_.set_timer(call, UserTimer::Success, schedule.next() - served.context.now, "2xx",
                  served.context);
}

void Uas::repeat_success(Call& call, const Context& context) {
  if (call.acceptance == nullptr) return;
  Acceptance& acceptance = *call.acceptance;
  if (acceptance.schedule.has_expired(context.now)) {
    Core::decide("§13.3.1.4: no ACK for 64*T1: BYE", context);
    core_.hang_up(call, {Outcome::Kind::TimedOut, 0}, context);
    return;
  }
  core_.layer->send_response(acceptance.transaction, acceptance.response, context);
  acceptance.schedule.advance();
  core_.set_timer(call, UserTimer::Success, acceptance.schedule.next() - context.now, "2xx",
                  context);
}

void Uas::handle_ack(const sip::Request& ack, const Context& context) {
  Call* call = core_.find_call_of(ack);
  if (call == nullptr || call->acceptance == nullptr ||
      call->acceptance->sequence_number != sequence_number_of(ack)) {
    Core::report(Notice::Kind::Absorbed, {}, "ACK without a 2xx that waits for it", context);
    return;
  }
  core_.layer->forget_request(call->acceptance->transaction);
  call->acceptance.reset();
  core_.cancel_timer(*call, UserTimer::Success);
  const bool is_first = call->phase == Call::Phase::Answered;
  if (is_first) call->phase = Call::Phase::Talking;
  // §13.2.1: if our 2xx made the offer, the answer is here.
  if (call->session == dialog::OfferAnswer::OfferSent ||
      call->session == dialog::OfferAnswer::NewOfferSent) {
    if (const auto mismatch = take_answer(*call, description_in(ack))) {
      Core::decide("§13.2.1: the session is unacceptable: " + mismatch->text, context);
      core_.hang_up(*call, {Outcome::Kind::Failed, 488}, context);
      return;
    }
  }
  if (!is_first) return;
  Core::set_media(*call, true, context);
  core_.set_hang_up_timer(*call, context);
}

void Uas::expire(Call& call, const Context& context) {
  Core::decide("§13.3.1 step 1: the invitation has expired", context);
  terminate_invite(call, {Outcome::Kind::Failed, 487}, DialogEvent::Rejected, context);
}

/// A non-2xx final response to the pending INVITE - 487, or the one that the outcome names - and
/// the end of the call.
void Uas::terminate_invite(Call& call, const Outcome& outcome, DialogEvent event,
                           const Context& context) {
  const sip::Request* invite = core_.layer->find_request(call.invite);
  if (invite == nullptr || call.phase != Call::Phase::Inviting) return;
  const sip::StatusCode status = outcome.kind == Outcome::Kind::Failed ? outcome.status : 487;
  sip::Response response = begin(*invite, status, call.local_tag);
  finish(call.invite, response, {}, context);
  core_.end(call, outcome, event, context);
}

// §13.3.1.3: 488 with a Warning that says why.
void Uas::refuse_session(const Served& served, const std::string& to_tag, std::string_view why) {
  std::string quoted = "\"";
  for (const char c : why) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  quoted += '"';
  sip::Response response = begin(served.request, 488, to_tag);
  const std::string agent(core_.host());
  response.headers().append(sip::Warning{305, agent, quoted});  // incompatible media format
  finish(served.id, response, {}, served.context);
}

// §14.2 UAS Behavior.
void Uas::handle_reinvite(Call& call, Leg& leg, const Served& served) {
  if (call.phase == Call::Phase::Inviting && call.role == Call::Role::Callee) {
    sip::Response response = begin(served.request, 500, {});
    const auto seconds = static_cast<std::uint32_t>(core_.identifiers.rng().below(11));
    response.headers().append(sip::RetryAfter{seconds, {}, {}});
    finish(served.id, response, {}, served.context);
    return;
  }
  if (call.phase == Call::Phase::Inviting || call.acceptance != nullptr) {
    respond(served, 491);
    return;
  }
  const std::string_view offer = description_in(served.request);
  if (!offer.empty()) {
    const auto made = make_answer(core_, call, offer);
    if (!made) {
      refuse_session(served, {}, made.error().text);
      return;
    }
  }
  dialog::refresh_target(leg.dialog, served.request.headers());
  core_.open(served.id, &call, Purpose::Served);
  accept(call, served);
}

// §15.1.2 UAS Behavior.
void Uas::handle_bye(Call& call, Leg& leg, const Served& served) {
  respond(served, 200);
  const bool is_pending = call.role == Call::Role::Callee && call.phase == Call::Phase::Inviting;
  if (is_pending) {  // pending requests get their 487
    terminate_invite(call, {Outcome::Kind::Abandoned, 0}, DialogEvent::RemoteBye, served.context);
    return;
  }
  Core::change_dialog(leg, DialogEvent::RemoteBye, served.context);
  if (call.phase == Call::Phase::Inviting) return;  // one early dialog of a forked INVITE
  for (const Leg& other : call.legs)
    if (other.dialog.state == dialog::Dialog::State::Confirmed) return;
  core_.end(call, {Outcome::Kind::Ended, 0}, DialogEvent::RemoteBye, served.context);
}

}  // namespace trapezoid::ua
