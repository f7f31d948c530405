#include "sim/sip/keys.hpp"

#include <gtest/gtest.h>

#include "tests/sip/messages.hpp"

namespace trapezoid::sip {
namespace {

Request request(std::string_view method, std::string_view via, std::string_view cseq,
                std::string_view to = "<sip:b>") {
  std::string lines(method);
  lines += " sip:b@example.com SIP/2.0\nVia: ";
  lines += via;
  lines += "\nFrom: <sip:a>;tag=f\nTo: ";
  lines += to;
  lines += "\nCall-ID: c@host\nCSeq: ";
  lines += cseq;
  return parsed_request(lines + "\nContent-Length: 0\n\n");
}

Response response(std::string_view via, std::string_view cseq) {
  std::string lines = "SIP/2.0 200 OK\nVia: ";
  lines += via;
  lines += "\nFrom: <sip:a>;tag=f\nTo: <sip:b>;tag=t\nCall-ID: c@host\nCSeq: ";
  lines += cseq;
  return parsed_response(lines + "\nContent-Length: 0\n\n");
}

std::string text_of(const std::optional<std::string>& key) {
  return key.value_or("none");
}
std::string text_of(const std::optional<DialogKey>& key) {
  return key ? to_string(*key) : "none";
}

constexpr std::string_view kVia = "SIP/2.0/TCP Client.Example.com:5060;branch=z9hG4bK74b43";
constexpr std::string_view kOldVia = "SIP/2.0/UDP client.example.com;received=192.0.2.1";

// §17.1.3
TEST(Keys, MatchAResponseByBranchAndCSeqMethod) {
  EXPECT_EQ(text_of(client_transaction_key(response(kVia, "1 INVITE"))), "z9hG4bK74b43;INVITE");
  EXPECT_EQ(client_transaction_key(request("INVITE", kVia, "1 INVITE")),
            client_transaction_key(response(kVia, "1 INVITE")));
  EXPECT_NE(client_transaction_key(request("INVITE", kVia, "1 INVITE")),
            client_transaction_key(response(kVia, "1 CANCEL")));
  EXPECT_EQ(text_of(client_transaction_key(response("broken", "1 INVITE"))), "none");
  EXPECT_EQ(text_of(client_transaction_key(response(kVia, "one"))), "none");
}

// §17.2.3
TEST(Keys, MatchARequestByBranchSentByAndMethod) {
  EXPECT_EQ(text_of(server_transaction_key(request("INVITE", kVia, "1 INVITE"))),
            "z9hG4bK74b43;client.example.com:5060;INVITE");
  EXPECT_EQ(server_transaction_key(request("ACK", kVia, "1 ACK", "<sip:b>;tag=t")),
            server_transaction_key(request("INVITE", kVia, "1 INVITE")));
  const auto cancel = request("CANCEL", kVia, "1 CANCEL");
  EXPECT_EQ(text_of(server_transaction_key(cancel)), "z9hG4bK74b43;client.example.com:5060;CANCEL");
  EXPECT_EQ(cancelled_transaction_key(cancel),
            server_transaction_key(request("INVITE", kVia, "1 INVITE")));
}

TEST(Keys, MatchARequestOfAnOlderElementByItsFields) {
  EXPECT_EQ(
      text_of(server_transaction_key(request("INVITE", kOldVia, "1 INVITE"))),
      "INVITE sip:b@example.com f c@host 1 SIP/2.0/UDP client.example.com;received=192.0.2.1");
  EXPECT_EQ(server_transaction_key(request("ACK", kOldVia, "1 ACK", "<sip:b>;tag=t")),
            server_transaction_key(request("INVITE", kOldVia, "1 INVITE")));
  EXPECT_NE(server_transaction_key(request("INVITE", kOldVia, "2 INVITE")),
            server_transaction_key(request("INVITE", kOldVia, "1 INVITE")));
}

// RFC 4475 §3.2.1: a branch of the cookie alone is none.
TEST(Keys, TakeABareMagicCookieForNoBranch) {
  EXPECT_TRUE(has_magic_cookie("z9hG4bK1"));
  EXPECT_FALSE(has_magic_cookie("z9hG4bK"));
  EXPECT_FALSE(has_magic_cookie("1"));
  EXPECT_EQ(text_of(server_transaction_key(
                request("OPTIONS", "SIP/2.0/UDP h;branch=z9hG4bK", "1 OPTIONS"))),
            "OPTIONS sip:b@example.com f c@host 1 SIP/2.0/UDP h;branch=z9hG4bK");
}

// §12: each end has its own tag first.
TEST(Keys, NameADialogFromBothEnds) {
  const auto bye = request("BYE", kVia, "2 BYE", "<sip:b>;tag=t");
  EXPECT_EQ(text_of(uas_dialog_key(bye)), "c@host;t;f");
  EXPECT_EQ(text_of(uac_dialog_key(bye)), "c@host;f;t");
  EXPECT_EQ(text_of(uac_dialog_key(response(kVia, "1 INVITE"))), "c@host;f;t");
  EXPECT_EQ(text_of(uas_dialog_key(response(kVia, "1 INVITE"))), "c@host;t;f");
  EXPECT_EQ(text_of(uas_dialog_key(request("INVITE", kVia, "1 INVITE"))), "c@host;;f");
  EXPECT_EQ(text_of(uas_dialog_key(request("INVITE", kVia, "1 INVITE", "<<"))), "none");
}

// §19.3: the tag is a parameter of the header field, not of the URI or of the display name.
TEST(Keys, FindTheTagsWithoutDecodingTheAddresses) {
  const auto tag = [](std::string_view to) {
    return std::string(to_tag(request("INVITE", kVia, "1 INVITE", to).headers()));
  };
  EXPECT_EQ(tag("Bob <sip:b@example.com>;tag=314159"), "314159");
  EXPECT_EQ(tag("<sip:b@example.com;tag=uri>"), "");
  EXPECT_EQ(tag("<sip:b@example.com;tag=uri> ; x=y ; TAG = t"), "t");
  EXPECT_EQ(tag("sip:b@example.com;tag=bare"), "bare");
  EXPECT_EQ(tag("sip:b@example.com"), "");
  EXPECT_EQ(tag("\"a<b>;tag=no\\\";tag=no\" <sip:b@example.com>;tag=yes"), "yes");
  EXPECT_EQ(tag("\"never ends;tag=no"), "");
  EXPECT_EQ(tag("<sip:never-ends;tag=no"), "");
  EXPECT_EQ(from_tag(request("INVITE", kVia, "1 INVITE").headers()), "f");
}

}  // namespace
}  // namespace trapezoid::sip
