#include "sim/sip/validate.hpp"

#include <gtest/gtest.h>

#include "tests/sip/messages.hpp"

namespace trapezoid::sip {
namespace {

using Role = ValidationOptions::Role;

/// One line a defect: the response, the section, the reason, and the place if it has one.
std::string log(const std::vector<Defect>& defects) {
  std::string out = "\n";
  for (const Defect& defect : defects) {
    out += std::to_string(defect.response) + " ";
    out += defect.section;
    out += " " + defect.reason;
    if (defect.error) out += " @" + std::to_string(defect.error->offset);
    for (const std::string& tag : defect.unsupported) out += " " + tag;
    out += "\n";
  }
  return out;
}

constexpr std::string_view kOptions =
    "OPTIONS sip:bob@biloxi.example SIP/2.0\n"
    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\n"
    "Max-Forwards: 70\n"
    "From: <sip:alice@atlanta.example>;tag=1\n"
    "To: <sip:bob@biloxi.example>\n"
    "Call-ID: c\n"
    "CSeq: 1 OPTIONS\n"
    "Content-Length: 0\n\n";

/// `kOptions` with `from` replaced by `to`.
Request changed(std::string_view from, std::string_view to) {
  std::string text(kOptions);
  text.replace(text.find(from), from.size(), to);
  return parsed_request(text);
}

TEST(Validate, FindsNothingInAnOrdinaryRequest) {
  EXPECT_EQ(log(validate(parsed_request(kOptions), {})), "\n");
}

TEST(Validate, NamesEachMandatoryFieldThatIsMissing) {
  EXPECT_EQ(log(validate(changed("Call-ID: c\nCSeq: 1 OPTIONS\n", ""), {})),
            "\n400 §8.1.1.4 Missing Call-ID header field"
            "\n400 §8.1.1.5 Missing CSeq header field\n");
}

TEST(Validate, GivesThePlaceInTheMessage) {
  EXPECT_EQ(log(validate(changed("<sip:bob@biloxi.example>\nCall", "<sip:bob@>\nCall"), {})),
            "\n400 §8.1.1.2 Malformed To header field @156\n");
}

TEST(Validate, AnswersAsAProxyOrAsAUserAgent) {
  const Request request =
      changed("Max-Forwards: 70", "Max-Forwards: 0\nRequire: a, b\nProxy-Require: c");
  ValidationOptions options;
  options.option_tags = {"b"};
  EXPECT_EQ(log(validate(request, options)), "\n420 §8.2.2.3 Bad Extension a\n");
  options.role = Role::Proxy;
  EXPECT_EQ(log(validate(request, options)),
            "\n483 §16.3 Too Many Hops\n420 §16.3 Bad Extension c\n");
}

TEST(Validate, TellsAnUnknownMethodFromOneThatIsNotAllowed) {
  ValidationOptions options;
  options.methods = {"INVITE"};
  EXPECT_EQ(log(validate(parsed_request(kOptions), options)), "\n405 §8.2.1 Method Not Allowed\n");
  Request unknown = changed("1 OPTIONS", "1 FOO");
  EXPECT_EQ(log(validate(unknown, {})), "\n400 §8.1.1.5 CSeq method mismatch\n");
}

TEST(Validate, MindsTheLimits) {
  ValidationOptions options;
  options.max_uri_bytes = 5;
  EXPECT_EQ(log(validate(parsed_request(kOptions), options)),
            "\n414 §21.4.12 Request-URI Too Long\n");
}

TEST(Validate, DropsResponsesThatAreWrong) {
  const Response response = parsed_response(
      "SIP/2.0 200 OK\n"
      "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa, SIP/2.0/UDP 192.0.2.2\n"
      "From: <sip:a@b.example>;tag=1\nTo: <sip:b@b.example>;tag=2\nCall-ID: c\n"
      "CSeq: 1 BYE\nContent-Length: 0\n\n");
  EXPECT_EQ(log(validate(response, {})), "\n0 §8.1.3.3 \n");
  ValidationOptions proxy;
  proxy.role = Role::Proxy;
  EXPECT_EQ(log(validate(response, proxy)), "\n");
}

}  // namespace
}  // namespace trapezoid::sip
