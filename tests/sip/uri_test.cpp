#include "sim/sip/uri.hpp"

#include <gtest/gtest.h>

namespace trapezoid::sip {
namespace {

/// The parts of a URI in one line, or where it goes wrong.
std::string parts(std::string_view text) {
  const auto uri = parse_uri(text);
  if (!uri) return to_string(uri.error());
  std::string out(uri->scheme_text);
  const auto add = [&out](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += ' ';
    out += name;
    out += '=';
    out += value;
  };
  add("user", uri->user.value_or(""));
  add("password", uri->password.value_or(""));
  add("host", uri->host_port.host);
  if (uri->host_port.port) add("port", std::to_string(*uri->host_port.port));
  add("parameters", uri->parameters.text());
  add("headers", uri->headers);
  add("opaque", uri->opaque);
  return out;
}

bool are_equivalent(std::string_view a, std::string_view b) {
  return sip::are_equivalent(*parse_uri(a), *parse_uri(b)) &&
         sip::are_equivalent(*parse_uri(b), *parse_uri(a));
}

TEST(Uri, IsTakenApart) {
  EXPECT_EQ(parts("sip:alice:secret@atlanta.example:5070;transport=tcp?Subject=x&To=y"),
            "sip user=alice password=secret host=atlanta.example port=5070 "
            "parameters=;transport=tcp headers=Subject=x&To=y");
  EXPECT_EQ(parts("SIPS:user;par=u%40example.net@[2001:db8::10]"),
            "SIPS user=user;par=u%40example.net host=[2001:db8::10]");
  EXPECT_EQ(parts("sip:192.0.2.4"), "sip host=192.0.2.4");
  EXPECT_EQ(parts("tel:+1-201-555-0123;ext=7"), "tel parameters=;ext=7 opaque=+1-201-555-0123");
  EXPECT_EQ(parts("http://www.example.com/a?b"), "http opaque=//www.example.com/a?b");
}

TEST(Uri, SaysWhereItGoesWrong) {
  EXPECT_EQ(parts("<sip:a@b.example>"), "byte 0: addr-spec: expected scheme");
  EXPECT_EQ(parse_uri("sip:@b.example").error().offset, 4U);
  EXPECT_EQ(parse_uri("sip:a%4@b.example").error().offset, 5U);
  EXPECT_EQ(parse_uri("sip:2001:db8::10").error().offset, 4U);
  EXPECT_EQ(parse_uri("sip:a@b.example:70000").error().offset, 16U);
  EXPECT_EQ(parse_uri("sip:a@-b.example").error().offset, 6U);
  EXPECT_EQ(parse_uri("sip:a@b.example;").error().offset, 16U);
  EXPECT_EQ(parse_uri("sip:a@b.example; lr").error().offset, 16U);
  EXPECT_EQ(parse_uri("sip:a@b.example?x").error().offset, 17U);
  EXPECT_EQ(parse_uri("tel:").error().offset, 4U);
  EXPECT_EQ(parse_uri("").error().code, ParseErrc::UnexpectedEnd);
}

TEST(Uri, TakesTheFormsOfIpv6) {
  for (const char* host : {"::", "::1", "1::", "2001:db8::9:255", "1:2:3:4:5:6:7:8",
                           "::ffff:192.0.2.1", "2001:db8:::192.0.2.1"})
    EXPECT_TRUE(parse_uri("sip:[" + std::string(host) + "]")) << host;
  for (const char* host : {"", ":", "1:2", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "::1.2.3",
                           ":::1", "1:2:3:4:5:6:7::8:9"})
    EXPECT_FALSE(parse_uri("sip:[" + std::string(host) + "]")) << host;
}

// The pairs of §19.1.4.
TEST(Uri, IsEquivalentUnderTheRulesOfTheRfc) {
  EXPECT_TRUE(are_equivalent("sip:%61lice@atlanta.com;transport=TCP",
                             "sip:alice@AtLanTa.CoM;Transport=tcp"));
  EXPECT_TRUE(are_equivalent("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"));
  EXPECT_TRUE(
      are_equivalent("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
                     "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com"));
  EXPECT_TRUE(are_equivalent("sip:a@b.com?subject=project%20x&priority=urgent",
                             "sip:a@b.com?priority=urgent&subject=project%20x"));
  EXPECT_FALSE(are_equivalent("SIP:ALICE@AtLanTa.CoM", "sip:alice@AtLanTa.CoM"));
  EXPECT_FALSE(are_equivalent("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"));
  EXPECT_FALSE(are_equivalent("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"));
  EXPECT_FALSE(are_equivalent("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next"));
  EXPECT_FALSE(are_equivalent("sip:c@chicago.com;security=on", "sip:c@chicago.com;security=off"));
  EXPECT_FALSE(are_equivalent("sip:a@b.com", "sips:a@b.com"));
  EXPECT_FALSE(are_equivalent("sip:a%3Bb@b.com", "sip:a;b@b.com"));  // reserved
  EXPECT_TRUE(are_equivalent("tel:+1-201-555", "tel:+1201555"));
}

TEST(Uri, HasOneFormForLookUp) {
  const auto canonical = [](std::string_view text) {
    return canonical_address_of_record(*parse_uri(text));
  };
  EXPECT_EQ(canonical("SIP:%61lice:pw@AtLanta.COM:5070;transport=tcp?a=b"),
            "sip:alice@atlanta.com:5070");
  EXPECT_EQ(canonical("sip:a%00%40b@[2001:DB8::1]"), "sip:a%00%40b@[2001:db8::1]");
  EXPECT_EQ(unescaped("a%00b"), std::string("a\0b", 3));
}

}  // namespace
}  // namespace trapezoid::sip
