#include "sim/auth/digest.hpp"

#include "sim/base/text.hpp"

namespace trapezoid::auth {
namespace {

struct Name {
  std::string_view token;
  HashAlgorithm hash;
  Algorithm algorithm;
  bool is_session;
};
constexpr Name kNames[] = {
    {"MD5", HashAlgorithm::Md5, Algorithm::Md5, false},
    {"MD5-sess", HashAlgorithm::Md5, Algorithm::Md5Sess, true},
    {"SHA-256", HashAlgorithm::Sha256, Algorithm::Sha256, false},
    {"SHA-256-sess", HashAlgorithm::Sha256, Algorithm::Sha256Sess, true},
    {"SHA-512-256", HashAlgorithm::Sha512_256, Algorithm::Sha512T256, false},
    {"SHA-512-256-sess", HashAlgorithm::Sha512_256, Algorithm::Sha512T256Sess, true},
};
constexpr const Name& name_of(Algorithm algorithm) {
  return kNames[static_cast<std::size_t>(algorithm)];
}

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) {
    if (!text.empty()) text += ':';
    text += part;
  }
  return text;
}

}  // namespace

std::string_view to_string(Algorithm algorithm) {
  return name_of(algorithm).token;
}
HashAlgorithm hash_of(Algorithm algorithm) {
  return name_of(algorithm).hash;
}
bool is_session(Algorithm algorithm) {
  return name_of(algorithm).is_session;
}

std::optional<Algorithm> find_algorithm(std::string_view token) {
  if (token.empty()) return Algorithm::Md5;
  for (const auto& name : kNames)
    if (iequals(name.token, token)) return name.algorithm;
  return std::nullopt;
}

std::string_view to_string(Qop qop) {
  switch (qop) {
    case Qop::None: return {};
    case Qop::Auth: return "auth";
    case Qop::AuthInt: return "auth-int";
  }
  return {};
}

std::optional<Qop> find_qop(std::string_view token) {
  if (iequals(token, "auth")) return Qop::Auth;
  if (iequals(token, "auth-int")) return Qop::AuthInt;
  return std::nullopt;
}

std::string make_ha1(Algorithm algorithm, std::string_view username, std::string_view realm,
                     std::string_view password) {
  return hash_hex(hash_of(algorithm), {username, ":", realm, ":", password});
}

Digest make_digest(const DigestInput& input) {
  const HashAlgorithm hash = hash_of(input.algorithm);
  Digest digest;
  digest.ha1 = is_session(input.algorithm)
                   ? hash_hex(hash, {input.ha1, ":", input.nonce, ":", input.cnonce})
                   : std::string(input.ha1);
  digest.a2 = joined({input.method, input.uri});
  if (input.qop == Qop::AuthInt) {
    digest.a2 += ':';
    digest.a2 += hash_hex(hash, {input.body});
  }
  digest.ha2 = hash_hex(hash, {digest.a2});
  digest.hashed = input.qop == Qop::None ? joined({digest.ha1, input.nonce, digest.ha2})
                                         : joined({digest.ha1, input.nonce, input.nonce_count,
                                                   input.cnonce, to_string(input.qop), digest.ha2});
  digest.response = hash_hex(hash, {digest.hashed});
  return digest;
}

}  // namespace trapezoid::auth
