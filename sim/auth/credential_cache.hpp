#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/auth/authenticator.hpp"
#include "sim/auth/digest.hpp"
#include "sim/base/identifiers.hpp"
#include "sim/base/text_map.hpp"
#include "sim/sip/message.hpp"

namespace trapezoid::auth {

/// What a user agent says when a realm asks.
struct UserCredentials {
  std::string realm;  ///< As a person reads it; empty: for every realm without an entry of its own.
  std::string username;
  std::string password;
};

/// What becomes of a challenge.
struct ChallengeOutcome {
  bool can_retry = false;  ///< Whether `authorize` now adds something new: send the request again.
  std::string reason;      ///< One sentence, for the trace.
};

/// The client's side of digest authentication, RFC 3261 §22.1 to §22.3. A challenge is answered
/// once a realm, and once more when the server says that only the nonce was stale. Credentials that
/// a realm rejected are never sent to it again. What one Call-ID has gathered goes into its later
/// requests. 401 and 407 are kept apart, and realms from each other.
class CredentialCache {
 public:
  explicit CredentialCache(std::vector<UserCredentials> credentials);

  /// Takes the challenges of a 401 or 407 to `sent`. Among several challenges of one realm the
  /// topmost that is understood counts (RFC 8760 §2.4).
  ChallengeOutcome handle_challenge(const sip::Request& sent, const sip::Response& response);

  /// Another final response to `sent` came: its credentials, if any, were good. A later stale nonce
  /// then counts as the first again.
  void handle_acceptance(const sip::Request& sent);

  /// Puts what was gathered for the request's Call-ID into it, in the place of any credentials that
  /// it has; every nonce count goes up by one. The request must be ready but for its credentials:
  /// the Request-URI and (for auth-int) the body are hashed. Leaves ACK and CANCEL alone: an ACK
  /// repeats the credentials of its INVITE, a CANCEL has none (§22.1).
  void authorize(sip::Request& request, Identifiers& identifiers);

  /// Forgets what was gathered for a Call-ID. Rejections stay.
  void forget(std::string_view call_id);

 private:
  struct Session {  // with one realm, for one Call-ID
    Algorithm algorithm = Algorithm::Md5;
    bool has_algorithm = false;  // in the challenge
    Qop qop = Qop::None;
    std::string nonce;
    std::string opaque;
    bool has_opaque = false;
    std::string cnonce;  // one a nonce: the session algorithms need the first one again
    std::uint32_t nonce_count = 0;
    bool was_stale = false;  // this nonce came because the one before was stale
  };
  using RealmKey = std::pair<Realm, std::string>;
  struct Gathered {
    std::vector<std::pair<RealmKey, Session>> sessions;  // in the order of the challenges
  };
  struct Asked;  // one challenge that can be answered

  const UserCredentials* find_account(std::string_view realm) const;
  bool take_challenge(Gathered& gathered, const Asked& asked, const sip::Request& sent,
                      std::string& reason);
  std::string write_credentials(const sip::Request& request, std::string_view realm,
                                Session& session, Identifiers& identifiers) const;

  std::vector<UserCredentials> credentials_;
  TextMap<Gathered> by_call_id_;
  std::set<RealmKey> rejected_;
};

}  // namespace trapezoid::auth
