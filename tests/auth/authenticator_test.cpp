#include "sim/auth/authenticator.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/auth/exchange.hpp"

namespace trapezoid::auth {
namespace {

using namespace std::chrono_literals;
using Kind = Verdict::Kind;

constexpr std::string_view kNonce = "f84f1cec41e6cbe5aea9c8e88d359";

// What the client writes; each test changes what it is about.
struct Offer {
  std::string username = "alice";
  std::string password = "wonderland";
  std::string realm = "atlanta.example.com";
  std::string nonce{kNonce};
  std::string uri = "sip:bob@biloxi.example.com";
  std::string count = "00000001";
  Algorithm algorithm = Algorithm::Md5;
  Qop qop = Qop::Auth;
  std::string more = ", opaque=\"\"";

  std::string text(std::string_view method = "INVITE", std::string_view body = "") const {
    const auto ha1 = make_ha1(algorithm, username, realm, password);
    const auto digest =
        make_digest({algorithm, qop, ha1, method, uri, nonce, count, "0a4f113b", body});
    std::string text = "Digest username=\"" + username + "\", realm=\"" + realm + "\", nonce=\"" +
                       nonce + "\", uri=\"" + uri + "\", response=\"" + digest.response + "\"" +
                       ", algorithm=" + std::string(to_string(algorithm));
    if (qop != Qop::None)
      text += ", qop=" + std::string(to_string(qop)) + ", nc=" + count + ", cnonce=\"0a4f113b\"";
    return text + more;
  }
};

// A server that has issued `kNonce` at the start.
struct Server {
  explicit Server(AuthenticatorConfig config = atlanta()) : authenticator(std::move(config)) {
    Identifiers source = identifiers();
    first_challenge = authenticator.make_challenge(source, {}, Instant{});
  }
  Verdict check(const std::string& credentials, Duration at = 0s) {
    auto request = make_request();
    if (!credentials.empty())
      request.headers().append_text(sip::HeaderId::ProxyAuthorization, credentials);
    return authenticator.check(request, Realm::Proxy, Instant{at});
  }
  Authenticator authenticator;
  std::string first_challenge;
};

TEST(Authenticator, TheChallengeIsThatOfRfc3665) {
  EXPECT_EQ(Server().first_challenge,
            "Digest realm=\"atlanta.example.com\", qop=\"auth\", "
            "nonce=\"f84f1cec41e6cbe5aea9c8e88d359\", opaque=\"\", stale=FALSE, algorithm=MD5");
}

TEST(Authenticator, SeveralAlgorithmsGiveOneChallengeEachStrongestFirst) {
  auto config = atlanta();
  config.algorithms = {Algorithm::Sha512T256, Algorithm::Sha256, Algorithm::Md5};
  config.qops = {Qop::Auth, Qop::AuthInt};
  config.opaque.reset();
  Authenticator authenticator(config);
  Identifiers source = identifiers("n");
  sip::Response response(401);
  Verdict stale;
  stale.kind = Kind::Stale;
  authenticator.add_challenges(response, Realm::UserAgent, source, stale, Instant{});
  std::string text;
  sip::ValueTexts values = response.headers().values(sip::HeaderId::WwwAuthenticate);
  while (const auto value = values.next()) text += std::string(*value) + "\n";
  const std::string head =
      "Digest realm=\"atlanta.example.com\", qop=\"auth,auth-int\", nonce=\"n\", stale=TRUE, "
      "algorithm=";
  EXPECT_EQ(text, head + "SHA-512-256\n" + head + "SHA-256\n" + head + "MD5\n");
}

TEST(Authenticator, AQuoteInTheRealmIsEscapedAndReadBack) {
  auto config = atlanta();
  config.realm = R"(a "b" \c)";
  Server server(config);
  EXPECT_TRUE(server.first_challenge.starts_with(R"(Digest realm="a \"b\" \\c", )"));
  Offer offer;
  offer.realm = config.realm;
  std::string text = offer.text();
  text.replace(text.find(R"(a "b" \c)"), 8, R"(a \"b\" \\c)");
  EXPECT_EQ(server.check(text).reason, "the response is right");
}

TEST(Authenticator, TheRightResponseIsAcceptedOnce) {
  Server server;
  const auto verdict = server.check(Offer().text());
  EXPECT_TRUE(verdict.is_accepted());
  EXPECT_EQ(verdict.username, "alice");
  EXPECT_EQ(server.check(Offer().text()).kind, Kind::Replayed);
}

TEST(Authenticator, EveryFaultHasItsVerdictAndReason) {
  Server server;
  const auto verdict = [&](const std::string& text) {
    const auto result = server.check(text);
    return std::to_string(static_cast<int>(result.kind)) + ": " + result.reason;
  };
  const auto with = [](auto change) {
    Offer offer;
    change(offer);
    return offer.text();
  };
  const auto kind = [](Kind k) { return std::to_string(static_cast<int>(k)) + ": "; };
  EXPECT_EQ(verdict(""),
            kind(Kind::NoCredentials) + "no credentials for realm atlanta.example.com");
  EXPECT_EQ(verdict(with([](Offer& o) { o.realm = "elsewhere"; })),
            kind(Kind::NoCredentials) + "no credentials for realm atlanta.example.com");
  EXPECT_EQ(verdict("Basic realm=\"atlanta.example.com\""),
            kind(Kind::NoCredentials) + "no credentials for realm atlanta.example.com");
  EXPECT_EQ(verdict(with([](Offer& o) { o.username = "mallory"; })),
            kind(Kind::UnknownUser) + "unknown user mallory");
  EXPECT_EQ(verdict(with([](Offer& o) { o.password = "guess"; })),
            kind(Kind::WrongResponse) + "the response is not that of the user's password");
  EXPECT_EQ(verdict(with([](Offer& o) { o.uri = "sip:carol@chicago.example.com"; })),
            kind(Kind::WrongUri) + "the credentials are for sip:carol@chicago.example.com");
  EXPECT_EQ(verdict(with([](Offer& o) { o.nonce = "never-issued"; })),
            kind(Kind::Stale) + "the nonce is stale");
  EXPECT_EQ(verdict(with([](Offer& o) { o.algorithm = Algorithm::Sha256; })),
            kind(Kind::Malformed) + "algorithm SHA-256 was not asked for");
  EXPECT_EQ(verdict(with([](Offer& o) { o.qop = Qop::AuthInt; })),
            kind(Kind::Malformed) + "qop auth-int was not asked for");
  EXPECT_EQ(verdict(with([](Offer& o) { o.count = "1"; })),
            kind(Kind::Malformed) + "nc is missing or not eight hexadecimal digits");
  EXPECT_EQ(verdict(with([](Offer& o) { o.count = "00000000"; })),
            kind(Kind::Malformed) + "nc is missing or not eight hexadecimal digits");
  EXPECT_EQ(verdict(with([](Offer& o) { o.more = ", opaque=\"other\""; })),
            kind(Kind::Malformed) + "opaque was changed");
  EXPECT_EQ(verdict("Digest realm=\"atlanta.example.com\", username=\"alice\""),
            kind(Kind::Malformed) + "nonce, uri or response is missing");
  EXPECT_EQ(verdict(Offer().text()), kind(Kind::Accepted) + "the response is right");
}

TEST(Authenticator, TheDigestIsOverTheMethodToo) {
  Server server;
  EXPECT_EQ(server.check(Offer().text("BYE")).kind, Kind::WrongResponse);
}

TEST(Authenticator, CountsMayOvertakeEachOtherButNeverRepeat) {
  Server server;
  const auto use = [&](const std::string& count) {
    Offer offer;
    offer.count = count;
    return server.check(offer.text()).kind == Kind::Accepted ? "accepted" : "replayed";
  };
  EXPECT_STREQ(use("00000003"), "accepted");
  EXPECT_STREQ(use("00000001"), "accepted");
  EXPECT_STREQ(use("00000001"), "replayed");
  EXPECT_STREQ(use("00000003"), "replayed");
  EXPECT_STREQ(use("00000004"), "accepted");
  EXPECT_STREQ(use("00000003"), "replayed");
  EXPECT_STREQ(use("00000002"), "accepted");
  EXPECT_STREQ(use("00000044"), "accepted");  // 68: exactly 64 above 4
  EXPECT_STREQ(use("00000004"), "replayed");
  EXPECT_STREQ(use("00000005"), "accepted");
  EXPECT_STREQ(use("ffffffff"), "accepted");
  EXPECT_STREQ(use("00000006"), "replayed");  // too far below to be known
}

TEST(Authenticator, ANonceGrowsStaleAtTheEndOfItsLifetime) {
  auto config = atlanta();
  config.nonce_lifetime = 60s;
  Server server(config);
  Offer second;
  second.count = "00000002";
  EXPECT_TRUE(server.check(Offer().text(), 60s - 1ns).is_accepted());
  EXPECT_TRUE(server.check(second.text(), 60s).is_stale());
  Offer wrong;
  wrong.password = "guess";
  EXPECT_EQ(server.check(wrong.text(), 60s).kind, Kind::WrongResponse);

  Identifiers source = identifiers("second-nonce");
  server.authenticator.make_challenge(source, {}, Instant{61s});
  EXPECT_EQ(server.authenticator.size(), 1U);  // the old one is forgotten
  Offer fresh;
  fresh.nonce = "second-nonce";
  EXPECT_TRUE(server.check(fresh.text(), 62s).is_accepted());
}

TEST(Authenticator, CredentialsWithoutQopAreAcceptedAgain) {
  Server server;
  Offer offer;
  offer.qop = Qop::None;
  EXPECT_TRUE(server.check(offer.text()).is_accepted());
  EXPECT_TRUE(server.check(offer.text()).is_accepted());
}

TEST(Authenticator, AUserMayBeKnownByHa1Alone) {
  auto config = atlanta();
  config.users = {{"alice", "", "F1FB30506E9B61D154B799AEB9F726CD"}};
  EXPECT_TRUE(Server(config).check(Offer().text()).is_accepted());
}

TEST(Authenticator, TheUriMayBeThatOfTheToWhenAProxyChangedTheRequestUri) {
  Server server;
  auto request = make_request(sip::MethodId::Invite, "1@a", "sip:bob@192.0.2.201;transport=tcp");
  request.headers().append_text(sip::HeaderId::ProxyAuthorization, Offer().text());
  EXPECT_TRUE(server.authenticator.check(request, Realm::Proxy, {}).is_accepted());
}

TEST(Authenticator, TheUriIsComparedAsAUriAndOnlyWhenAsked) {
  Offer offer;
  offer.uri = "sip:bob@BILOXI.example.com;transport=tcp";
  EXPECT_TRUE(Server().check(offer.text()).is_accepted());
  auto config = atlanta();
  config.checks_uri = false;
  offer.uri = "sip:somebody@elsewhere.example.com";
  EXPECT_TRUE(Server(config).check(offer.text()).is_accepted());
}

TEST(Authenticator, CredentialsForOtherRealmsAndOtherHeaderFieldsPlayNoPart) {
  Server server;
  auto request = make_request();
  request.headers().append_text(sip::HeaderId::Authorization, Offer().text());
  EXPECT_EQ(server.authenticator.check(request, Realm::Proxy, {}).kind, Kind::NoCredentials);
  Offer other;
  other.realm = "biloxi.example.com";
  request.headers().append_text(sip::HeaderId::ProxyAuthorization, other.text());
  request.headers().append_text(sip::HeaderId::ProxyAuthorization, Offer().text());
  EXPECT_TRUE(server.authenticator.check(request, Realm::Proxy, {}).is_accepted());

  server.authenticator.remove_own_credentials(request);
  EXPECT_EQ(credentials_in(request), "Authorization: " + Offer().text() + "\n" +
                                         "Proxy-Authorization: " + other.text() + "\n");
}

}  // namespace
}  // namespace trapezoid::auth
