#include "sim/auth/credential_cache.hpp"

#include <algorithm>
#include <optional>

#include "sim/auth/quoted.hpp"
#include "sim/base/text.hpp"
#include "sim/sip/headers/authentication.hpp"

namespace trapezoid::auth {
namespace {

constexpr sip::HeaderId credentials_id(Realm realm) {
  return realm == Realm::Proxy ? sip::HeaderId::ProxyAuthorization : sip::HeaderId::Authorization;
}
constexpr sip::HeaderId challenge_id(Realm realm) {
  return realm == Realm::Proxy ? sip::HeaderId::ProxyAuthenticate : sip::HeaderId::WwwAuthenticate;
}
constexpr Realm kRealms[] = {Realm::UserAgent, Realm::Proxy};

// The best that a qop-options list allows: auth before auth-int, so that bodies may be changed on
// the way. An absent list is `None`; a list of unknown tokens is nothing.
std::optional<Qop> choose_qop(std::string_view options) {
  if (options.empty()) return Qop::None;
  std::optional<Qop> best;
  while (!options.empty()) {
    const auto comma = options.find(',');
    std::string_view token = options.substr(0, comma);
    options.remove_prefix(comma == std::string_view::npos ? options.size() : comma + 1);
    while (token.starts_with(' ') || token.starts_with('\t')) token.remove_prefix(1);
    while (token.ends_with(' ') || token.ends_with('\t')) token.remove_suffix(1);
    const auto qop = find_qop(token);
    if (qop && (!best || *qop == Qop::Auth)) best = qop;
  }
  return best;
}

// The nonce of the credentials that `sent` had for one realm; nothing when it had none.
std::optional<std::string> sent_nonce(const sip::Request& sent, Realm realm,
                                      std::string_view realm_name) {
  sip::ValueTexts values = sent.headers().values(credentials_id(realm));
  while (const auto text = values.next()) {
    const auto credentials = sip::Credentials::parse(*text);
    if (credentials && credentials->parameters.value_of("realm") == realm_name)
      return credentials->parameters.value_of("nonce");
  }
  return std::nullopt;
}

std::string nonce_count_text(std::uint32_t count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(8, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, count >>= 4U)
    *digit = kDigits[count & 15U];
  return text;
}

void add_reason(std::string& reasons, std::string_view realm, std::string_view what) {
  if (!reasons.empty()) reasons += "; ";
  reasons += realm;
  reasons += ": ";
  reasons += what;
}

}  // namespace

/// A challenge that can be answered, unquoted.
struct CredentialCache::Asked {
  RealmKey key;
  Algorithm algorithm = Algorithm::Md5;
  Qop qop = Qop::None;
  sip::AuthParameters parameters;
};

CredentialCache::CredentialCache(std::vector<UserCredentials> credentials)
    : credentials_(std::move(credentials)) {}

const UserCredentials* CredentialCache::find_account(std::string_view realm) const {
  const UserCredentials* any = nullptr;
  for (const auto& account : credentials_) {
    if (account.realm == realm) return &account;
    if (account.realm.empty() && any == nullptr) any = &account;
  }
  return any;
}

ChallengeOutcome CredentialCache::handle_challenge(const sip::Request& sent,
                                                   const sip::Response& response) {
  ChallengeOutcome outcome;
  const Realm realm = response.status() == 407 ? Realm::Proxy : Realm::UserAgent;
  const auto call_id = sent.headers().first_text(sip::HeaderId::CallId);
  Gathered& gathered = by_call_id_[std::string(call_id.value_or(""))];
  std::set<std::string> answered;    // realms with a challenge that is understood
  std::set<std::string> unreadable;  // realms without one so far
  sip::ValueTexts values = response.headers().values(challenge_id(realm));
  while (const auto text = values.next()) {
    const auto challenge = sip::Challenge::parse(*text);
    if (!challenge || !iequals(challenge->scheme, "Digest")) continue;
    const sip::AuthParameters& parameters = challenge->parameters;
    std::string name = parameters.value_of("realm");
    if (answered.contains(name)) continue;  // a weaker one: the topmost understood counts
    const auto algorithm = find_algorithm(parameters.value_of("algorithm"));
    const auto qop = choose_qop(parameters.value_of("qop"));
    if (!algorithm || !qop || parameters.value_of("nonce").empty()) {
      unreadable.insert(std::move(name));
      continue;
    }
    answered.insert(name);
    const Asked asked{{realm, std::move(name)}, *algorithm, *qop, parameters};
    outcome.can_retry |= take_challenge(gathered, asked, sent, outcome.reason);
  }
  for (const auto& name : unreadable)
    if (!answered.contains(name))
      add_reason(outcome.reason, name, "no challenge with a known algorithm and qop");
  if (outcome.reason.empty()) outcome.reason = "no Digest challenge";
  return outcome;
}

// Whether the request, sent again, would bring this realm something new.
bool CredentialCache::take_challenge(Gathered& gathered, const Asked& asked,
                                     const sip::Request& sent, std::string& reason) {
  const Realm realm = asked.key.first;
  const std::string& name = asked.key.second;
  const auto refuse = [&](std::string_view why) {
    std::erase_if(gathered.sessions, [&](const auto& entry) { return entry.first == asked.key; });
    add_reason(reason, name, why);
    return false;
  };
  if (rejected_.contains(asked.key)) return refuse("these credentials were rejected before");
  const UserCredentials* account = find_account(name);
  if (account == nullptr) return refuse("no credentials for this realm");

  auto place = std::find_if(gathered.sessions.begin(), gathered.sessions.end(),
                            [&](const auto& entry) { return entry.first == asked.key; });
  const auto used_nonce = sent_nonce(sent, realm, name);
  const bool is_stale = iequals(asked.parameters.value_of("stale"), "true");
  const std::string nonce = asked.parameters.value_of("nonce");
  if (used_nonce && !is_stale) {
    rejected_.insert(asked.key);
    return refuse("the credentials were rejected");
  }
  const bool was_stale = place != gathered.sessions.end() && place->second.was_stale &&
                         place->second.nonce == used_nonce;
  if (used_nonce && (was_stale || nonce == *used_nonce)) return refuse("the nonce was stale twice");

  if (place == gathered.sessions.end())
    place = gathered.sessions.insert(gathered.sessions.end(), {asked.key, Session{}});
  Session& session = place->second;
  if (session.nonce != nonce) session = Session{};
  session.algorithm = asked.algorithm;
  session.has_algorithm = asked.parameters.contains("algorithm");
  session.qop = asked.qop;
  session.nonce = nonce;
  session.has_opaque = asked.parameters.contains("opaque");
  session.opaque = asked.parameters.value_of("opaque");
  session.was_stale = used_nonce.has_value();
  add_reason(reason, name, used_nonce ? "the nonce was stale" : "answered");
  return true;
}

void CredentialCache::handle_acceptance(const sip::Request& sent) {
  const auto gathered =
      by_call_id_.find(sent.headers().first_text(sip::HeaderId::CallId).value_or(""));
  if (gathered == by_call_id_.end()) return;
  for (auto& [key, session] : gathered->second.sessions)
    if (sent_nonce(sent, key.first, key.second) == session.nonce) session.was_stale = false;
}

void CredentialCache::authorize(sip::Request& request, Identifiers& identifiers) {
  const auto method = request.method_id();
  if (method == sip::MethodId::Ack || method == sip::MethodId::Cancel) return;
  const auto gathered =
      by_call_id_.find(request.headers().first_text(sip::HeaderId::CallId).value_or(""));
  if (gathered == by_call_id_.end()) return;
  for (const Realm realm : kRealms) request.headers().remove(credentials_id(realm));
  for (auto& [key, session] : gathered->second.sessions) {
    if (rejected_.contains(key)) continue;  // in another call, meanwhile
    request.headers().append_text(credentials_id(key.first),
                                  write_credentials(request, key.second, session, identifiers));
  }
}

// username, realm, nonce, opaque, uri as RFC 3665 has them, then what qop brings, then the
// response.
std::string CredentialCache::write_credentials(const sip::Request& request, std::string_view realm,
                                               Session& session, Identifiers& identifiers) const {
  const UserCredentials& account = *find_account(realm);
  const bool has_count = session.qop != Qop::None;
  const bool has_cnonce = has_count || is_session(session.algorithm);
  if (has_cnonce && session.cnonce.empty()) session.cnonce = identifiers.next_cnonce();
  ++session.nonce_count;
  const std::string count = nonce_count_text(session.nonce_count);
  const std::string ha1 = make_ha1(session.algorithm, account.username, realm, account.password);
  const Digest digest = make_digest({session.algorithm, session.qop, ha1, request.method_text(),
                                     request.request_uri_text(), session.nonce, count,
                                     session.cnonce, request.body()});

  std::string text = "Digest ";
  append_quoted(text, "username", account.username);
  append_quoted(text, ", realm", realm);
  append_quoted(text, ", nonce", session.nonce);
  if (session.has_opaque) append_quoted(text, ", opaque", session.opaque);
  append_quoted(text, ", uri", request.request_uri_text());
  if (has_count) {
    text += ", qop=";
    text += to_string(session.qop);
    text += ", nc=";
    text += count;
  }
  if (has_cnonce) append_quoted(text, ", cnonce", session.cnonce);
  if (session.has_algorithm) {
    text += ", algorithm=";
    text += to_string(session.algorithm);
  }
  append_quoted(text, ", response", digest.response);
  return text;
}

void CredentialCache::forget(std::string_view call_id) {
  const auto gathered = by_call_id_.find(call_id);
  if (gathered != by_call_id_.end()) by_call_id_.erase(gathered);
}

}  // namespace trapezoid::auth
