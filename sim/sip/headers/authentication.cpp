#include "sim/sip/headers/authentication.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<WwwAuthenticate> WwwAuthenticate::parse(std::string_view value) {
  const auto challenge = Challenge::parse(value);
  if (!challenge) return challenge.error();
  return WwwAuthenticate{*challenge};
}
void WwwAuthenticate::write(std::string& out) const {
  challenge.write(out);
}

Parsed<ProxyAuthenticate> ProxyAuthenticate::parse(std::string_view value) {
  const auto challenge = Challenge::parse(value);
  if (!challenge) return challenge.error();
  return ProxyAuthenticate{*challenge};
}
void ProxyAuthenticate::write(std::string& out) const {
  challenge.write(out);
}

Parsed<Authorization> Authorization::parse(std::string_view value) {
  const auto credentials = Credentials::parse(value);
  if (!credentials) return credentials.error();
  return Authorization{*credentials};
}
void Authorization::write(std::string& out) const {
  credentials.write(out);
}

Parsed<ProxyAuthorization> ProxyAuthorization::parse(std::string_view value) {
  const auto credentials = Credentials::parse(value);
  if (!credentials) return credentials.error();
  return ProxyAuthorization{*credentials};
}
void ProxyAuthorization::write(std::string& out) const {
  credentials.write(out);
}

Parsed<AuthenticationInfo> AuthenticationInfo::parse(std::string_view value) {
  const auto parameters = AuthParameters::parse(value);
  if (!parameters) return parameters.error();
  return AuthenticationInfo{*parameters};
}
void AuthenticationInfo::write(std::string& out) const {
  out += parameters.text();
}

}  // namespace trapezoid::sip
