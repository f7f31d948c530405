#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/auth/digest.hpp"
#include "sim/base/identifiers.hpp"
#include "sim/base/text_map.hpp"
#include "sim/base/time.hpp"
#include "sim/sip/message.hpp"

namespace trapezoid::auth {

/// Who asks: a user agent server or registrar (401, WWW-Authenticate, Authorization), or a proxy
/// (407, Proxy-Authenticate, Proxy-Authorization).
enum class Realm : std::uint8_t { UserAgent, Proxy };

/// A user whom a server believes.
struct User {
  std::string username;
  std::string password;
  /// Instead of the password: H(username:realm:password) in hexadecimal, good for the algorithms
  /// with that hash.
  std::string ha1 = {};
};

struct AuthenticatorConfig {
  std::string realm;                                  ///< As a person reads it, without quotes.
  std::vector<Algorithm> algorithms{Algorithm::Md5};  ///< Strongest first (RFC 8760 §2.4).
  std::vector<Qop> qops{Qop::Auth};  ///< Empty, or `None` alone: the challenge has no qop.
  std::optional<std::string> opaque = std::string();  ///< Nothing: the challenge has none.
  std::optional<Duration> nonce_lifetime;             ///< Nothing: a nonce never grows stale.
  std::vector<User> users;
  /// Whether the credentials' uri must name what the Request-URI or the To names: the same user and
  /// host. A server that gets requests whose Request-URI an earlier proxy has changed to something
  /// else altogether must not insist (RFC 3261 §22.4 item 8 is about that case).
  bool checks_uri = true;
};

/// What a server thinks of the credentials in a request.
struct Verdict {
  enum class Kind : std::uint8_t {
    Accepted,       ///< The user is who it says.
    NoCredentials,  ///< None for this realm.
    Malformed,      ///< A parameter is missing or makes no sense.
    Stale,          ///< The digest is right, the nonce is not (any more): try again with a new one.
    UnknownUser,
    WrongResponse,  ///< The digest is not that of the user's password.
    WrongUri,       ///< The digest is right, for another request.
    Replayed,       ///< The digest is right and was used before.
  };
  Kind kind = Kind::NoCredentials;
  std::string username;  ///< As in the credentials; empty where there are none.
  std::string reason;    ///< One sentence, for the trace.

  bool is_accepted() const { return kind == Kind::Accepted; }
  bool is_stale() const { return kind == Kind::Stale; }
};

/// The server's side of digest authentication for one realm, RFC 3261 §22, RFC 7616, RFC 8760.
/// Remembers the nonces it issued and which counts each was used with: those within their lifetime,
/// and no more than the last `kMaxNonces`. One that is forgotten is stale, and the client told so.
class Authenticator {
 public:
  static constexpr std::size_t kMaxNonces = 100'000;

  explicit Authenticator(AuthenticatorConfig config);

  /// Checks the credentials for this realm in `request`. An accepted nonce count is used up. Not
  /// for ACK, which repeats the credentials of its INVITE, and CANCEL (§22.1).
  Verdict check(const sip::Request& request, Realm realm, Instant now);

  /// The value of one WWW-Authenticate or Proxy-Authenticate field with a new nonce and the first
  /// algorithm; `stale` is TRUE when `verdict` says so.
  std::string make_challenge(Identifiers& identifiers, const Verdict& verdict, Instant now);

  /// Adds one such field for each algorithm, all with the same nonce, strongest first.
  void add_challenges(sip::Response& response, Realm realm, Identifiers& identifiers,
                      const Verdict& verdict, Instant now);

  /// Removes the Proxy-Authorization values of this realm: their reader is reached (RFC 2617 §3.6).
  void remove_own_credentials(sip::Request& request) const;

  const AuthenticatorConfig& config() const { return config_; }
  /// Nonces that are remembered.
  std::size_t size() const { return nonces_.size(); }

 private:
  struct Nonce {
    Instant issued_at{};
    std::uint32_t highest_count = 0;
    std::uint64_t used_below = 0;  // bit i: count highest_count - 1 - i was used
  };
  struct Offer;  // the credentials, unquoted

  bool is_current(const Nonce& nonce, Instant now) const;
  static bool use_count(Nonce& nonce, std::uint32_t count);
  bool accepts_algorithm(Algorithm algorithm) const;
  bool accepts_qop(Qop qop) const;
  std::string ha1_of(const User& user, Algorithm algorithm) const;
  Verdict check_offer(const Offer& offer, const sip::Request& request, Instant now);
  Verdict check_nonce(const Offer& offer, Verdict verdict, Instant now);
  const std::string& issue_nonce(Identifiers& identifiers, Instant now);
  void forget_old_nonces(Instant now);
  std::string write_challenge(std::string_view nonce, Algorithm algorithm, bool is_stale) const;

  AuthenticatorConfig config_;
  std::map<std::string, User, std::less<>> users_;
  TextMap<Nonce> nonces_;
  std::deque<const std::string*> issued_;  // keys of nonces_, the oldest first
};

}  // namespace trapezoid::auth
