#include "sim/run/assemble.hpp"

#include <utility>

#include "sim/proxy/proxy.hpp"
#include "sim/sip/uri.hpp"
#include "sim/ua/user_agent.hpp"

namespace trapezoid::run {
namespace {

auth::Algorithm algorithm_of(HashAlgorithm hash) {
  switch (hash) {
    case HashAlgorithm::Md5: return auth::Algorithm::Md5;
    case HashAlgorithm::Sha256: return auth::Algorithm::Sha256;
    case HashAlgorithm::Sha512_256: return auth::Algorithm::Sha512T256;
  }
  return auth::Algorithm::Md5;
}

transaction::TimerValues timer_values(const scenario::Timers& timers) {
  return {timers.t1, timers.t2, timers.t4};
}

// The key of a location table; the scenario's reader has checked that the URI is one.
std::string canonical(std::string_view address_of_record) {
  const auto uri = sip::parse_uri(address_of_record);
  return uri ? sip::canonical_address_of_record(*uri) : std::string(address_of_record);
}

sdp::Capabilities make_capabilities(const scenario::Media& media) {
  sdp::Capabilities capabilities;
  capabilities.user = media.origin_user;
  capabilities.origin_address = media.origin_address;
  capabilities.connection_address = media.connection_address;
  capabilities.session_name = media.session_name;
  for (const auto& stream : media.streams) {
    sdp::MediaCapability capability;
    capability.type = stream.type;
    capability.port = stream.port;
    capability.protocol = stream.protocol;
    for (const auto& format : stream.formats)
      capability.formats.push_back({std::to_string(format.payload_type), format.rtpmap, {}});
    capabilities.media.push_back(std::move(capability));
  }
  return capabilities;
}

// A scenario counts the answer from the 180, the user agent from the INVITE.
ua::Answering make_answering(const scenario::Answering& answering) {
  ua::Answering made;
  made.ring_after = answering.ring_after;
  made.answer_after.reset();
  if (answering.answer_after) made.answer_after = answering.ring_after + *answering.answer_after;
  if (answering.reject_status) made.rejection = ua::Rejection{*answering.reject_status};
  made.hang_up_after = answering.hang_up_after;
  return made;
}

ua::UserAgentConfig make_user_agent(const scenario::Element& element,
                                    const scenario::Scenario& scenario) {
  const scenario::UserAgent& user_agent = *element.user_agent();
  ua::UserAgentConfig config;
  config.address_of_record = user_agent.address_of_record;
  config.display_name = user_agent.display_name;
  config.contact = user_agent.contact;
  if (!user_agent.outbound_proxy.empty())
    config.outbound_proxies.push_back(user_agent.outbound_proxy);
  config.transports = element.transports;
  for (const auto& one : user_agent.credentials)
    config.credentials.push_back({one.realm, one.username, one.password});
  if (user_agent.media) config.media = make_capabilities(*user_agent.media);
  config.has_allow = user_agent.headers.allow;
  config.has_supported = user_agent.headers.supported;
  config.has_accept = user_agent.headers.accept;
  config.product = user_agent.headers.user_agent;
  config.first_sequence_number = user_agent.cseq_start;
  config.answering = make_answering(user_agent.answering);
  if (user_agent.answering.reject_status && !user_agent.answering.reject_reason.empty())
    config.reasons[*user_agent.answering.reject_status] = user_agent.answering.reject_reason;
  config.patience = user_agent.patience;
  config.max_talk = user_agent.max_talk;
  for (const auto& action : scenario.actions) {
    const auto& call = std::get<scenario::Call>(action);
    if (call.element == element.name)
      config.calls.push_back(
          {Instant{call.at}, call.to, call.to_display_name, call.hang_up_after, true});
  }
  return config;
}

proxy::Challenges make_challenges(const scenario::Authentication& authentication) {
  auth::AuthenticatorConfig config;
  config.realm = authentication.realm;
  config.algorithms = {algorithm_of(authentication.algorithm)};
  if (!authentication.has_qop_auth) config.qops = {auth::Qop::None};
  config.opaque = authentication.opaque;
  config.nonce_lifetime = authentication.nonce_lifetime;
  for (const auto& user : authentication.users)
    config.users.push_back({user.username, user.password, {}});
  return {authentication.methods, authentication.from_domains,
          auth::Authenticator(std::move(config))};
}

proxy::Trying make_trying(scenario::Trying trying) {
  switch (trying) {
    case scenario::Trying::AfterForward: return proxy::Trying::AfterForward;
    case scenario::Trying::BeforeForward: return proxy::Trying::BeforeForward;
    case scenario::Trying::Never: return proxy::Trying::Never;
  }
  return proxy::Trying::AfterForward;
}

proxy::ProxyConfig make_proxy(const scenario::Element& element) {
  const scenario::Proxy& from = *element.proxy();
  proxy::ProxyConfig config;
  config.uri = from.uri;
  config.domains = from.domains;
  config.transports = element.transports;
  config.record_route = from.record_route ? proxy::RecordRoute::Yes : proxy::RecordRoute::No;
  config.trying = make_trying(from.trying);
  if (from.authentication) config.challenges = make_challenges(*from.authentication);
  for (const auto& binding : from.location) {
    location::Binding bound;
    bound.contact = binding.contact;
    bound.q = binding.q;
    config.location.bind(canonical(binding.address_of_record), std::move(bound));
  }
  for (const auto& route : from.routes) config.routes.push_back({route.domain, route.next_hop});
  for (const auto& reason : from.reason_phrases)
    config.reason_phrases.emplace(reason.status, reason.phrase);
  return config;
}

element::ConnectionPolicy connection_policy(scenario::ConnectionPolicy policy) {
  switch (policy) {
    case scenario::ConnectionPolicy::PerDialog: return element::ConnectionPolicy::PerDialog;
    case scenario::ConnectionPolicy::PerTransaction:
      return element::ConnectionPolicy::PerTransaction;
    case scenario::ConnectionPolicy::PerHop: break;
  }
  return element::ConnectionPolicy::PerHop;
}

}  // namespace

resolve::Zone make_zone(const scenario::Scenario& scenario) {
  resolve::Zone zone;
  for (const auto& record : scenario.names) {
    if (const auto* address = std::get_if<scenario::AddressRecord>(&record))
      zone.add(address->name, resolve::AddressRecord{address->address});
    else if (const auto* service = std::get_if<scenario::SrvRecord>(&record))
      zone.add(service->name, resolve::SrvRecord{service->priority, service->weight, service->port,
                                                 service->target});
    else if (const auto* naptr = std::get_if<scenario::NaptrRecord>(&record))
      zone.add(naptr->name, resolve::NaptrRecord{naptr->order, naptr->preference, naptr->flags,
                                                 naptr->service, naptr->replacement});
  }
  return zone;
}

std::unique_ptr<element::Element> make_element(const scenario::Element& element,
                                               const scenario::Scenario& scenario,
                                               const resolve::Zone& zone, std::uint64_t seed,
                                               element::Recording recording) {
  element::SipElementConfig config;
  config.name = element.name;
  config.seed = seed;
  for (const Transport transport : element.transports)
    config.listens.push_back({element.address, element.port, transport});
  config.sent_by = element.sent_by;
  config.connection_policy = connection_policy(scenario.network.connection_policy);
  config.reuse_accepted =
      scenario.network.reuse_accepted ? element::ReuseAccepted::Yes : element::ReuseAccepted::No;
  config.timers = timer_values(scenario.timers);
  config.pinned = element.identifiers;
  config.recording = recording;
  config.validation.role = element.proxy() != nullptr ? sip::ValidationOptions::Role::Proxy
                                                      : sip::ValidationOptions::Role::Uas;
  const auto make_user =
      [&](resolve::Resolver& resolver,
          Identifiers& identifiers) -> std::unique_ptr<transaction::TransactionUser> {
    if (element.proxy() != nullptr)
      return std::make_unique<proxy::Proxy>(make_proxy(element), resolver, identifiers);
    return std::make_unique<ua::UserAgent>(make_user_agent(element, scenario), resolver,
                                           identifiers, timer_values(scenario.timers));
  };
  return std::make_unique<element::SipElement>(std::move(config), zone, make_user);
}

std::string_view role_of(const scenario::Element& element) {
  return element.proxy() != nullptr ? "proxy" : "user_agent";
}

}  // namespace trapezoid::run
