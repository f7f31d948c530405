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
  const std::string_view text = request.headers().first_text(HeaderId::To).value_or("");
  if (text.ends_with('>')) return true;  // no parameters
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

// The URI of the topmost Route.
std::optional<sip::Uri> find_route(const sip::Request& request) {
  if (!request.headers().has(HeaderId::Route)) return std::nullopt;
  const auto route = request.headers().first<sip::Route>();
  return route ? std::optional(route->address.uri) : std::nullopt;
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

void Proxy::start(transaction::Layer& layer, TimerQueue& timers, const Context& /*context*/) {
  layer_ = &layer;
  timers_ = &timers;
  if (const auto own = sip::parse_uri(config_.uri)) own_uri_ = *own;
  own_route_ = angle_bracketed(config_.uri);
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

  Copy received = preprocess_route(request, source);
  if (!received.uri) return respond(id, request, 400, context);

  // §16.5 Determining Request Targets.
  std::vector<std::vector<std::string>> groups;
  const bool is_ours = has_own_target(*received.uri);
  if (is_ours) {
    const std::string address_of_record = sip::canonical_address_of_record(*received.uri);
    if (!config_.location.knows(address_of_record)) return respond(id, request, 404, context);
    groups = config_.location.targets(address_of_record, context.now);
    if (groups.empty()) return respond(id, request, 480, context);
  }

  ResponseContext& response_context = contexts_.add(id, request.method_id() == MethodId::Invite);
  if (config_.trying == Trying::BeforeForward) send_trying(response_context, context);
  if (!is_ours) {
    forward(response_context, std::move(received), context);
  } else if (groups.size() == 1 && groups.front().size() == 1) {
    forward(response_context, aim(std::move(received.request), groups.front().front()), context);
  } else {
    response_context.waiting =
        std::make_unique<Waiting>(Waiting{std::move(received.request), std::move(groups)});
  }
  forward_next_group(response_context, context);
  if (config_.trying == Trying::AfterForward) send_trying(response_context, context);
}

// The ACK to a 2xx is forwarded like any request, but answered by nobody: no context, §16.
void Proxy::handle_ack(const sip::Request& ack, const Source& source, const Context& context) {
  Copy copy = preprocess_route(ack, source);
  if (!copy.uri) return;
  if (has_own_target(*copy.uri)) {
    const auto groups =
        config_.location.targets(sip::canonical_address_of_record(*copy.uri), context.now);
    if (groups.empty()) return;
    copy = aim(std::move(copy.request), groups.front().front());
  }
  complete(copy);
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

// §16.4 Route Information Preprocessing. Returns the request with the Request-URI that comes of it.
Proxy::Copy Proxy::preprocess_route(sip::Request request, const Source& source) const {
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
  if (is_own_route(request)) request.headers().remove_value(HeaderId::Route, 0);
  return {std::move(request), uri};
}

// Most often the topmost Route is what this proxy put into a Record-Route.
bool Proxy::is_own_route(const sip::Request& request) const {
  if (own_uri_ && request.headers().first_text(HeaderId::Route) == own_route_) return true;
  const auto route = find_route(request);
  return route && is_own_uri(*route);
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

// Whether the targets of a request are those of the location service.
bool Proxy::has_own_target(const sip::Uri& uri) const {
  return uri.is_sip_or_sips() && !uri.parameters.contains("maddr") && is_responsible_for(uri);
}

// §16.6 step 2: the Request-URI.
Proxy::Copy Proxy::aim(sip::Request request, std::string_view target) {
  if (request.request_uri_text() != target) request.set_request_uri(target);
  const auto uri = request.request_uri();
  return {std::move(request), uri};
}

// §16.6 Request Forwarding, for one target: the other steps that make the copy.
void Proxy::complete(Copy& copy) const {
  sip::Request& request = copy.request;
  const auto hops = request.headers().first<sip::MaxForwards>();  // 3. Max-Forwards
  request.headers().set(sip::MaxForwards{
      hops && hops->hops > 0 ? static_cast<std::uint8_t>(hops->hops - 1) : std::uint8_t{70}});
  const auto route = find_route(request);
  if (config_.record_route == RecordRoute::Yes && starts_dialog(request))  // 4. Record-Route
    add_record_route(copy, route);
  // 5. others: none
  // Credentials that this proxy asked for have reached their reader (RFC 2617 §3.6).
  if (config_.challenges) config_.challenges->authenticator.remove_own_credentials(request);
  postprocess_route(copy, route);  // 6. routing information, 7. next hop
}

// A request for a sips URI stays on sips: so does the route.
void Proxy::add_record_route(Copy& copy, const std::optional<sip::Uri>& route) const {
  const bool is_sips = (copy.uri && copy.uri->scheme == sip::Scheme::Sips) ||
                       (route && route->scheme == sip::Scheme::Sips);
  std::string own = own_route_;
  if (is_sips && own_uri_ && own_uri_->scheme == sip::Scheme::Sip) own.replace(1, 3, "sips");
  copy.request.headers().push_text(HeaderId::RecordRoute, own, HeaderId::MaxForwards);
}

// The copy goes next to the first Route, else to the Request-URI, which names a strict router.
void Proxy::postprocess_route(Copy& copy, std::optional<sip::Uri> route) const {
  sip::Headers& headers = copy.request.headers();
  if (!headers.has(HeaderId::Route)) {
    if (!copy.uri) return;
    for (const StaticRoute& known : config_.routes)
      if (iequals(known.domain, copy.uri->host_port.host)) {
        headers.push_text(HeaderId::Route, angle_bracketed(known.next_hop), HeaderId::MaxForwards);
        route = find_route(copy.request);
        break;
      }
  }
  if (!route) return;
  if (route->is_loose_router()) {
    copy.uri = *route;
    return;
  }
  // A strict router next: the Request-URI goes to the end of the Route, its first value becomes
  // the Request-URI.
  const std::string strict_router(route->text);
  const std::string remote_target = angle_bracketed(copy.request.request_uri_text());
  headers.remove_value(HeaderId::Route, 0);
  if (headers.has(HeaderId::Route))
    headers.append_text(HeaderId::Route, remote_target);
  else
    headers.push_text(HeaderId::Route, remote_target, HeaderId::MaxForwards);
  copy.request.set_request_uri(strict_router);
  copy.uri = copy.request.request_uri();
}

resolve::Targets Proxy::resolve_next_hop(const Copy& copy) {
  if (!copy.uri) return resolve::ResolveError{to_string(copy.uri.error())};
  return resolver_->resolve_request(*copy.uri, config_.transports);
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
  while (response_context.waiting && !response_context.is_closed_to_targets &&
         !response_context.has_pending()) {
    Waiting& waiting = *response_context.waiting;
    const auto group = std::move(waiting.groups.front());
    waiting.groups.erase(waiting.groups.begin());
    for (const std::string& target : group)  // 1. copy the request
      forward(response_context, aim(waiting.received, target), context);
    if (waiting.groups.empty()) response_context.waiting.reset();
  }
  finish_if_done(response_context, context);
}

void Proxy::forward(ResponseContext& response_context, Copy copy, const Context& context) {
  Branch& branch = response_context.branches.emplace_back();
  complete(copy);
  auto targets = resolve_next_hop(copy);
  if (!targets) {  // §16.9: as if a 503 had come
    note_no_target(targets.error(), context);
    branch.final_response = std::make_unique<sip::Response>(answer(response_context, 503));
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
  contexts_.add_client(response_context, branch.client);
  if (response_context.is_invite)
    restart_timer(branch, config_.timer_c, "C", context);  // 11. timer C
}

// 10. after a failure the next address of the target, with a client transaction of its own, RFC
// 3263 §4.3. False when there is none. What was sent but for the Via is sent again.
bool Proxy::try_next_address(ResponseContext& response_context, Branch& branch,
                             const Context& context) {
  const sip::Request* sent = layer_->find_request(branch.client);
  if (branch.untried.empty() || branch.is_cancelled || sent == nullptr) return false;
  sip::Request request = *sent;
  request.headers().remove_value(HeaderId::Via, 0);
  const TransportAddress to = std::move(branch.untried.front());
  branch.untried.erase(branch.untried.begin());
  timers_->cancel(std::exchange(branch.timer_c, 0));
  branch.has_provisional = false;
  contexts_.remove_id(response_context, branch.client);
  send_branch(response_context, branch, std::move(request), to, context);
  return true;
}

void Proxy::send_trying(ResponseContext& response_context, const Context& context) {
  if (!response_context.is_invite || response_context.has_sent_final) return;
  if (const sip::Request* request = layer_->find_request(response_context.server))
    layer_->send_response(response_context.server, transaction::make_trying(*request, {}), context);
}

sip::Response Proxy::answer(const sip::Request& request, sip::StatusCode status) const {
  const auto phrase = config_.reason_phrases.find(status);
  return sip::make_response(
      request, status, identifiers_->next_tag(),
      phrase == config_.reason_phrases.end() ? std::string_view{} : phrase->second);
}

// The transaction that would carry it may be over: then nobody hears of it.
sip::Response Proxy::answer(const ResponseContext& response_context, sip::StatusCode status) const {
  const sip::Request* request = layer_->find_request(response_context.server);
  return request == nullptr ? sip::Response(status) : answer(*request, status);
}

void Proxy::respond(TransactionId id, const sip::Request& request, sip::StatusCode status,
                    const Context& context) {
  layer_->send_response(id, answer(request, status), context);
}

}  // namespace trapezoid::proxy
