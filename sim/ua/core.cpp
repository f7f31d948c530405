#include "sim/ua/core.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/sip/keys.hpp"
#include "sim/sip/uri.hpp"

namespace trapezoid::ua {
namespace {

using dialog::DialogEvent;
using sip::HeaderId;

bool is_token_or_space(char c) {
  return is_alpha(c) || is_digit(c) ||
         std::string_view("-.!%*_+`'~ ").find(c) != std::string_view::npos;
}

std::string text_of(const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::Ended: return "ended";
    case Outcome::Kind::Failed: return "failed " + std::to_string(outcome.status);
    case Outcome::Kind::TimedOut: return "timed out";
    case Outcome::Kind::Abandoned: return "abandoned";
  }
  return "";
}

std::string bracketed(std::string_view uri) {
  std::string text = "<";
  text += uri;
  text += '>';
  return text;
}

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) {
    if (!text.empty()) text += ", ";
    text += value;
  }
  return text;
}

}  // namespace

std::string written_address(std::string_view display_name, std::string_view uri) {
  std::string text;
  if (std::all_of(display_name.begin(), display_name.end(), is_token_or_space)) {
    text = display_name;
  } else {
    text += '"';
    for (const char c : display_name) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  if (!text.empty()) text += ' ';
  text += bracketed(uri);
  return text;
}

std::string identity_form(std::string_view text) {
  const auto uri = sip::parse_uri(text);
  if (!uri || !uri->is_sip_or_sips()) return std::string(text);
  std::string form(uri->scheme_text);
  form += ':';
  if (uri->user) {
    form += *uri->user;
    if (uri->password) {
      form += ':';
      form += *uri->password;
    }
    form += '@';
  }
  form += uri->host_port.host;
  for (const sip::Parameter& parameter : uri->parameters) {
    bool is_allowed = true;
    for (const std::string_view name : {"transport", "maddr", "ttl", "lr", "method"})
      is_allowed = is_allowed && !iequals(parameter.name, name);
    if (!is_allowed) continue;
    form += ';';
    form += parameter.name;
    if (!parameter.value) continue;
    form += '=';
    form += *parameter.value;
  }
  return form;
}

Core::Core(UserAgentConfig configuration, resolve::Resolver& resolver,
           Identifiers& identifier_source, const transaction::TimerValues& values)
    : config(std::move(configuration)),
      identifiers(identifier_source),
      timer_values(values),
      credentials(config.credentials),
      resolver_(resolver),
      supported_(joined(config.option_tags)) {
  contact_value_ = bracketed(config.contact);
  for (const std::string& proxy : config.outbound_proxies) routes_.push_back(bracketed(proxy));
  if (const auto contact = sip::parse_uri(config.contact)) host_ = contact->host_port.host;
  own_address_ = written_address(config.display_name, identity_form(config.address_of_record));
}

Core::~Core() = default;

std::uint32_t Core::hash_of(std::string_view call_id, std::string_view local_tag) {
  const std::hash<std::string_view> hash;
  return static_cast<std::uint32_t>(hash(call_id) * 31 + hash(local_tag));
}

Call& Core::begin_call(Call::Role role, std::string_view call_id, std::string_view local_tag) {
  auto call = std::make_unique<Call>();
  call->number = first_number_ + calls_.size();
  call->role = role;
  call->call_id = call_id;
  call->local_tag = local_tag;
  by_tag_.insert(hash_of(call_id, local_tag), place_of(call->number));
  ++call_count_;
  return *calls_.emplace_back(std::move(call));
}

Call* Core::find_call(CallNumber number) {
  const CallNumber place = number - first_number_;  // of an older one, beyond the end
  return place < calls_.size() ? calls_[place].get() : nullptr;
}

Call* Core::find_call_of(const sip::Request& request) {
  const sip::Headers& headers = request.headers();
  const std::string_view call_id = headers.first_text(HeaderId::CallId).value_or("");
  const std::string_view local_tag = sip::to_tag(headers);
  const auto place = by_tag_.find(hash_of(call_id, local_tag), [&](PlaceIndex::Place candidate) {
    Call& call = *call_at(candidate);
    if (call.call_id != call_id || call.local_tag != local_tag) return false;
    const Leg* leg = find_leg(call, sip::from_tag(headers));
    return leg != nullptr && leg->dialog.state != dialog::Dialog::State::Terminated;
  });
  return place ? call_at(*place) : nullptr;
}

void Core::end(Call& call, const Outcome& outcome, DialogEvent event, const Context& context) {
  if (call.phase == Call::Phase::Ended) return;
  call.phase = Call::Phase::Ended;
  for (std::size_t timer = 0; timer < kCallTimerCount; ++timer)
    cancel_timer(call, static_cast<UserTimer>(timer));
  set_media(call, false, context);
  for (Leg& leg : call.legs) change_dialog(leg, event, context);
  call.acceptance.reset();
  report_call(call, text_of(outcome), context);
  if (call.open_transactions == 0) ended_.push_back(call.number);
}

void Core::erase_ended() {
  for (const CallNumber number : ended_) {
    const Call* call = find_call(number);
    if (call == nullptr || call->open_transactions != 0) continue;
    credentials.forget(call->call_id);
    erase(number);
  }
  ended_.clear();
}

void Core::erase(CallNumber number) {
  std::unique_ptr<Call>& call = calls_[number - first_number_];
  by_tag_.erase(hash_of(call->call_id, call->local_tag), place_of(number));
  call.reset();
  --call_count_;
  for (; !calls_.empty() && calls_.front() == nullptr; ++first_number_) calls_.pop_front();
}

Leg& Core::add_leg(Call& call, dialog::Dialog dialog) {
  call.legs.push_back({std::move(dialog), {}, {}});
  return call.legs.back();
}

Leg* Core::find_leg(Call& call, std::string_view remote_tag) {
  for (Leg& leg : call.legs)
    if (leg.dialog.remote_tag == remote_tag) return &leg;
  return nullptr;
}

void Core::change_dialog(Leg& leg, DialogEvent event, const Context& context) {
  const auto from = leg.dialog.state;
  if (!dialog::on_event(leg.dialog, event)) return;
  if (leg.dialog.state != from) report_dialog(leg, dialog::name_of(from), context);
}

void Core::report_dialog(const Leg& leg, std::string_view from, const Context& context) {
  if (!context.is_recorded()) return;
  report(Notice::Kind::State, "dialog " + sip::to_string(leg.dialog.key()),
         std::string(dialog::name_of(leg.dialog.state)), context, std::string(from));
}

void Core::open(transaction::TransactionId id, Call* call, Purpose purpose, std::string merge_key) {
  if (call != nullptr) ++call->open_transactions;
  open_.add({id, call == nullptr ? 0 : call->number, purpose, std::move(merge_key)});
}

void Core::close(transaction::TransactionId id) {
  const OpenTransaction* found = open_.find(id);
  if (found == nullptr) return;
  Call* call = find_call(found->call);
  open_.remove(id);
  if (call == nullptr) return;
  --call->open_transactions;
  if (call->invite == id)
    for (Leg& leg : call->legs) leg.ack = {};  // no further 2xx can come
  if (call->phase == Call::Phase::Ended && call->open_transactions == 0)
    ended_.push_back(call->number);
}

std::optional<TransportAddress> Core::locate(std::string_view uri, const Context& context) {
  const auto parsed = sip::parse_uri(uri);
  if (!parsed) {
    decide("§8.1.2: the next hop is no URI: " + std::string(uri), context);
    return std::nullopt;
  }
  const auto targets = resolver_.resolve_request(*parsed, config.transports);
  if (!targets) {
    decide("RFC 3263 §4: " + targets.error().text, context);
    return std::nullopt;
  }
  return targets->front();
}

transaction::TransactionId Core::send(Call& call, sip::Request request, std::string_view next_hop,
                                      Purpose purpose, const Context& context) {
  const auto to = locate(next_hop, context);
  if (!to) return 0;
  const auto id = layer->send_request(std::move(request), *to, context);
  open(id, &call, purpose);
  return id;
}

void Core::send_bye(Call& call, Leg& leg, const Context& context) {
  sip::Request bye = dialog::make_request_within_dialog(leg.dialog, sip::MethodId::Bye,
                                                        config.first_sequence_number);
  add_product(bye.headers(), HeaderId::UserAgent);
  complete(bye, {});
  send(call, std::move(bye), dialog::next_hop_uri(leg.dialog), Purpose::Bye, context);
}

void Core::complete(sip::Request& request, std::string_view description) {
  request.set_body(description, description.empty() ? std::string_view{} : kSdp);
  credentials.authorize(request, identifiers);
  sip::Headers& headers = request.headers();
  if (!headers.has(HeaderId::ProxyAuthorization) && !headers.has(HeaderId::Authorization)) return;
  headers.remove(HeaderId::ContentType);  // what describes the body stands last
  headers.remove(HeaderId::ContentLength);
  request.set_body(description, description.empty() ? std::string_view{} : kSdp);
}

void Core::hang_up(Call& call, const Outcome& outcome, const Context& context) {
  for (Leg& leg : call.legs)
    if (leg.dialog.state == dialog::Dialog::State::Confirmed) send_bye(call, leg, context);
  end(call, outcome, DialogEvent::LocalBye, context);
}

std::string_view Core::reason_of(sip::StatusCode status) const {
  const auto found = config.reasons.find(status);
  return found == config.reasons.end() ? std::string_view{} : std::string_view(found->second);
}

void Core::add_features(sip::Headers& headers) const {
  if (config.has_allow) headers.append_text(HeaderId::Allow, kAllow);
  if (config.has_supported) headers.append_text(HeaderId::Supported, supported_);
  if (config.has_accept) headers.append_text(HeaderId::Accept, kSdp);
}

void Core::add_product(sip::Headers& headers, HeaderId id) const {
  if (!config.product.empty()) headers.append_text(id, config.product);
}

void Core::set_timer(Call& call, UserTimer timer, Duration after, const char* name,
                     const Context& context) const {
  cancel_timer(call, timer);
  call.timers[static_cast<std::size_t>(timer)] =
      timers->set(context, after,
                  {transaction::kUserTimer, static_cast<std::uint8_t>(timer), call.number, name});
}

void Core::cancel_timer(Call& call, UserTimer timer) const {
  timers->cancel(std::exchange(call.timers[static_cast<std::size_t>(timer)], 0));
}

void Core::set_hang_up_timer(Call& call, const Context& context) {
  const auto& wish = call.hang_up_after;
  const auto& limit = config.max_talk;
  if (wish && (!limit || *wish <= *limit))
    set_timer(call, UserTimer::HangUp, *wish, "hang_up_after", context);
  else if (limit)
    set_timer(call, UserTimer::HangUp, *limit, "max_talk", context);
}

void Core::report(Notice::Kind kind, std::string subject, std::string text, const Context& context,
                  std::string from) {
  if (!context.is_recorded()) return;
  Notice notice;
  notice.kind = kind;
  notice.cause = context.cause;
  notice.at = context.now;
  notice.subject = std::move(subject);
  notice.from = std::move(from);
  notice.text = std::move(text);
  context.notices->take(std::move(notice));
}

void Core::report_call(const Call& call, std::string text, const Context& context) {
  if (!context.is_recorded()) return;
  report(Notice::Kind::Call, call.call_id, std::move(text), context,
         call.role == Call::Role::Caller ? "caller" : "callee");
}

void Core::decide(std::string_view text, const Context& context) {
  if (context.is_recorded()) report(Notice::Kind::Decision, {}, std::string(text), context);
}

void Core::set_media(Call& call, bool is_on, const Context& context) {
  if (call.has_media == is_on) return;
  call.has_media = is_on;
  if (context.is_recorded())
    report(Notice::Kind::Media, call.call_id, is_on ? "start" : "stop", context);
}

}  // namespace trapezoid::ua
