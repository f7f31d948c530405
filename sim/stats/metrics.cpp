#include "sim/stats/metrics.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>
#include <variant>

#include "sim/sip/headers/call_id.hpp"
#include "sim/sip/headers/cseq.hpp"
#include "sim/sip/headers/to.hpp"
#include "sim/sip/parser.hpp"

namespace trapezoid::stats {
namespace {

using trace::LaneIndex;
using trace::MessageEvent;

/// The little of a message that metrics look at.
struct Outline {
  bool is_request = false;
  sip::StatusCode status = 0;  // of a response
  sip::MethodId method = sip::MethodId::Extension;
  std::uint32_t cseq = 0;
  std::string call_id;
  bool has_to_tag = false;
};

std::optional<Outline> outline(const MessageEvent& event) {
  const auto parsed = sip::parse_message(event.bytes);
  if (!parsed) return std::nullopt;
  const sip::Headers& headers = sip::headers_of(*parsed);
  const auto cseq = headers.first<sip::CSeq>();
  const auto call_id = headers.first<sip::CallId>();
  const auto to = headers.first<sip::To>();
  if (!cseq || !call_id || !to) return std::nullopt;
  Outline found;
  if (const auto* response = std::get_if<sip::Response>(&*parsed))
    found.status = response->status();
  else
    found.is_request = true;
  found.method = cseq->method.id();
  found.cseq = cseq->number;
  found.call_id = std::string(call_id->value);
  found.has_to_tag = !to->tag().empty();
  return found;
}

std::int64_t first_bit(const MessageEvent& message) {
  return message.on_wire_ns.value_or(message.sent_ns);
}

bool is_challenge(sip::StatusCode status) {
  return status == 401 || status == 407;
}

template <std::size_t N>
bool is_one_of(sip::StatusCode status, const std::array<sip::StatusCode, N>& codes) {
  return std::find(codes.begin(), codes.end(), status) != codes.end();
}

/// One call while its messages are read.
struct Session {
  Call call;
  std::uint32_t invite_cseq = 0;  // of the last INVITE
  std::int64_t first_invite_ns = 0;
  std::int64_t last_invite_ns = 0;
  std::uint32_t bye_cseq = 0;          // of the last BYE of whoever hung up first
  std::optional<std::int64_t> bye_ns;  // of the first
  std::optional<std::int64_t> answered_ns;
  std::optional<std::int64_t> acknowledged_ns;
};

class Reader {
 public:
  void read(const MessageEvent& message) {
    const auto found = outline(message);
    if (!found) return;
    if (found->is_request)
      read_request(message, *found);
    else
      read_response(message, *found);
  }

  std::vector<Call> calls() && {
    std::vector<Call> found;
    for (Session& session : sessions_) found.push_back(std::move(session.call));
    return found;
  }

 private:
  Session* find(const std::string& call_id) {
    const auto known = last_of_.find(call_id);
    return known == last_of_.end() ? nullptr : &sessions_[known->second];
  }

  void read_request(const MessageEvent& message, const Outline& request) {
    Session* session = find(request.call_id);
    if (request.method == sip::MethodId::Invite && !request.has_to_tag) {
      if (session == nullptr || session->call.caller == message.from)
        read_invite(message, request, session);
      return;
    }
    if (session == nullptr || !session->call.is_established()) return;
    Call& call = session->call;
    const bool is_for_callee = call.callee == message.to && message.from != message.to;
    if (request.method == sip::MethodId::Ack && is_for_callee && !session->acknowledged_ns)
      session->acknowledged_ns = message.received_ns;
    if (request.method == sip::MethodId::Bye) read_bye(message, request, *session);
  }

  void read_invite(const MessageEvent& message, const Outline& request, Session* session) {
    if (session != nullptr && session->invite_cseq == request.cseq) return;  // sent again
    if (session == nullptr || !is_challenge(session->call.status)) {
      last_of_[request.call_id] = sessions_.size();
      session = &sessions_.emplace_back();
      session->call.call_id = request.call_id;
      session->call.caller = message.from;
      session->call.first_invite = message.f_number;
      session->first_invite_ns = first_bit(message);
    }
    session->call.outcome = Outcome::Unanswered;
    session->call.status = 0;
    session->call.last_invite = message.f_number;
    session->last_invite_ns = first_bit(message);
    session->invite_cseq = request.cseq;
  }

  static void read_bye(const MessageEvent& message, const Outline& request, Session& session) {
    Call& call = session.call;
    if (!call.hung_up) {
      call.hung_up = message.from;
      call.bye = message.f_number;
      session.bye_ns = first_bit(message);
      session.bye_cseq = request.cseq;
      note_end(session, message.from, session.bye_ns);
    } else if (call.hung_up == message.from) {
      session.bye_cseq = std::max(session.bye_cseq, request.cseq);  // again, with credentials
    }
    if (message.to != *call.hung_up) note_end(session, message.to, message.received_ns);
  }

  /// The session ends at one of its user agents.
  static void note_end(Session& session, LaneIndex lane, std::optional<std::int64_t> at) {
    Call& call = session.call;
    if (!at) return;
    if (lane == call.caller && session.answered_ns && !call.duration_at_caller_ns)
      call.duration_at_caller_ns = *at - *session.answered_ns;
    if (lane == call.callee && session.acknowledged_ns && !call.duration_at_callee_ns)
      call.duration_at_callee_ns = *at - *session.acknowledged_ns;
  }

  void read_response(const MessageEvent& message, const Outline& response) {
    Session* session = find(response.call_id);
    if (session == nullptr) return;
    Call& call = session->call;
    if (response.method == sip::MethodId::Invite && response.cseq == session->invite_cseq) {
      if (sip::is_success(response.status) && !call.callee) call.callee = message.from;
      if (message.to == call.caller && message.received_ns)
        read_answer(message, response, *session);
    }
    if (response.method == sip::MethodId::Bye && message.to == call.hung_up &&
        response.cseq == session->bye_cseq && message.received_ns && !call.is_completed &&
        sip::is_final(response.status)) {
      call.is_completed = sip::is_success(response.status);
      call.disconnect_delay_ns = *message.received_ns - *session->bye_ns;
    }
  }

  static void read_answer(const MessageEvent& message, const Outline& response, Session& session) {
    Call& call = session.call;
    const sip::StatusCode status = response.status;
    call.has_response = true;
    if (sip::is_final(call.status)) return;  // a second 2xx, or one sent again
    const bool is_indication =
        status > 100 && !is_challenge(status) && status != 402 && !sip::is_redirection(status);
    if (is_indication && call.status_indication == 0) {
      call.status_indication = message.f_number;
      call.request_delay_from_first_ns = *message.received_ns - session.first_invite_ns;
      call.request_delay_from_last_ns = *message.received_ns - session.last_invite_ns;
    }
    if (!sip::is_final(status)) return;
    call.status = status;
    call.outcome = sip::is_success(status)       ? Outcome::Answered
                   : sip::is_redirection(status) ? Outcome::Redirected
                                                 : Outcome::Failed;
    if (sip::is_success(status)) session.answered_ns = message.received_ns;
  }

  std::vector<Session> sessions_;
  std::map<std::string, std::size_t> last_of_;  // by Call-ID
};

/// One more attempt in `ratio`, where it belongs there at all.
void tally(Ratio& ratio, bool belongs, bool counts) {
  if (belongs) ++ratio.of;
  if (belongs && counts) ++ratio.count;
}

void count(const Call& call, Metrics& metrics) {
  constexpr std::array<sip::StatusCode, 4> kEffective = {480, 486, 600, 603};
  constexpr std::array<sip::StatusCode, 4> kIneffective = {408, 500, 503, 504};
  const bool is_redirected = call.outcome == Outcome::Redirected;
  const bool is_challenged = is_challenge(call.status) || call.status == 402;
  const bool is_answered = call.is_established();
  const bool is_effective = is_answered || is_one_of(call.status, kEffective);
  const bool is_silence = call.status == 0 && !call.has_response;
  tally(metrics.establishment, !is_redirected, is_answered);
  tally(metrics.effectiveness, !is_redirected && !is_challenged, is_effective);
  tally(metrics.ineffective, true, is_silence || is_one_of(call.status, kIneffective));
  tally(metrics.completion, true, is_answered && call.is_completed);
}

Hop make_hop(const trace::Trace& trace, const MessageEvent& message) {
  Hop hop{message.f_number, message.from, message.to, {}, {}, {}};
  const auto* const cause = trace::find_message(trace, message.cause);
  if (cause != nullptr && cause->received_ns) hop.worked_ns = message.sent_ns - *cause->received_ns;
  if (message.on_wire_ns) hop.waited_ns = *message.on_wire_ns - message.sent_ns;
  if (message.received_ns) hop.travelled_ns = *message.received_ns - first_bit(message);
  return hop;
}

}  // namespace

Metrics compute_metrics(const trace::Trace& trace) {
  Metrics metrics;
  Reader reader;
  for (const MessageEvent* message : trace::messages(trace)) {
    reader.read(*message);
    metrics.hops.push_back(make_hop(trace, *message));
  }
  metrics.calls = std::move(reader).calls();
  for (const Call& call : metrics.calls) count(call, metrics);
  metrics.stopped_ns = trace.stopped_ns;
  return metrics;
}

}  // namespace trapezoid::stats
