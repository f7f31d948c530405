#include "sim/auth/credential_cache.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/auth/exchange.hpp"

namespace trapezoid::auth {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kChallenge =
    "Digest realm=\"atlanta.example.com\", qop=\"auth\", nonce=\"f84f1cec41e6cbe5aea9c8e88d359\", "
    "opaque=\"\", stale=FALSE, algorithm=MD5";

// A client that passes requests to nobody: `send` gives them credentials and remembers them.
struct Client {
  explicit Client(std::vector<UserCredentials> credentials = {{"atlanta.example.com", "alice",
                                                               "wonderland"}})
      : cache(std::move(credentials)), source(identifiers()) {}

  std::string send(sip::MethodId method = sip::MethodId::Invite, std::string_view call_id = "1@a") {
    sent = make_request(method, call_id);
    cache.authorize(sent, source);
    return credentials_in(sent);
  }
  // "retry: reason" or "give up: reason".
  std::string challenge(const sip::Response& response) {
    const auto outcome = cache.handle_challenge(sent, response);
    return (outcome.can_retry ? "retry: " : "give up: ") + outcome.reason;
  }
  std::string challenge(std::initializer_list<std::string_view> challenges,
                        Realm realm = Realm::Proxy) {
    return challenge(make_challenged(challenges, realm));
  }

  CredentialCache cache;
  Identifiers source;
  sip::Request sent = make_request();
};

std::string nonces_in(const std::string& credentials) {
  std::string found;
  for (auto at = credentials.find(" nonce=\""); at != std::string::npos;
       at = credentials.find(" nonce=\"", at + 1)) {
    const auto from = at + 8;
    found +=
        (found.empty() ? "" : " ") + credentials.substr(from, credentials.find('"', from) - from);
  }
  return found;
}

TEST(CredentialCache, NothingIsSentBeforeAChallenge) {
  EXPECT_EQ(Client().send(), "");
}

TEST(CredentialCache, CredentialsAreAnswersToTheChallengeInTheRfcsOrder) {
  Client client;
  EXPECT_EQ(client.challenge({kChallenge}), "retry: atlanta.example.com: answered");
  EXPECT_EQ(
      client.send(),
      "Proxy-Authorization: Digest username=\"alice\", realm=\"atlanta.example.com\", "
      "nonce=\"f84f1cec41e6cbe5aea9c8e88d359\", opaque=\"\", uri=\"sip:bob@biloxi.example.com\", "
      "qop=auth, nc=00000001, cnonce=\"0a4f113b\", algorithm=MD5, "
      "response=\"81cf50c8f1a42fcafdaaaee1e7e397ec\"\n");
}

TEST(CredentialCache, WithoutQopThereIsNoCountAndNoCnonce) {
  Client client;
  client.challenge(
      {R"(Digest realm="atlanta.example.com", nonce="f84f1cec41e6cbe5aea9c8e88d359")"});
  EXPECT_EQ(client.send(),
            "Proxy-Authorization: Digest username=\"alice\", realm=\"atlanta.example.com\", "
            "nonce=\"f84f1cec41e6cbe5aea9c8e88d359\", uri=\"sip:bob@biloxi.example.com\", "
            "response=\"88a48d11dfc76cc9ea9575dc91df7a91\"\n");
}

TEST(CredentialCache, TheCountGoesUpInLaterRequestsOfTheCallIdOnly) {
  Client client;
  client.challenge({kChallenge});
  const auto count = [](const std::string& text) {
    const auto at = text.find("nc=");
    return at == std::string::npos ? "none" : text.substr(at + 3, 8);
  };
  EXPECT_EQ(count(client.send()), "00000001");
  EXPECT_EQ(count(client.send(sip::MethodId::Bye)), "00000002");
  EXPECT_EQ(count(client.send(sip::MethodId::Invite, "2@a")), "none");
  for (int i = 3; i < 10; ++i) client.send();
  EXPECT_EQ(count(client.send()), "0000000a");
  client.cache.forget("1@a");
  EXPECT_EQ(count(client.send()), "none");
}

TEST(CredentialCache, AckAndCancelAreLeftAlone) {
  Client client;
  client.challenge({kChallenge});
  EXPECT_EQ(client.send(sip::MethodId::Cancel), "");
  EXPECT_EQ(client.send(sip::MethodId::Ack), "");
  auto ack = make_request(sip::MethodId::Ack);
  ack.headers().append_text(sip::HeaderId::ProxyAuthorization, "Digest as=the, invite=had");
  client.cache.authorize(ack, client.source);
  EXPECT_EQ(credentials_in(ack), "Proxy-Authorization: Digest as=the, invite=had\n");
}

TEST(CredentialCache, RejectedCredentialsAreNeverSentAgain) {
  Client client;
  client.challenge({kChallenge});
  client.send();
  EXPECT_EQ(
      client.challenge({"Digest realm=\"atlanta.example.com\", qop=\"auth\", nonce=\"second\""}),
      "give up: atlanta.example.com: the credentials were rejected");
  EXPECT_EQ(client.send(), "");
  EXPECT_EQ(client.send(sip::MethodId::Invite, "2@a"), "");
  EXPECT_EQ(client.challenge({kChallenge}),
            "give up: atlanta.example.com: these credentials were rejected before");
}

TEST(CredentialCache, AStaleNonceIsReplacedOnceAndAgainAfterASuccess) {
  Client client;
  const auto stale = [](const char* nonce) {
    return make_challenged(
        {R"(Digest realm="atlanta.example.com", qop="auth", stale=TRUE, nonce=")" +
         std::string(nonce) + "\""});
  };
  client.challenge({kChallenge});
  client.send();
  EXPECT_EQ(client.challenge(stale("two")), "retry: atlanta.example.com: the nonce was stale");
  EXPECT_EQ(nonces_in(client.send()), "two");
  client.cache.handle_acceptance(client.sent);
  EXPECT_EQ(nonces_in(client.send(sip::MethodId::Bye)), "two");
  EXPECT_EQ(client.challenge(stale("three")), "retry: atlanta.example.com: the nonce was stale");
  EXPECT_EQ(nonces_in(client.send(sip::MethodId::Bye)), "three");
  EXPECT_EQ(client.challenge(stale("four")),
            "give up: atlanta.example.com: the nonce was stale twice");
  EXPECT_EQ(client.send(), "");
  // The password was not rejected: another call may use it.
  client.send(sip::MethodId::Invite, "2@a");
  EXPECT_EQ(client.challenge({kChallenge}), "retry: atlanta.example.com: answered");
}

TEST(CredentialCache, AStaleNonceThatIsTheSameAgainIsNoReasonToRetry) {
  Client client;
  client.challenge({kChallenge});
  client.send();
  EXPECT_EQ(client.challenge({"Digest realm=\"atlanta.example.com\", stale=true, "
                              "nonce=\"f84f1cec41e6cbe5aea9c8e88d359\""}),
            "give up: atlanta.example.com: the nonce was stale twice");
}

TEST(CredentialCache, EveryRealmOfOneResponseIsAnswered) {
  Client client({{"atlanta.example.com", "alice", "wonderland"}, {"", "guest", "guest"}});
  EXPECT_EQ(client.challenge({kChallenge, "Digest realm=\"biloxi.example.com\", nonce=\"b\""}),
            "retry: atlanta.example.com: answered; biloxi.example.com: answered");
  const auto text = client.send();
  EXPECT_EQ(nonces_in(text), "f84f1cec41e6cbe5aea9c8e88d359 b");
  EXPECT_NE(text.find("username=\"guest\", realm=\"biloxi.example.com\""), std::string::npos)
      << text;
  // The next proxy asks: the first realm keeps its credentials.
  EXPECT_EQ(client.challenge({"Digest realm=\"chicago.example.com\", nonce=\"c\""}),
            "retry: chicago.example.com: answered");
  EXPECT_EQ(nonces_in(client.send()), "f84f1cec41e6cbe5aea9c8e88d359 b c");
}

TEST(CredentialCache, ARealmOfAProxyAndOneOfAUserAgentAreTwo) {
  Client client;
  client.challenge({kChallenge});
  client.send();
  EXPECT_EQ(
      client.challenge({"Digest realm=\"atlanta.example.com\", nonce=\"u\""}, Realm::UserAgent),
      "retry: atlanta.example.com: answered");
  const auto text = client.send();
  EXPECT_EQ(nonces_in(text), "f84f1cec41e6cbe5aea9c8e88d359 u") << text;
  EXPECT_NE(text.find("\nAuthorization: Digest"), std::string::npos) << text;
  EXPECT_EQ(
      client.challenge({"Digest realm=\"atlanta.example.com\", nonce=\"v\""}, Realm::UserAgent),
      "give up: atlanta.example.com: the credentials were rejected");
  EXPECT_EQ(nonces_in(client.send()), "f84f1cec41e6cbe5aea9c8e88d359");
}

TEST(CredentialCache, TheTopmostUnderstoodChallengeOfARealmCounts) {
  Client client;
  const auto one = [](const char* algorithm, const char* nonce) {
    return R"(Digest realm="atlanta.example.com", qop="auth", nonce=")" + std::string(nonce) +
           "\", algorithm=" + algorithm;
  };
  EXPECT_EQ(client.challenge({one("SHA3-512", "a"), one("SHA-256", "b"), one("MD5", "c"),
                              "Bearer realm=\"atlanta.example.com\""}),
            "retry: atlanta.example.com: answered");
  const auto text = client.send();
  EXPECT_EQ(nonces_in(text), "b");
  EXPECT_NE(text.find("algorithm=SHA-256,"), std::string::npos) << text;
}

TEST(CredentialCache, WhatCannotBeAnsweredIsSaid) {
  Client client;
  EXPECT_EQ(client.challenge({}), "give up: no Digest challenge");
  EXPECT_EQ(client.challenge({"Basic realm=\"atlanta.example.com\""}),
            "give up: no Digest challenge");
  EXPECT_EQ(client.challenge({"Digest realm=\"biloxi.example.com\", nonce=\"b\""}),
            "give up: biloxi.example.com: no credentials for this realm");
  EXPECT_EQ(client.challenge({"Digest realm=\"atlanta.example.com\", nonce=\"b\", algorithm=X"}),
            "give up: atlanta.example.com: no challenge with a known algorithm and qop");
  EXPECT_EQ(
      client.challenge({"Digest realm=\"atlanta.example.com\", nonce=\"b\", qop=\"auth-conf\""}),
      "give up: atlanta.example.com: no challenge with a known algorithm and qop");
  EXPECT_EQ(client.send(), "");
}

// Client and server against each other, for every algorithm and quality of protection.
TEST(CredentialCache, WhatItWritesIsWhatTheAuthenticatorAccepts) {
  for (const auto algorithm :
       {Algorithm::Md5, Algorithm::Md5Sess, Algorithm::Sha256, Algorithm::Sha256Sess,
        Algorithm::Sha512T256, Algorithm::Sha512T256Sess})
    for (const auto qop : {Qop::None, Qop::Auth, Qop::AuthInt}) {
      SCOPED_TRACE(std::string(to_string(algorithm)) + " " + std::string(to_string(qop)));
      auto config = atlanta();
      config.realm = R"(a "quoted" \realm)";
      config.algorithms = {algorithm};
      config.qops = {qop};
      config.nonce_lifetime = 10s;
      Authenticator server(config);
      Identifiers server_source = identifiers("n1");
      Client client({{"", "alice", "wonderland"}});
      const auto exchange = [&](Instant now) {
        auto request = make_request();
        request.set_body("v=0\r\n", "application/sdp");
        client.cache.authorize(request, client.source);
        client.sent = request;
        const auto verdict = server.check(request, Realm::Proxy, now);
        if (verdict.is_accepted()) return std::string("accepted");
        sip::Response response(407);
        server.add_challenges(response, Realm::Proxy, server_source, verdict, now);
        return client.challenge(response);
      };
      EXPECT_EQ(exchange(Instant{0s}), "retry: a \"quoted\" \\realm: answered");
      EXPECT_EQ(exchange(Instant{1s}), "accepted");
      EXPECT_EQ(exchange(Instant{2s}), "accepted");
      EXPECT_EQ(exchange(Instant{10s}), "retry: a \"quoted\" \\realm: the nonce was stale");
      EXPECT_EQ(exchange(Instant{11s}), "accepted");
    }
}

}  // namespace
}  // namespace trapezoid::auth
