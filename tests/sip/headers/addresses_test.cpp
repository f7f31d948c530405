#include "sim/sip/headers/all.hpp"
#include "tests/sip/headers/grammar_words.hpp"

namespace trapezoid::sip {
namespace {

TEST(Via, IsReadWithAnyWhiteSpaceAndParameters) {
  ok<Via>("SIP/2.0/UDP pc33.atlanta.example.com:5066;branch=z9hG4bK776asdhds");
  ok<Via>("SIP/2.0/TLS [2001:db8::9:1]:6050;received=2001:db8::9:255;rport=5070;ttl=16");
  ok<Via>("SIP / 2.0 / UDP  192.0.2.1 : 5060 ; branch = z9hG4bKx",
          "SIP/2.0/UDP 192.0.2.1:5060 ; branch = z9hG4bKx");
  ok<Via>("SIP\r\n /2.0/\r\n\tTCP h.example;maddr=239.255.255.1",
          "SIP/2.0/TCP h.example;maddr=239.255.255.1");
}

TEST(Via, SaysWhereItGoesWrong) {
  bad<Via>("", 0);
  bad<Via>("SIP/2.0 h.example", 7);
  bad<Via>("SIP/2.0/UDP", 11);
  bad<Via>("SIP/2.0/UDP h.example:", 22);
  bad<Via>("SIP/2.0/UDP h.example:65536", 22);
  bad<Via>("SIP/2.0/UDP h.example;;branch=z", 22);
  bad<Via>("SIP/2.0/UDP h.example;branch=", 29);
  bad<Via>("SIP/2.0/UDP [2001:db8::1;branch=z", 13);
  bad<Via>("SIP/2.0/UDP h.example extra", 21);
}

TEST(Via, GivesItsParameters) {
  const auto via =
      Via::parse("SIP/2.0/UDP h.example;Branch=z9hG4bKa;received=[2001:db8::1];rport=5070;ttl=300");
  ASSERT_TRUE(via);
  EXPECT_EQ(via->branch(), "z9hG4bKa");
  EXPECT_EQ(via->received(), "2001:db8::1");
  EXPECT_EQ(via->rport(), 5070);
  EXPECT_EQ(via->ttl(), std::nullopt);  // above 255
  EXPECT_TRUE(Via::parse("SIP/2.0/UDP h.example;rport")->has_rport());
}

TEST(From, TakesTheThreeFormsOfAnAddress) {
  ok<From>("\"A. G. Bell\" <sip:agb@bell.example>;tag=a48s");
  ok<From>("Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8");
  ok<From>("Two  Words<sip:a@b.example>", "Two  Words <sip:a@b.example>");
  ok<From>("sip:+12125551212@server.example;tag=887s",
           "<sip:+12125551212@server.example>;tag=887s");
  ok<From>(R"("a \" < b" <tel:+1-212-555>)", R"("a \" < b" <tel:+1-212-555>)");
}

TEST(From, SaysWhereItGoesWrong) {
  bad<From>("Bell, Alexander <sip:a@b.example>", 4);
  bad<From>("\"no end <sip:a@b.example>", 0);
  bad<From>("<sip:a@b.example", 16);
  bad<From>("< sip:a@b.example>", 1);
  bad<From>("<sip:a@b.example >", 16);
  bad<From>("sip:a@b.example?Subject=x", 15);
  bad<From>("<sip:a@b.example>;", 18);
  bad<From>("<sip:a@b.example> tag=1", 17);
}

TEST(From, HasATagOrNone) {
  EXPECT_EQ(From::parse("<sip:a@b.example>;x;TAG=1a")->tag(), "1a");
  EXPECT_EQ(To::parse("sip:a@b.example")->tag(), "");
}

TEST(Contact, IsAStarOrAnAddress) {
  ok<Contact>("*");
  ok<Contact>("\"Mr. Watson\" <sip:watson@worcester.example>;q=0.7;expires=3600");
  ok<Contact>("<mailto:watson@bell.example>;q=0.1");
  bad<Contact>("<sip:a@b.example>;q=1.5", 20);
  bad<Contact>("sip:a@b.example?Route=%3Csip:c.example%3E", 15);
  EXPECT_EQ(Contact::parse("<sip:a@b.example>;q=0.25")->q_thousandths(), 250);
  EXPECT_EQ(Contact::parse("<sip:a@b.example>;expires=99999999999")->expires(), std::nullopt);
}

TEST(Contact, TellsItsOwnParametersFromThoseOfTheUri) {
  const auto of_the_field = Contact::parse("sip:a@b.example;p");
  EXPECT_TRUE(of_the_field->parameters.contains("p"));
  EXPECT_FALSE(of_the_field->address.uri.parameters.contains("p"));
  const auto of_the_uri = Contact::parse("<sip:a@b.example;p>");
  EXPECT_FALSE(of_the_uri->parameters.contains("p"));
  EXPECT_TRUE(of_the_uri->address.uri.parameters.contains("p"));
}

TEST(Route, NeedsAngleBrackets) {
  ok<Route>("<sip:ss1.example.com;lr>");
  ok<RecordRoute>("\"edge\" <sips:p2.example.com:5061;lr>;x=y");
  ok<Path>("<sip:P2.EXAMPLEVISITED.COM;lr>");
  ok<ServiceRoute>("<sip:P2.HOME.EXAMPLE.COM;lr>");
  bad<Route>("sip:ss1.example.com;lr", 3);
}

TEST(OtherAddresses, AreReadAndWrittenBack) {
  ok<ReplyTo>("Bob <sip:bob@biloxi.example>");
  ok<ReferTo>("<sip:dave@denver.example.org?Replaces=12345%40192.168.118.3>");
  ok<AlertInfo>("<http://www.example.com/sounds/moo.wav>");
  ok<CallInfo>("<http://www.example.com/alice/photo.jpg>;purpose=icon");
  ok<ErrorInfo>("<sip:not-in-service-recording@atlanta.example>");
  bad<CallInfo>("http://www.example.com/", 0);
}

}  // namespace
}  // namespace trapezoid::sip
