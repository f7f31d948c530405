#include "tests/bench/flow_messages.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sim/sip/message.hpp"
#include "sim/sip/serializer.hpp"

namespace trapezoid::bench {
namespace {

using sip::HeaderId;

/// What differs from message to message.
struct Row {
  std::string_view start;  // "INVITE", or a status code and reason
  int hops;                // Via values: how far the request has come
  bool from_bob;           // who sent the request
  int cseq;
  std::string_view cseq_method;
  std::string_view extras;  // c: Contact, r: Record-Route, R: Route, p: Proxy-Authorization,
                            // a: Proxy-Authenticate, s: session description, t: To tag
};

constexpr std::array<Row, 23> kRows{{
    {"INVITE", 1, false, 1, "INVITE", "cs"},
    {"407 Proxy Authorization Required", 1, false, 1, "INVITE", "at"},
    {"ACK", 1, false, 1, "ACK", "t"},
    {"INVITE", 1, false, 2, "INVITE", "cps"},
    {"INVITE", 2, false, 2, "INVITE", "crs"},
    {"100 Trying", 1, false, 2, "INVITE", ""},
    {"INVITE", 3, false, 2, "INVITE", "crs"},
    {"100 Trying", 2, false, 2, "INVITE", ""},
    {"180 Ringing", 3, false, 2, "INVITE", "crt"},
    {"180 Ringing", 2, false, 2, "INVITE", "crt"},
    {"180 Ringing", 1, false, 2, "INVITE", "crt"},
    {"200 OK", 3, false, 2, "INVITE", "crst"},
    {"200 OK", 2, false, 2, "INVITE", "crst"},
    {"200 OK", 1, false, 2, "INVITE", "crst"},
    {"ACK", 1, false, 2, "ACK", "Rt"},
    {"ACK", 2, false, 2, "ACK", "Rt"},
    {"ACK", 3, false, 2, "ACK", "t"},
    {"BYE", 1, true, 1, "BYE", "Rt"},
    {"BYE", 2, true, 1, "BYE", "Rt"},
    {"BYE", 3, true, 1, "BYE", "t"},
    {"200 OK", 3, true, 1, "BYE", "t"},
    {"200 OK", 2, true, 1, "BYE", "t"},
    {"200 OK", 1, true, 1, "BYE", "t"},
}};

constexpr std::array<std::string_view, 3> kVias{
    "SIP/2.0/TCP client.atlanta.example.com:5060;branch=z9hG4bK74bf9;received=192.0.2.101",
    "SIP/2.0/TCP ss1.atlanta.example.com:5060;branch=z9hG4bK2d4790.1;received=192.0.2.111",
    "SIP/2.0/TCP ss2.biloxi.example.com:5060;branch=z9hG4bK721e4.1;received=192.0.2.222"};
constexpr std::array<std::string_view, 2> kProxies{"<sip:ss2.biloxi.example.com;lr>",
                                                   "<sip:ss1.atlanta.example.com;lr>"};
constexpr std::string_view kSession =
    "v=0\r\no=alice 2890844526 2890844526 IN IP4 client.atlanta.example.com\r\ns=-\r\n"
    "c=IN IP4 192.0.2.101\r\nt=0 0\r\nm=audio 49172 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";

template <class MessageType>
std::string complete(MessageType message, const Row& row) {
  const auto has = [&row](char extra) { return row.extras.find(extra) != std::string_view::npos; };
  const bool is_request = std::is_same_v<MessageType, sip::Request>;
  sip::Headers& headers = message.headers();
  for (int i = row.hops; i-- > 0;)
    headers.append_text(HeaderId::Via, kVias[static_cast<std::size_t>(i)]);
  if (is_request) headers.append_text(HeaderId::MaxForwards, "70");
  for (const std::string_view proxy : kProxies) {
    if (has('r')) headers.append_text(HeaderId::RecordRoute, proxy);
    if (has('R')) headers.append_text(HeaderId::Route, proxy);
  }
  std::string alice = "Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl";
  std::string bob = "Bob <sip:bob@biloxi.example.com>";
  if (has('t')) bob += ";tag=314159";
  headers.append_text(HeaderId::From, row.from_bob ? bob : alice);
  headers.append_text(HeaderId::To, row.from_bob ? alice : bob);
  headers.append_text(HeaderId::CallId, "3848276298220188511@atlanta.example.com");
  headers.append_text(HeaderId::CSeq,
                      std::to_string(row.cseq) + " " + std::string(row.cseq_method));
  if (has('c'))
    headers.append_text(HeaderId::Contact,
                        is_request ? "<sip:alice@client.atlanta.example.com;transport=tcp>"
                                   : "<sip:bob@client.biloxi.example.com;transport=tcp>");
  if (has('p'))
    headers.append_text(HeaderId::ProxyAuthorization,
                        "Digest username=\"alice\", realm=\"atlanta.example.com\", "
                        "nonce=\"wf84f1ceczx41ae6cbe5aea9c8e88d359\", opaque=\"\", "
                        "uri=\"sip:bob@biloxi.example.com\", "
                        "response=\"42ce3cef44b22f50c6a6071bc8\"");
  if (has('a'))
    headers.append_text(HeaderId::ProxyAuthenticate,
                        "Digest realm=\"atlanta.example.com\", qop=\"auth\", "
                        "nonce=\"f84f1cec41e6cbe5aea9c8e88d359\", opaque=\"\", stale=FALSE, "
                        "algorithm=MD5");
  message.set_body(has('s') ? kSession : std::string_view(), "application/sdp");
  return sip::to_bytes(message);
}

std::vector<std::string> build() {
  std::vector<std::string> messages;
  for (const Row& row : kRows) {
    if (row.start.front() >= '1' && row.start.front() <= '6') {
      const int code = std::stoi(std::string(row.start.substr(0, 3)));
      messages.push_back(complete(sip::Response(code, row.start.substr(4)), row));
    } else {
      messages.push_back(complete(
          sip::Request(sip::Method(row.start), row.from_bob ? "sip:alice@client.atlanta.example.com"
                                                            : "sip:bob@biloxi.example.com"),
          row));
    }
  }
  return messages;
}

std::vector<std::string> read(const char* path) {
  std::vector<std::string> messages;
  std::ifstream in(path, std::ios::binary);
  for (std::string size; std::getline(in, size) && !size.empty();) {
    std::string message(std::stoul(size), '\0');
    in.read(message.data(), static_cast<std::streamsize>(message.size()));
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace

const std::vector<std::string>& flow_messages() {
  static const std::vector<std::string> messages = [] {
    const char* const path = std::getenv("TRAPEZOID_BENCH_MESSAGES");
    return path == nullptr ? build() : read(path);
  }();
  return messages;
}

}  // namespace trapezoid::bench
