#include "sim/proxy/proxy.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sim/base/notice.hpp"
#include "sim/base/text.hpp"
#include "sim/sip/headers/from.hpp"
#include "sim/sip/headers/max_forwards.hpp"
#include "sim/sip/headers/route.hpp"
#include "sim/sip/headers/to.hpp"
#include "sim/sip/make_response.hpp"
#include "sim/transaction/construct.hpp"

namespace trapezoid::proxy {

using sip::HeaderId;
using sip::MethodId;
using transaction::TransactionId;

namespace {

// Whether a request can begin a dialog, and does not belong to one yet (§12, §16.6 step 4).
bool starts_dialog(const sip::Request& request) {
  switch (request.method_id()) {
    case MethodId::Invite:
    case MethodId::Subscribe:
    case MethodId::Refer: break;
    default: return false;
  }
  const auto to = request.headers().first<sip::To>();
  return to && to->tag().empty();
}

bool contains_ignoring_case(const std::vector<std::string>& list, std::string_view text) {
  return std::any_of(list.begin(), list.end(),
                     [text](const std::string& one) { return iequals(one, text); });
}

std::uint16_t port_of(const sip::Uri& uri) {
  return uri.host_port.port.value_or(uri.scheme == sip::Scheme::Sips ? 5061 : 5060);
}

std::string angle_bracketed(std::string_view uri) {
  std::string text = "<";
  text += uri;
  text += '>';
  return text;
}

}  // namespace

Proxy::Proxy(ProxyConfig config, resolve::Resolver& resolver, Identifiers& identifiers)
    : config_(std::move(config)), resolver_(&resolver), identifiers_(&identifiers) {}

void Proxy::start(transaction::Layer& layer, TimerQueue& timers, const Context&) {
  layer_ = &layer;
  timers_ = &timers;
  if (const auto own = sip::parse_uri(config_.uri)) own_uri_ = *own;
}

// §16.3: steps 1 to 5 are `sip::validate`, done by the element; step 6 is here.
// DEVIATION RFC 3261 §16.3 step 4, RFC 5393 §4.2: loops are ended by Max-Forwards.
void Proxy::handle_request(TransactionId id, const sip::Request& request, const Source& source,
                           const Context& context) {
  if (request.method_id() == MethodId::Cancel) {
    handle_cancel(id, request, context);
    return;
  }
  if (!is_authorized(id, request, context)) return;

  auto owned = std::make_unique<ResponseContext>(id, request);
  ResponseContext& response_context = *owned;
  const auto uri = preprocess_route(*response_context.received, source);

  // §16.5 Determining Request Targets.
  const sip::Request& received = *response_context.received;
  if (!uri) return respond(id, request, 400, context);
  if (uri->parameters.contains("maddr") || !uri->is_sip_or_sips() || !is_responsible_for(*uri)) {
    response_context.waiting.push_back({std::string(received.request_uri_text())});
  } else {
    const std::string address_of_record = sip::canonical_address_of_record(*uri);
    if (!config_.location.knows(address_of_record)) return respond(id, request, 404, context);
    response_context.waiting = config_.location.targets(address_of_record, context.now);
    if (response_context.waiting.empty()) return respond(id, request, 480, context);
  }

  contexts_.emplace(id, std::move(owned));
  if (config_.trying == Trying::BeforeForward) send_trying(response_context, context);
  forward_next_group(response_context, context);
  if (config_.trying == Trying::AfterForward) send_trying(response_context, context);
}

// The ACK to a 2xx is forwarded like any request, but answered by nobody: no context, §16.
void Proxy::handle_ack(const sip::Request& ack, const Source& source, const Context& context) {
  sip::Request received = ack;
  const auto uri = preprocess_route(received, source);
  if (!uri) return;
  std::string target(received.request_uri_text());
  if (uri->is_sip_or_sips() && !uri->parameters.contains("maddr") && is_responsible_for(*uri)) {
    const auto groups =
        config_.location.targets(sip::canonical_address_of_record(*uri), context.now);
    if (groups.empty()) return;
    target = groups.front().front();
  }
  Copy copy = make_copy(received, target);
  const auto targets = resolve_next_hop(copy);
  if (!targets) return note_no_target(targets.error(), context);
  layer_->send_ack(std::move(copy.request), targets->front(), context);
}

// §16.3 step 6, §22.3: this proxy's realm only; credentials for others travel on.
bool Proxy::is_authorized(TransactionId id, const sip::Request& request, const Context& context) {
  if (!config_.challenges || !must_challenge(request)) return true;
  auth::Authenticator& authenticator = config_.challenges->authenticator;
  const auth::Verdict verdict = authenticator.check(request, auth::Realm::Proxy, context.now);
  if (verdict.is_accepted()) return true;
  sip::Response response = answer(request, 407);
  authenticator.add_challenges(response, auth::Realm::Proxy, *identifiers_, verdict, context.now);
  layer_->send_response(id, response, context);
  return false;
}

bool Proxy::must_challenge(const sip::Request& request) const {
  const Challenges& challenges = *config_.challenges;
  if (!challenges.methods.empty() && std::find(challenges.methods.begin(), challenges.methods.end(),
                                               request.method_text()) == challenges.methods.end())
    return false;
  if (challenges.from_domains.empty()) return true;
  const auto from = request.headers().first<sip::From>();
  return from && contains_ignoring_case(challenges.from_domains, from->address.uri.host_port.host);
}

// §16.4 Route Information Preprocessing. Returns the Request-URI that comes of it.
sip::Parsed<sip::Uri> Proxy::preprocess_route(sip::Request& request, const Source& source) const {
  auto uri = request.request_uri();
  if (uri && request.headers().has(HeaderId::Route) && is_own_uri(*uri)) {
    // A strict router before us put our own URI into the Request-URI.
    std::string last;
    for (const auto& route : request.headers().all<sip::Route>())
      if (route) last = route->address.uri.text;
    request.headers().remove_value(HeaderId::Route, request.headers().count(HeaderId::Route) - 1);
    request.set_request_uri(last);
    uri = request.request_uri();
  }
  if (uri && strip_own_maddr(request, *uri, source)) uri = request.request_uri();
  const auto route = request.headers().first<sip::Route>();
  if (route && is_own_uri(route->address.uri)) request.headers().remove_value(HeaderId::Route, 0);
  return uri;
}

// A maddr that names this proxy has done its work, if the request came as the URI says: it goes,
// with the port and the transport. Whether the Request-URI is a new one.
bool Proxy::strip_own_maddr(sip::Request& request, const sip::Uri& uri,
                            const Source& source) const {
  if (!uri.is_sip_or_sips()) return false;
  const std::string_view maddr = uri.parameters.value_of("maddr");
  const bool is_own = contains_ignoring_case(config_.domains, maddr) ||
                      (own_uri_ && iequals(maddr, own_uri_->host_port.host)) ||
                      maddr == source.local.address;
  if (maddr.empty() || !is_own) return false;
  const std::string_view transport = uri.parameters.value_of("transport");
  const bool is_as_said =
      port_of(uri) == source.local.port &&
      (transport.empty() || iequals(transport, via_token(source.local.transport)));
  if (!is_as_said) return false;
  std::string stripped(uri.scheme_text);
  stripped += ':';
  if (uri.user) stripped.append(*uri.user);
  if (uri.password) stripped.append(":").append(*uri.password);
  if (uri.user) stripped += '@';
  stripped += uri.host_port.host;
  for (const sip::Parameter& parameter : uri.parameters) {
    if (iequals(parameter.name, "maddr") || iequals(parameter.name, "transport")) continue;
    stripped.append(";").append(parameter.name);
    if (parameter.value) stripped.append("=").append(*parameter.value);
  }
  request.set_request_uri(stripped);
  return true;
}

bool Proxy::is_own_uri(const sip::Uri& uri) const {
  return own_uri_ && uri.is_sip_or_sips() && uri.user == own_uri_->user && is_at_own_address(uri);
}

bool Proxy::is_at_own_address(const sip::Uri& uri) const {
  const sip::HostPort& host_port = uri.host_port;
  return own_uri_ && iequals(host_port.host, own_uri_->host_port.host) &&
         (host_port.port == own_uri_->host_port.port || port_of(uri) == port_of(*own_uri_));
}

// What is addressed to the proxy itself can only be for its own users, or for nobody.
bool Proxy::is_responsible_for(const sip::Uri& uri) const {
  return contains_ignoring_case(config_.domains, uri.host_port.host) || is_at_own_address(uri);
}

// §16.6 Request Forwarding, for one target: the steps that make the copy.
Proxy::Copy Proxy::make_copy(const sip::Request& received, std::string_view target) const {
  sip::Request copy = received;                                         // 1. copy the request
  if (copy.request_uri_text() != target) copy.set_request_uri(target);  // 2. Request-URI
  const auto hops = copy.headers().first<sip::MaxForwards>();           // 3. Max-Forwards
  copy.headers().set(sip::MaxForwards{
      hops && hops->hops > 0 ? static_cast<std::uint8_t>(hops->hops - 1) : std::uint8_t{70}});
  if (config_.record_route == RecordRoute::Yes && starts_dialog(copy))  // 4. Record-Route
    add_record_route(copy);
  // 5. others: none
  // Credentials that this proxy asked for have reached their reader (RFC 2617 §3.6).
  if (config_.challenges) config_.challenges->authenticator.remove_own_credentials(copy);
  auto next_hop = postprocess_route(copy);  // 6. routing information, 7. next hop
  return {std::move(copy), std::move(next_hop)};
}

// A request for a sips URI stays on sips: so does the route.
void Proxy::add_record_route(sip::Request& copy) const {
  const auto uri = copy.request_uri();
  const auto route = copy.headers().first<sip::Route>();
  const bool is_sips = (uri && uri->scheme == sip::Scheme::Sips) ||
                       (route && route->address.uri.scheme == sip::Scheme::Sips);
  std::string own = angle_bracketed(config_.uri);
  if (is_sips && own_uri_ && own_uri_->scheme == sip::Scheme::Sip) own.replace(1, 3, "sips");
  copy.headers().push_text(HeaderId::RecordRoute, own, HeaderId::MaxForwards);
}

// Returns where the copy goes next: to the first Route, else to the Request-URI, which names a
// strict router.
sip::Parsed<sip::Uri> Proxy::postprocess_route(sip::Request& copy) const {
  if (!copy.headers().has(HeaderId::Route)) {
    const auto uri = copy.request_uri();
    if (!uri) return uri;
    for (const StaticRoute& route : config_.routes)
      if (iequals(route.domain, uri->host_port.host)) {
        copy.headers().push_text(HeaderId::Route, angle_bracketed(route.next_hop),
                                 HeaderId::MaxForwards);
        break;
      }
    if (!copy.headers().has(HeaderId::Route)) return uri;
  }
  // A strict router next: the Request-URI goes to the end of the Route, its first value becomes
  // the Request-URI.
  const auto first = copy.headers().first<sip::Route>();
  if (!first) return copy.request_uri();
  if (first->address.uri.is_loose_router()) return first->address.uri;
  const std::string strict_router(first->address.uri.text);
  const std::string remote_target = angle_bracketed(copy.request_uri_text());
  copy.headers().remove_value(HeaderId::Route, 0);
  if (copy.headers().has(HeaderId::Route))
    copy.headers().append_text(HeaderId::Route, remote_target);
  else
    copy.headers().push_text(HeaderId::Route, remote_target, HeaderId::MaxForwards);
  copy.set_request_uri(strict_router);
  return copy.request_uri();
}

resolve::Targets Proxy::resolve_next_hop(const Copy& copy) {
  if (!copy.next_hop) return resolve::ResolveError{to_string(copy.next_hop.error())};
  return resolver_->resolve_request(*copy.next_hop, config_.transports);
}

void Proxy::note_no_target(const resolve::ResolveError& error, const Context& context) {
  if (!context.is_recorded()) return;
  Notice notice;
  notice.kind = Notice::Kind::Decision;
  notice.cause = context.cause;
  notice.at = context.now;
  notice.text = "RFC 3263 §4: " + error.text;
  context.notices->take(std::move(notice));
}

void Proxy::forward_next_group(ResponseContext& response_context, const Context& context) {
  while (!response_context.waiting.empty() && !response_context.is_closed_to_targets &&
         !response_context.has_pending()) {
    const auto group = std::move(response_context.waiting.front());
    response_context.waiting.erase(response_context.waiting.begin());
    for (const std::string& target : group) forward_to(response_context, target, context);
  }
  finish_if_done(response_context, context);
}

void Proxy::forward_to(ResponseContext& response_context, const std::string& target,
                       const Context& context) {
  Branch& branch = response_context.branches.emplace_back();
  branch.target = target;
  Copy copy = make_copy(*response_context.received, target);
  auto targets = resolve_next_hop(copy);
  if (!targets) {  // §16.9: as if a 503 had come
    note_no_target(targets.error(), context);
    branch.final_response = answer(*response_context.received, 503);
    return;
  }
  branch.untried.assign(std::make_move_iterator(targets->begin() + 1),
                        std::make_move_iterator(targets->end()));
  send_branch(response_context, branch, std::move(copy.request), targets->front(), context);
}

// 8. Via, and 10. forward: the layer. 9. Content-Length: the copy has what the request had.
void Proxy::send_branch(ResponseContext& response_context, Branch& branch, sip::Request request,
                        const TransportAddress& to, const Context& context) {
  branch.client = layer_->send_request(std::move(request), to, context);
  server_of_.emplace(branch.client, response_context.server);
  if (response_context.is_invite)
    restart_timer(branch, config_.timer_c, "C", context);  // 11. timer C
}

// 10. after a failure the next address of the target, with a client transaction of its own, RFC
// 3263 §4.3. False when there is none.
bool Proxy::try_next_address(ResponseContext& response_context, Branch& branch,
                             const Context& context) {
  if (branch.untried.empty() || branch.is_cancelled) return false;
  const TransportAddress to = std::move(branch.untried.front());
  branch.untried.erase(branch.untried.begin());
  timers_->cancel(std::exchange(branch.timer_c, 0));
  branch.has_provisional = false;
  send_branch(response_context, branch,
              make_copy(*response_context.received, branch.target).request, to, context);
  return true;
}

void Proxy::send_trying(ResponseContext& response_context, const Context& context) {
  if (!response_context.is_invite || response_context.has_sent_final) return;
  layer_->send_response(response_context.server,
                        transaction::make_trying(*response_context.received, {}), context);
}

sip::Response Proxy::answer(const sip::Request& request, sip::StatusCode status) const {
  const auto phrase = config_.reason_phrases.find(status);
  return sip::make_response(
      request, status, identifiers_->next_tag(),
      phrase == config_.reason_phrases.end() ? std::string_view{} : phrase->second);
}

void Proxy::respond(TransactionId id, const sip::Request& request, sip::StatusCode status,
                    const Context& context) {
  layer_->send_response(id, answer(request, status), context);
}

}  // namespace trapezoid::proxy
