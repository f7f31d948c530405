#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/hash.hpp"

namespace trapezoid::auth {

/// The digest algorithms of RFC 7616 §6.1 and RFC 8760.
enum class Algorithm : std::uint8_t {
  Md5,
  Md5Sess,
  Sha256,
  Sha256Sess,
  Sha512T256,  ///< SHA-512/t with t = 256, "SHA-512-256".
  Sha512T256Sess,
};

/// The token on the wire, "SHA-512-256-sess".
std::string_view to_string(Algorithm algorithm);
/// The algorithm of a token, case ignored; an empty token is MD5 (RFC 7616 §3.3).
std::optional<Algorithm> find_algorithm(std::string_view token);
HashAlgorithm hash_of(Algorithm algorithm);
/// Whether HA1 takes in the nonce and the cnonce.
bool is_session(Algorithm algorithm);

/// Quality of protection. `None` is the form of RFC 2069, without nc and cnonce.
enum class Qop : std::uint8_t { None, Auth, AuthInt };
std::string_view to_string(Qop qop);  ///< "auth"; empty for `None`.
std::optional<Qop> find_qop(std::string_view token);

/// H(username:realm:password): what a server may keep instead of the password.
std::string make_ha1(Algorithm algorithm, std::string_view username, std::string_view realm,
                     std::string_view password);

/// Everything that goes into one response, unquoted.
struct DigestInput {
  Algorithm algorithm = Algorithm::Md5;
  Qop qop = Qop::None;
  std::string_view ha1;  ///< Of `make_ha1`, also for the session algorithms.
  std::string_view method;
  std::string_view uri;
  std::string_view nonce;
  std::string_view nonce_count;  ///< Eight hexadecimal digits as on the wire; not for `Qop::None`.
  std::string_view cnonce;       ///< For a session algorithm too, whatever the qop.
  std::string_view body;         ///< For `Qop::AuthInt`.
};

/// A response, and how it came about: the texts between the steps, for whoever explains it.
struct Digest {
  std::string ha1;       ///< As used: for a session algorithm H(ha1:nonce:cnonce).
  std::string a2;        ///< "INVITE:sip:bob@biloxi.example.com", and the body's hash for auth-int.
  std::string ha2;       ///< H(a2).
  std::string hashed;    ///< "ha1:nonce[:nc:cnonce:qop]:ha2".
  std::string response;  ///< H(hashed), lower-case hexadecimal.
};

/// RFC 7616 §3.4.1; RFC 2617 §3.2.2.1.
Digest make_digest(const DigestInput& input);

}  // namespace trapezoid::auth
