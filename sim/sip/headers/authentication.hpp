#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/headers/auth_parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// WWW-Authenticate = challenge                                              RFC 3261 §20.44, §25.1
/// A user agent server or registrar asks for credentials (401).
struct WwwAuthenticate {
  static constexpr HeaderId kId = HeaderId::WwwAuthenticate;

  Challenge challenge;

  static Parsed<WwwAuthenticate> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Proxy-Authenticate = challenge                                            RFC 3261 §20.27, §25.1
/// A proxy asks for credentials (407).
struct ProxyAuthenticate {
  static constexpr HeaderId kId = HeaderId::ProxyAuthenticate;

  Challenge challenge;

  static Parsed<ProxyAuthenticate> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Authorization = credentials                                                RFC 3261 §20.7, §25.1
/// Credentials for a user agent server or registrar.
struct Authorization {
  static constexpr HeaderId kId = HeaderId::Authorization;

  Credentials credentials;

  static Parsed<Authorization> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Proxy-Authorization = credentials                                         RFC 3261 §20.28, §25.1
/// Credentials for a proxy of one realm.
struct ProxyAuthorization {
  static constexpr HeaderId kId = HeaderId::ProxyAuthorization;

  Credentials credentials;

  static Parsed<ProxyAuthorization> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Authentication-Info = ainfo *(COMMA ainfo)                                 RFC 3261 §20.6, §25.1
/// The server authenticates itself, and may give the next nonce.
struct AuthenticationInfo {
  static constexpr HeaderId kId = HeaderId::AuthenticationInfo;

  AuthParameters parameters;

  static Parsed<AuthenticationInfo> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
