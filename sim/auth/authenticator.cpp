#include "sim/auth/authenticator.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "sim/auth/quoted.hpp"
#include "sim/base/text.hpp"
#include "sim/sip/headers/authentication.hpp"
#include "sim/sip/headers/to.hpp"
#include "sim/sip/uri.hpp"

namespace trapezoid::auth {
namespace {

using Kind = Verdict::Kind;

sip::HeaderId credentials_id(Realm realm) {
  return realm == Realm::Proxy ? sip::HeaderId::ProxyAuthorization : sip::HeaderId::Authorization;
}
sip::HeaderId challenge_id(Realm realm) {
  return realm == Realm::Proxy ? sip::HeaderId::ProxyAuthenticate : sip::HeaderId::WwwAuthenticate;
}

// nc-value = 8LHEX, from 1 up
std::optional<std::uint32_t> parse_nonce_count(std::string_view text) {
  std::uint32_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count, 16);
  if (text.size() != 8 || error != std::errc{} || end != text.data() + text.size() || count == 0)
    return std::nullopt;
  return count;
}

// Both are sip or sips URIs of one user at one host, or equal texts.
bool is_same_resource(const sip::Uri& a, const sip::Uri& b) {
  if (a.text == b.text) return true;
  if (!a.is_sip_or_sips() || !b.is_sip_or_sips()) return false;
  return sip::unescaped(a.user.value_or("")) == sip::unescaped(b.user.value_or("")) &&
         iequals(a.host_port.host, b.host_port.host);
}

// RFC 7616 §3.4.6 wants the uri to be the request's, but in SIP a proxy may have changed the
// Request-URI on the way; the To names what the client began with.
bool names_target(std::string_view text, const sip::Request& request) {
  if (text == request.request_uri_text()) return true;
  const auto uri = sip::parse_uri(text);
  if (!uri) return false;
  const auto request_uri = request.request_uri();
  if (request_uri && is_same_resource(*uri, *request_uri)) return true;
  const auto to = request.headers().first<sip::To>();
  return to && is_same_resource(*uri, to->address.uri);
}

}  // namespace

/// The parameters of one set of credentials, unquoted.
struct Authenticator::Offer {
  std::string username, nonce, uri, response, qop, nonce_count, cnonce, algorithm, opaque;
  bool has_opaque = false;

  explicit Offer(const sip::AuthParameters& parameters) {
    const std::pair<std::string_view, std::string&> members[] = {
        {"username", username}, {"nonce", nonce},    {"uri", uri},       {"response", response},
        {"qop", qop},           {"nc", nonce_count}, {"cnonce", cnonce}, {"algorithm", algorithm},
        {"opaque", opaque}};
    for (const sip::Parameter& parameter : parameters)
      for (const auto& [name, member] : members)
        if (member.empty() && iequals(name, parameter.name))
          member = sip::unquoted(parameter.value.value_or(""));
    has_opaque = parameters.contains("opaque");
  }
};

Authenticator::Authenticator(AuthenticatorConfig config) : config_(std::move(config)) {
  for (const User& user : config_.users) users_.insert_or_assign(user.username, user);
}

bool Authenticator::accepts_algorithm(Algorithm algorithm) const {
  return std::find(config_.algorithms.begin(), config_.algorithms.end(), algorithm) !=
         config_.algorithms.end();
}

// A client may leave qop out even where it is offered (RFC 2617 §3.2.2): then as `None`.
bool Authenticator::accepts_qop(Qop qop) const {
  return qop == Qop::None ||
         std::find(config_.qops.begin(), config_.qops.end(), qop) != config_.qops.end();
}

std::string Authenticator::ha1_of(const User& user, Algorithm algorithm) const {
  return user.ha1.empty() ? make_ha1(algorithm, user.username, config_.realm, user.password)
                          : to_lower(user.ha1);
}

Verdict Authenticator::check(const sip::Request& request, Realm realm, Instant now) {
  Verdict last{Kind::NoCredentials, {}, "no credentials for realm " + config_.realm};
  sip::ValueTexts values = request.headers().values(credentials_id(realm));
  while (const auto text = values.next()) {
    const auto credentials = sip::Credentials::parse(*text);
    if (!credentials || !iequals(credentials->scheme, "Digest")) continue;
    if (credentials->parameters.value_of("realm") != config_.realm) continue;
    last = check_offer(Offer(credentials->parameters), request, now);
    if (last.is_accepted()) break;
  }
  return last;
}

Verdict Authenticator::check_offer(const Offer& offer, const sip::Request& request, Instant now) {
  const auto verdict = [&offer](Kind kind, std::string reason) {
    return Verdict{kind, offer.username, std::move(reason)};
  };
  const auto algorithm = find_algorithm(offer.algorithm);
  if (!algorithm || !accepts_algorithm(*algorithm))
    return verdict(Kind::Malformed, "algorithm " + offer.algorithm + " was not asked for");
  const auto qop = offer.qop.empty() ? Qop::None : find_qop(offer.qop);
  if (!qop || !accepts_qop(*qop))
    return verdict(Kind::Malformed, "qop " + offer.qop + " was not asked for");
  if (offer.nonce.empty() || offer.uri.empty() || offer.response.empty())
    return verdict(Kind::Malformed, "nonce, uri or response is missing");
  if ((*qop != Qop::None || is_session(*algorithm)) && offer.cnonce.empty())
    return verdict(Kind::Malformed, "cnonce is missing");
  if (*qop != Qop::None && !parse_nonce_count(offer.nonce_count))
    return verdict(Kind::Malformed, "nc is missing or not eight hexadecimal digits");
  if (offer.has_opaque && offer.opaque != config_.opaque.value_or(""))
    return verdict(Kind::Malformed, "opaque was changed");

  const auto user = users_.find(offer.username);
  if (user == users_.end()) return verdict(Kind::UnknownUser, "unknown user " + offer.username);
  const std::string ha1 = ha1_of(user->second, *algorithm);
  const Digest digest = make_digest({*algorithm, *qop, ha1, request.method_text(), offer.uri,
                                     offer.nonce, offer.nonce_count, offer.cnonce, request.body()});
  if (!iequals(digest.response, offer.response))
    return verdict(Kind::WrongResponse, "the response is not that of the user's password");
  if (config_.checks_uri && !names_target(offer.uri, request))
    return verdict(Kind::WrongUri, "the credentials are for " + offer.uri);
  return check_nonce(offer, verdict(Kind::Accepted, "the response is right"), now);
}

// A nonce that was never issued, or so long ago that it is forgotten, is stale as well: the digest
// is right, so the client knows the password (RFC 7616 §3.3, stale).
Verdict Authenticator::check_nonce(const Offer& offer, Verdict verdict, Instant now) {
  const auto nonce = nonces_.find(offer.nonce);
  if (nonce == nonces_.end() || !is_current(nonce->second, now)) {
    verdict.kind = Kind::Stale;
    verdict.reason = "the nonce is stale";
  } else if (const auto count = parse_nonce_count(offer.nonce_count);
             !offer.qop.empty() && !use_count(nonce->second, *count)) {
    verdict.kind = Kind::Replayed;
    verdict.reason = "nc " + offer.nonce_count + " was used before";
  }
  return verdict;
}

bool Authenticator::is_current(const Nonce& nonce, Instant now) const {
  return !config_.nonce_lifetime || now - nonce.issued_at < *config_.nonce_lifetime;
}

// Requests may overtake each other, so that a count below the highest is good once; what is more
// than 64 below it counts as used.
bool Authenticator::use_count(Nonce& nonce, std::uint32_t count) {
  if (count > nonce.highest_count) {
    const std::uint32_t step = count - nonce.highest_count;
    const std::uint64_t shifted = step < 64 ? nonce.used_below << step : 0;
    const bool is_highest_within = nonce.highest_count != 0 && step <= 64;
    nonce.used_below = shifted | (is_highest_within ? std::uint64_t{1} << (step - 1) : 0);
    nonce.highest_count = count;
    return true;
  }
  const std::uint32_t below = nonce.highest_count - count;
  if (below == 0 || below > 64) return false;
  const std::uint64_t bit = std::uint64_t{1} << (below - 1);
  if ((nonce.used_below & bit) != 0) return false;
  nonce.used_below |= bit;
  return true;
}

const std::string& Authenticator::issue_nonce(Identifiers& identifiers, Instant now) {
  forget_old_nonces(now);
  const auto [place, is_new] = nonces_.insert_or_assign(identifiers.next_nonce(), Nonce{now, 0, 0});
  if (is_new) issued_.push_back(&place->first);
  return place->first;
}

// Makes room for one more.
void Authenticator::forget_old_nonces(Instant now) {
  while (!issued_.empty()) {
    const auto oldest = nonces_.find(*issued_.front());
    if (issued_.size() < kMaxNonces && is_current(oldest->second, now)) return;
    issued_.pop_front();
    nonces_.erase(oldest);
  }
}

// The order of RFC 3665: realm, qop, nonce, opaque, stale, algorithm.
std::string Authenticator::write_challenge(std::string_view nonce, Algorithm algorithm,
                                           bool is_stale) const {
  std::string text = "Digest ";
  append_quoted(text, "realm", config_.realm);
  std::string qops;
  for (const Qop qop : config_.qops) {
    if (qop == Qop::None) continue;
    if (!qops.empty()) qops += ',';
    qops += to_string(qop);
  }
  if (!qops.empty()) append_quoted(text, ", qop", qops);
  append_quoted(text, ", nonce", nonce);
  if (config_.opaque) append_quoted(text, ", opaque", *config_.opaque);
  text += is_stale ? ", stale=TRUE" : ", stale=FALSE";
  text += ", algorithm=";
  text += to_string(algorithm);
  return text;
}

std::string Authenticator::make_challenge(Identifiers& identifiers, const Verdict& verdict,
                                          Instant now) {
  const Algorithm algorithm =
      config_.algorithms.empty() ? Algorithm::Md5 : config_.algorithms.front();
  return write_challenge(issue_nonce(identifiers, now), algorithm, verdict.is_stale());
}

void Authenticator::add_challenges(sip::Response& response, Realm realm, Identifiers& identifiers,
                                   const Verdict& verdict, Instant now) {
  const std::string& nonce = issue_nonce(identifiers, now);
  for (const Algorithm algorithm : config_.algorithms)
    response.headers().append_text(challenge_id(realm),
                                   write_challenge(nonce, algorithm, verdict.is_stale()));
}

void Authenticator::remove_own_credentials(sip::Request& request) const {
  constexpr auto kId = sip::HeaderId::ProxyAuthorization;
  for (std::size_t index = request.headers().count(kId); index > 0; --index) {
    sip::ValueTexts values = request.headers().values(kId);
    auto text = values.next();
    for (std::size_t i = 1; i < index; ++i) text = values.next();
    const auto credentials = sip::Credentials::parse(text.value_or(""));
    if (credentials && credentials->parameters.value_of("realm") == config_.realm)
      request.headers().remove_value(kId, index - 1);
  }
}

}  // namespace trapezoid::auth
