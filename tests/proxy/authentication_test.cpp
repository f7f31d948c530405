#include <gtest/gtest.h>

#include "sim/auth/digest.hpp"
#include "tests/proxy/proxy_lab.hpp"

namespace trapezoid::proxy::test {
namespace {

/// A lab whose proxy challenges INVITEs from example.com.
struct ChallengingLab : ProxyLab {
  explicit ChallengingLab(std::optional<Duration> nonce_lifetime = std::nullopt) {
    auth::AuthenticatorConfig authenticator;
    authenticator.realm = "example.com";
    authenticator.users = {{"alice", "wonderland"}};
    authenticator.nonce_lifetime = nonce_lifetime;
    config.challenges =
        Challenges{{"INVITE"}, {"example.com"}, auth::Authenticator(std::move(authenticator))};
  }
};

/// Alice's credentials for one nonce.
std::string credentials(const std::string& nonce) {
  const std::string ha1 =
      auth::make_ha1(auth::Algorithm::Md5, "alice", "example.com", "wonderland");
  const auto digest = auth::make_digest({auth::Algorithm::Md5, auth::Qop::Auth, ha1, "INVITE",
                                         "sip:bob@example.com", nonce, "00000001", "c1", ""});
  return R"(Proxy-Authorization: Digest username="alice", realm="example.com", nonce=")" + nonce +
         "\", uri=\"sip:bob@example.com\", qop=auth, nc=00000001, cnonce=\"c1\", opaque=\"\", "
         "response=\"" +
         digest.response + "\"\n";
}

const std::string kOtherCredentials =
    "Proxy-Authorization: Digest username=\"alice\", realm=\"example.org\", nonce=\"x\", "
    "uri=\"sip:bob@example.com\", response=\"0\"\n";

TEST(ProxyAuthentication, ChallengesAnInviteWithoutCredentials) {
  ChallengingLab lab;
  lab.send("alice", Sent{});
  EXPECT_EQ(lab.last_to("alice"), R"(
SIP/2.0 407 Proxy Authentication Required
Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKa1
From: <sip:alice@example.com>;tag=a1
To: <sip:bob@example.com>;tag=p1
Call-ID: c1@192.0.2.101
CSeq: 1 INVITE
Content-Length: 0
Proxy-Authenticate: Digest realm="example.com", qop="auth", nonce="nonce1", opaque="", stale=FALSE, algorithm=MD5

)");
}

TEST(ProxyAuthentication, AcceptsCredentialsAndTakesOnlyItsOwnAway) {
  ChallengingLab lab;
  lab.send("alice", Sent{});
  lab.send("alice", Sent{.branch = "z9hG4bKa2", .more = credentials("nonce1") + kOtherCredentials});
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:bob@example.com
proxy > alice 407 Proxy Authentication Required (INVITE)
alice > proxy INVITE sip:bob@example.com
proxy > bob INVITE sip:bob@192.0.2.201;transport=tcp
proxy > alice 100 Trying (INVITE)
)");
  EXPECT_EQ(lines_of(lab.last_to("bob"), {"Proxy-Auth"}), "\n" + kOtherCredentials);
}

TEST(ProxyAuthentication, SaysSoWhenTheNonceIsStale) {
  ChallengingLab lab(std::chrono::seconds(10));
  lab.send("alice", Sent{});
  lab.wait(std::chrono::seconds(10));
  lab.send("alice", Sent{.branch = "z9hG4bKa2", .more = credentials("nonce1")});
  EXPECT_EQ(lines_of(lab.last_to("alice"), {"SIP/2.0", "Proxy-Auth"}), R"(
SIP/2.0 407 Proxy Authentication Required
Proxy-Authenticate: Digest realm="example.com", qop="auth", nonce="nonce2", opaque="", stale=TRUE, algorithm=MD5
)");
}

TEST(ProxyAuthentication, LetsOtherDomainsAndOtherMethodsPass) {
  ChallengingLab lab;
  lab.send("alice", Sent{.from = "<sip:erin@example.org>;tag=a1"});
  lab.send("alice", Sent{.method = "OPTIONS", .branch = "z9hG4bKa2"});
  EXPECT_EQ(lab.log(), R"(
alice > proxy INVITE sip:bob@example.com
proxy > bob INVITE sip:bob@192.0.2.201;transport=tcp
proxy > alice 100 Trying (INVITE)
alice > proxy OPTIONS sip:bob@example.com
proxy > bob OPTIONS sip:bob@192.0.2.201;transport=tcp
)");
}

}  // namespace
}  // namespace trapezoid::proxy::test
