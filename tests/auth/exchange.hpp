#pragma once

#include <string>
#include <string_view>

#include "sim/auth/authenticator.hpp"
#include "sim/auth/credential_cache.hpp"
#include "sim/base/identifiers.hpp"
#include "sim/sip/make_response.hpp"
#include "sim/sip/message.hpp"

namespace trapezoid::auth {

inline sip::Request make_request(sip::MethodId method = sip::MethodId::Invite,
                                 std::string_view call_id = "1@a",
                                 std::string_view uri = "sip:bob@biloxi.example.com") {
  sip::Request request(method, uri);
  request.headers().append_text(sip::HeaderId::From, "<sip:alice@atlanta.example.com>;tag=a");
  request.headers().append_text(sip::HeaderId::To, "<sip:bob@biloxi.example.com>");
  request.headers().append_text(sip::HeaderId::CallId, call_id);
  return request;
}

inline AuthenticatorConfig atlanta() {
  AuthenticatorConfig config;
  config.realm = "atlanta.example.com";
  config.users = {{"alice", "wonderland"}};
  return config;
}

inline Identifiers identifiers(std::string_view first_nonce = "f84f1cec41e6cbe5aea9c8e88d359") {
  PinnedIdentifiers pinned;
  pinned.nonces = {std::string(first_nonce)};
  pinned.cnonces = {"0a4f113b"};
  return {pinned, 1, "test"};
}

/// A 407 (or 401) with these challenge values.
inline sip::Response make_challenged(std::initializer_list<std::string_view> challenges,
                                     Realm realm = Realm::Proxy) {
  sip::Response response(realm == Realm::Proxy ? 407 : 401);
  for (const auto challenge : challenges)
    response.headers().append_text(
        realm == Realm::Proxy ? sip::HeaderId::ProxyAuthenticate : sip::HeaderId::WwwAuthenticate,
        challenge);
  return response;
}

/// The credentials in a request, one a line: "Proxy-Authorization: Digest ...".
inline std::string credentials_in(const sip::Request& request) {
  std::string text;
  for (const auto field : request.headers().fields())
    if (field.id == sip::HeaderId::Authorization || field.id == sip::HeaderId::ProxyAuthorization) {
      text += field.name;
      text += ": ";
      text += field.value;
      text += '\n';
    }
  return text;
}

}  // namespace trapezoid::auth
