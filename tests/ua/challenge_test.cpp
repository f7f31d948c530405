// §22: challenges by a proxy and by a server, which the test plays by hand.

#include <gtest/gtest.h>

#include "sim/auth/authenticator.hpp"
#include "tests/ua/ua_lab.hpp"

namespace trapezoid::tests {
namespace {

using std::chrono::seconds;

class Challenge : public testing::Test {
 protected:
  explicit Challenge(const std::string& password = "zanzibar") {
    ua::UserAgentConfig caller = alice();
    caller.outbound_proxies = {"sip:proxy.example.com;lr"};
    caller.credentials = {{"atlanta.example.com", "alice", password}};
    caller.calls = {{Instant{}, "sip:bob@biloxi.example.com", "Bob", seconds(5), true}};
    lab.add("alice", caller);
    lab.run_until(seconds(1));
  }

  static auth::AuthenticatorConfig realm() {
    auth::AuthenticatorConfig config;
    config.realm = "atlanta.example.com";
    config.nonce_lifetime = seconds(10);
    config.users = {{"alice", "zanzibar"}};
    return config;
  }

  /// Checks the latest INVITE at `at` as the proxy would; "" and a 407, or the verdict.
  bool check(Duration at) {
    const sip::Request invite = lab.last_request("INVITE");
    const auth::Verdict verdict = proxy.check(invite, auth::Realm::Proxy, Instant{at});
    if (verdict.is_accepted()) return true;
    lab.respond("alice", invite, 407, "proxy-tag", [&](sip::Response& response) {
      proxy.add_challenges(response, auth::Realm::Proxy, identifiers, verdict, Instant{at});
    });
    return false;
  }

  UaLab lab;
  auth::Authenticator proxy{realm()};
  Identifiers identifiers{{{}, {}, {}, {"nonce1", "nonce2", "nonce3"}, {}, {}}, 1, "proxy"};
};

class WrongPassword : public Challenge {
 protected:
  WrongPassword() : Challenge("timbuktu") {}
};

// New CSeq and branch; Call-ID, From tag and To as before (§22.2).
TEST_F(Challenge, IsAnsweredWithANewInvite) {
  EXPECT_FALSE(check(seconds(1)));
  EXPECT_EQ(lab.shown("INVITE"), R"(
INVITE sip:bob@biloxi.example.com SIP/2.0
Via: SIP/2.0/TCP client.alice.example.com:5060;branch=z9hG4bK-alice-2
Max-Forwards: 70
Route: <sip:proxy.example.com;lr>
From: Alice <sip:alice@atlanta.example.com>;tag=alice-tag1
To: Bob <sip:bob@biloxi.example.com>
Call-ID: call1@alice
CSeq: 2 INVITE
Contact: <sip:alice@client.atlanta.example.com;transport=tcp>
Proxy-Authorization: Digest username="alice", realm="atlanta.example.com", nonce="nonce1", opaque="", uri="sip:bob@biloxi.example.com", qop=auth, nc=00000001, cnonce="alice-cnonce1", algorithm=MD5, response="6cf0990eb568642e39256f2cabe95a82"
Content-Type: application/sdp
Content-Length: 139

v=0
o=alice 1001 1001 IN IP4 client.atlanta.example.com
s=-
c=IN IP4 192.0.2.101
t=0 0
m=audio 49172 RTP/AVP 0
a=rtpmap:0 PCMU/8000
)");
  EXPECT_TRUE(check(seconds(1)));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@biloxi.example.com (1 INVITE)
  1.000  alice > ACK sip:bob@biloxi.example.com (1 ACK)
  1.000  alice > INVITE sip:bob@biloxi.example.com (2 INVITE)
)");
}

TEST_F(WrongPassword, EndsTheCallAfterTheSecond407) {
  EXPECT_FALSE(check(seconds(1)));
  EXPECT_FALSE(check(seconds(1)));
  lab.run_until(seconds(50));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@biloxi.example.com (1 INVITE)
  1.000  alice > ACK sip:bob@biloxi.example.com (1 ACK)
  1.000  alice > INVITE sip:bob@biloxi.example.com (2 INVITE)
  1.000  alice > ACK sip:bob@biloxi.example.com (2 ACK)
  1.000  alice: call failed 407
)");
  EXPECT_EQ(lab.call_count("alice"), 0U);
}

// stale=TRUE: the same credentials with the new nonce.
TEST_F(Challenge, StaleNonceIsAnsweredOnceMore) {
  EXPECT_FALSE(check(seconds(1)));
  EXPECT_FALSE(check(seconds(20)));
  EXPECT_TRUE(check(seconds(20)));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@biloxi.example.com (1 INVITE)
  1.000  alice > ACK sip:bob@biloxi.example.com (1 ACK)
  1.000  alice > INVITE sip:bob@biloxi.example.com (2 INVITE)
  1.000  alice > ACK sip:bob@biloxi.example.com (2 ACK)
  1.000  alice > INVITE sip:bob@biloxi.example.com (3 INVITE)
)");
}

TEST_F(Challenge, SecondStaleNonceInARowEndsTheCall) {
  EXPECT_FALSE(check(seconds(1)));
  EXPECT_FALSE(check(seconds(20)));
  EXPECT_FALSE(check(seconds(40)));
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@biloxi.example.com (1 INVITE)
  1.000  alice > ACK sip:bob@biloxi.example.com (1 ACK)
  1.000  alice > INVITE sip:bob@biloxi.example.com (2 INVITE)
  1.000  alice > ACK sip:bob@biloxi.example.com (2 ACK)
  1.000  alice > INVITE sip:bob@biloxi.example.com (3 INVITE)
  1.000  alice > ACK sip:bob@biloxi.example.com (3 ACK)
  1.000  alice: call failed 407
)");
}

TEST_F(Challenge, UnknownRealmEndsTheCallWithThe407) {
  const sip::Request invite = lab.last_request("INVITE");
  lab.respond("alice", invite, 407, "tag", [](sip::Response& response) {
    response.headers().append_text(sip::HeaderId::ProxyAuthenticate,
                                   R"(Digest realm="elsewhere", nonce="n", qop="auth")");
  });
  EXPECT_EQ(lab.log(), R"(
  0.000  alice: call attempt
  0.000  alice > INVITE sip:bob@biloxi.example.com (1 INVITE)
  1.000  alice > ACK sip:bob@biloxi.example.com (1 ACK)
  1.000  alice: call failed 407
)");
}

constexpr auto kProxyAuthorization = sip::HeaderId::ProxyAuthorization;

// The ACK to a 2xx repeats the credentials unchanged (§22.1), the BYE counts nc up (§22.3); a BYE
// that is challenged is sent again.
TEST_F(Challenge, CredentialsGoIntoAckAndBye) {
  EXPECT_FALSE(check(seconds(1)));
  EXPECT_TRUE(check(seconds(1)));
  const sip::Request invite = lab.last_request("INVITE");
  lab.respond("alice", invite, 200, "bob-tag", [](sip::Response& response) {
    response.headers().append_text(sip::HeaderId::Contact, "<sip:bob@proxy.example.com>");
    response.set_body(
        "v=0\r\no=bob 1 1 IN IP4 192.0.2.201\r\ns=-\r\nc=IN IP4 192.0.2.201\r\nt=0 0\r\n"
        "m=audio 3456 RTP/AVP 0\r\n",
        "application/sdp");
  });
  const sip::Request ack = lab.last_request("ACK");
  EXPECT_EQ(ack.headers().first_text(kProxyAuthorization),
            invite.headers().first_text(kProxyAuthorization));

  lab.run_until(seconds(20));
  const sip::Request bye = lab.last_request("BYE");
  EXPECT_NE(bye.headers().first_text(kProxyAuthorization)->find("nc=00000002"),
            std::string_view::npos);
  const auth::Verdict stale = proxy.check(bye, auth::Realm::Proxy, Instant{seconds(20)});
  lab.respond("alice", bye, 407, "proxy-tag", [&](sip::Response& response) {
    proxy.add_challenges(response, auth::Realm::Proxy, identifiers, stale, Instant{seconds(20)});
  });
  EXPECT_EQ(lab.last_request("BYE").headers().first_text(sip::HeaderId::CSeq), "4 BYE");
  EXPECT_TRUE(
      proxy.check(lab.last_request("BYE"), auth::Realm::Proxy, Instant{seconds(20)}).is_accepted());
}

}  // namespace
}  // namespace trapezoid::tests
