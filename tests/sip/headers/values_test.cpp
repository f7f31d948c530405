#include "sim/sip/headers/all.hpp"
#include "tests/sip/headers/grammar_words.hpp"

namespace trapezoid::sip {
namespace {

TEST(CSeq, IsANumberAndAMethod) {
  ok<CSeq>("4711 INVITE");
  ok<CSeq>("0009\r\n  NEWMETHOD", "9 NEWMETHOD");
  ok<CSeq>("4294967295 OPTIONS");
  bad<CSeq>("4294967296 OPTIONS", 0);
  bad<CSeq>("INVITE", 0);
  bad<CSeq>("1INVITE", 1);
  bad<CSeq>("1 ", 2);
  bad<CSeq>("1 INVITE 2", 8);
}

TEST(Numbers, HaveARange) {
  ok<MaxForwards>("0068", "68");
  bad<MaxForwards>("256", 0);
  bad<MaxForwards>("70 ", 2);
  ok<ContentLength>("349");
  bad<ContentLength>("-999", 0);
  bad<ContentLength>("", 0);
  ok<Expires>("4294967295");
  bad<Expires>("4294967296", 0);
  ok<MinExpires>("60");
  ok<RSeq>("988789");
  bad<RSeq>("0", 0);
  ok<RAck>("776656 1 INVITE");
  bad<RAck>("776656 INVITE", 7);
}

TEST(Words, AreTokensOrMore) {
  ok<CallId>("f81d4fae-7dec-11d0-a765-00a0c91e6bf6@foo.bar.example");
  ok<CallId>("(a)<b>:\\\"/[c]?{d}@e");
  bad<CallId>("a@", 2);
  bad<CallId>("a b", 1);
  bad<CallId>("a@b@c", 3);
  ok<InReplyTo>("70710@saturn.bell-tel.example");
  ok<Allow>("INVITE");
  bad<Allow>("INVITE ACK", 6);
  ok<Require>("100rel");
  ok<ProxyRequire>("foo");
  ok<Supported>("timer");
  ok<Unsupported>("foo.bar");
  bad<Require>("a;b", 1);
  ok<Priority>("emergency");
}

TEST(MediaTypes, HaveTypeSubtypeAndParameters) {
  ok<ContentType>("application/sdp");
  ok<ContentType>("text/html; charset=ISO-8859-4");
  ok<ContentType>("multipart / signed;boundary=\"a;b\"", "multipart/signed;boundary=\"a;b\"");
  bad<ContentType>("application", 11);
  bad<ContentType>("application/", 12);
  EXPECT_TRUE(ContentType::parse("Application/SDP;x=1")->is("application/sdp"));
  ok<Accept>("application/sdp;level=1");
  ok<Accept>("*/*;q=0.1");
  EXPECT_TRUE(Accept::parse("text/*")->covers("TEXT/plain"));
  EXPECT_FALSE(Accept::parse("text/*")->covers("application/sdp"));
  ok<AcceptEncoding>("gzip;q=1.0");
  ok<AcceptLanguage>("en-gb;q=0.8");
  bad<AcceptLanguage>("languages", 0);
  ok<ContentLanguage>("mas-Latn");
  ok<ContentEncoding>("tar");
  ok<ContentDisposition>("session;handling=optional");
  EXPECT_TRUE(ContentDisposition::parse("icon;handling=Optional")->is_optional());
  ok<MimeVersion>("1.0");
  bad<MimeVersion>("1", 1);
}

TEST(Authentication, IsASchemeAndACommaList) {
  const std::string challenge =
      "Digest realm=\"atlanta.example.com\", domain=\"sip:ss1.carrier.example\", qop=\"auth\","
      "\r\n nonce=\"f84f1cec41e6cbe5aea9c8e88d359\", opaque=\"\", stale=FALSE, algorithm=MD5";
  ok<WwwAuthenticate>(challenge);
  ok<ProxyAuthenticate>(challenge);
  ok<Authorization>(R"(Digest username="bob", nc=00000001, response="245f23415f11432b3434341c")");
  ok<ProxyAuthorization>("NoOneKnowsThisScheme opaque-data=here");
  ok<AuthenticationInfo>("nextnonce=\"47364c23432d2e131a5fb210812c\"");
  bad<WwwAuthenticate>("Digest", 6);
  bad<WwwAuthenticate>("Digest realm", 12);
  bad<Authorization>("Digest a=\"b\" c=d", 12);

  const auto parameters = Challenge::parse(challenge)->parameters;
  EXPECT_EQ(parameters.value_of("Realm"), "atlanta.example.com");
  EXPECT_EQ(parameters.value_of("stale"), "FALSE");
  EXPECT_TRUE(parameters.contains("opaque"));
  EXPECT_FALSE(parameters.contains("cnonce"));
  EXPECT_EQ(
      Challenge::parse("Digest realm=\"a \\\"b, c=d\\\" \", x=y")->parameters.value_of("realm"),
      "a \"b, c=d\" ");
}

TEST(Date, IsOneFormInGmt) {
  ok<Date>("Sat, 13 Nov 2010 23:29:00 GMT");
  ok<Date>("Tue, 29 Feb 2000 00:00:00 GMT");
  bad<Date>("Fri, 01 Jan 2010 16:00:00 EST", 26);
  bad<Date>("Fri, 31 Feb 2010 16:00:00 GMT", 5);
  bad<Date>("Fri, 01 Jan 2010 24:00:00 GMT", 17);
  bad<Date>("Fri, 1 Jan 2010 16:00:00 GMT", 5);
}

TEST(Timestamp, HasATimeAndMaybeADelay) {
  ok<Timestamp>("54");
  ok<Timestamp>("54.021 0.5");
  bad<Timestamp>(".5", 0);
  bad<Timestamp>("54 x", 3);
}

TEST(RetryAfter, HasACommentAndParameters) {
  ok<RetryAfter>("18000;duration=3600");
  ok<RetryAfter>("120 (I'm in (another) meeting)");
  bad<RetryAfter>("120 (no end", 4);
  EXPECT_EQ(RetryAfter::parse("1;duration=60")->duration(), 60U);
}

TEST(Texts, AreKeptAsTheyStand) {
  ok<Subject>("Tech Support\r\n and more \xC3\xA9");
  ok<Subject>("");
  bad<Subject>(std::string_view("a\0b", 3), 1);
  ok<Organization>("Boxes by Bob");
  ok<UserAgent>("Softphone/Beta1.5 (a \\) comment) other");
  ok<Server>("HomeServer v2");
  bad<Server>("a/", 2);
  ok<Warning>("307 isi.example.edu \"Session parameter 'foo' not understood\"");
  ok<Warning>("370 [2001:db8::1]:5060 \"x\"");
  bad<Warning>("1812 overture \"In Progress\"", 0);
  bad<Warning>("301 isi.example.edu none", 20);
}

TEST(Events, HaveAPackageAndParameters) {
  ok<Event>("presence.winfo;id=7");
  ok<SubscriptionState>("active;expires=3599");
  ok<Reason>("SIP;cause=600;text=\"Busy Everywhere\"");
  EXPECT_EQ(Reason::parse("Q.850;cause=16")->cause(), 16U);
  EXPECT_EQ(Event::parse("refer;id=93809824")->id(), "93809824");
}

TEST(Replaces, NeedsBothTagsOnce) {
  ok<Replaces>("98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff");
  bad<Replaces>("12adf2f34456gs5;from-tag=b", 26);
  bad<Replaces>("a;to-tag=1;from-tag=2;To-Tag=3", 22);
  EXPECT_TRUE(Replaces::parse("a;to-tag=1;from-tag=2;early-only")->is_early_only());
}

}  // namespace
}  // namespace trapezoid::sip
