// element_events: a byte string drives one SipElement, a user agent or a proxy, through the public
// interface, and the contract of `Element` must hold: polling ends, no deadline lies in the past,
// time goes on, connections are used only while they exist, and the same events give the same
// outputs. The bytes are a little program:
//
//   first byte   odd ('u'): a user agent; even ('p'): a proxy
//   T a          time goes on by kWaits[a]                N    ... to the next deadline
//   A            a connection is accepted                 E a  one that was opened is established
//   C a b        a connection is closed; odd b: reset     F a  one that was opened is refused
//   Q a b        a request kMethods[a], by datagram       q a b  by connection
//   R a b        a response kStatuses[a] to the request that was sent b before the last
//   D ... ~      any datagram; a line feed is CR LF       B ... ~  any bytes of a connection
//   Z            the last message that was sent comes back
//
// Digits count as 0 to 9; other bytes between two instructions are skipped.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "sim/element/sip_element.hpp"
#include "sim/proxy/proxy.hpp"
#include "sim/ua/user_agent.hpp"

namespace trapezoid {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

constexpr Duration kWaits[] = {1ns, 1ms, 100ms, 499ms, 500ms, 1s, 4s, 32s, 60s, 181s};
constexpr std::string_view kMethods[] = {"INVITE",   "ACK",   "BYE",  "CANCEL",    "OPTIONS",
                                         "REGISTER", "PRACK", "INFO", "SUBSCRIBE", "NOVEL"};
constexpr int kStatuses[] = {100, 180, 200, 183, 302, 401, 407, 408, 487, 503, 600, 199, 699, 420};
constexpr std::string_view kSdp =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
    "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";
const TransportAddress kPeer{"192.0.2.9", 5060, Transport::Udp};
const TransportAddress kOwn{"192.0.2.1", 5060, Transport::Udp};

void require(bool condition, const char* what) {
  if (condition) return;
  static_cast<void>(std::fprintf(stderr, "%s\n", what));
  std::abort();
}

TransportAddress over(Transport transport, TransportAddress address) {
  address.transport = transport;
  return address;
}

resolve::Zone make_zone() {
  resolve::Zone zone;
  zone.add("biloxi.example.com", resolve::NaptrRecord{1, 1, "s", "SIP+D2U", "_sip._udp.biloxi"});
  zone.add("biloxi.example.com", resolve::NaptrRecord{2, 1, "s", "SIP+D2T", "_sip._tcp.biloxi"});
  for (const char* const name : {"_sip._udp.biloxi", "_sip._tcp.biloxi"})
    for (const std::uint16_t priority : {std::uint16_t{1}, std::uint16_t{2}})
      zone.add(name, resolve::SrvRecord{priority, 1, 5060, "peer.example.com"});
  zone.add("peer.example.com", resolve::AddressRecord{kPeer.address});
  zone.add("peer.example.com", resolve::AddressRecord{"192.0.2.10"});
  return zone;
}

ua::UserAgentConfig make_user_agent() {
  ua::UserAgentConfig config;
  config.address_of_record = "sip:alice@atlanta.example.com";
  config.display_name = "Alice";
  config.contact = "sip:alice@192.0.2.1";
  config.credentials = {{"realm", "alice", "secret"}};
  config.media.user = "alice";
  config.media.origin_address = config.media.connection_address = "192.0.2.1";
  config.media.media = {{"audio", 49172, "RTP/AVP", {{"0", "PCMU/8000", ""}}}};
  config.answering = {1s, 2s, {}, 4s};
  config.patience = 90s;
  ua::ScriptedCall call;
  call.to_uri = "sip:bob@biloxi.example.com";
  call.hang_up_after = 5s;
  config.calls.push_back(call);
  call.at = Instant{1s};
  call.to_uri = "sip:bob@peer.example.com;transport=tcp";
  config.calls.push_back(call);
  return config;
}

proxy::ProxyConfig make_proxy() {
  proxy::ProxyConfig config;
  config.uri = "sip:192.0.2.1;lr";
  config.domains = {"atlanta.example.com"};
  config.transports = {Transport::Udp, Transport::Tcp};
  for (const char* const contact :
       {"sip:alice@192.0.2.9", "sip:alice@peer.example.com;transport=tcp"}) {
    location::Binding binding;
    binding.contact = contact;
    config.location.bind("sip:alice@atlanta.example.com", binding);
  }
  auth::AuthenticatorConfig authenticator;
  authenticator.realm = "realm";
  authenticator.users.push_back({"bob", "secret", {}});
  config.challenges = proxy::Challenges{
      {"INVITE"}, {"biloxi.example.com"}, auth::Authenticator(std::move(authenticator))};
  return config;
}

/// The fields of that name, each with its line end.
std::string fields(std::string_view message, std::string_view name) {
  std::string found;
  for (std::size_t at = message.find("\r\n"); at != std::string_view::npos;) {
    const std::string_view rest = message.substr(at + 2);
    at = message.find("\r\n", at + 2);
    if (rest.substr(0, name.size()) == name && rest.substr(name.size(), 1) == ":")
      found += rest.substr(0, rest.find("\r\n") + 2);
  }
  return found;
}

std::string value(std::string_view message, std::string_view name) {
  const std::string field = fields(message, name);
  return field.empty() ? "" : field.substr(name.size() + 2, field.find('\r') - name.size() - 2);
}

std::string with_body(std::string head, std::string_view body) {
  if (!body.empty()) head += "Content-Type: application/sdp\r\n";
  head += fmt::format("Content-Length: {}\r\n\r\n", body.size());
  return head += body;
}

/// Something that the element sent, and how.
struct Sent {
  std::string bytes;
  ConnectionId connection = 0;
};

/// The driver: an element, its connections and its clock.
class Driver {
 public:
  Driver(bool is_proxy, const resolve::Zone& zone)
      : element_(
            make_config(), zone,
            [is_proxy](resolve::Resolver& resolver,
                       Identifiers& identifiers) -> std::unique_ptr<transaction::TransactionUser> {
              if (is_proxy)
                return std::make_unique<proxy::Proxy>(make_proxy(), resolver, identifiers);
              return std::make_unique<ua::UserAgent>(make_user_agent(), resolver, identifiers,
                                                     transaction::TimerValues{});
            }) {
    give(element::Started{});
  }

  /// Everything that came out, for comparing two runs.
  const std::string& log() const { return log_; }

  void run(std::string_view program) {
    while (!program.empty()) {
      const char instruction = program.front();
      program.remove_prefix(1);
      if (instruction == 'D' || instruction == 'B') {
        const std::string_view text = program.substr(0, program.find('~'));
        program.remove_prefix(std::min(text.size() + 1, program.size()));
        deliver(to_wire(text), instruction == 'D' ? 0 : last_accepted());
        continue;
      }
      if ("TNAECFQqRZ"sv.find(instruction) == std::string_view::npos) continue;
      const std::size_t count = count_arguments(instruction);
      if (program.size() < count) return;
      const auto argument = [program, count](std::size_t i) -> std::size_t {
        if (i >= count) return 0;
        const auto byte = static_cast<unsigned char>(program[i]);
        return byte >= '0' && byte <= '9' ? byte - std::size_t{'0'} : byte;
      };
      step(instruction, argument(0), argument(1));
      program.remove_prefix(count);
    }
  }

 private:
  static std::size_t count_arguments(char instruction) {
    if ("CQqR"sv.find(instruction) != std::string_view::npos) return 2;
    return "TEF"sv.find(instruction) != std::string_view::npos ? 1 : 0;
  }

  static element::SipElementConfig make_config() {
    element::SipElementConfig config;
    config.name = "element";
    config.seed = 1;
    config.listens = {kOwn, over(Transport::Tcp, kOwn)};
    config.sent_by = "192.0.2.1:5060";
    return config;
  }

  void step(char instruction, std::size_t a, std::size_t b) {
    switch (instruction) {
      case 'T': return advance(now_ + kWaits[a % std::size(kWaits)]);
      case 'N':
        if (const auto due = element_.next_deadline()) advance(*due);
        return;
      case 'A': return accept();
      case 'E': return establish(a);
      case 'C': return end(a, true, b % 2 == 1);
      case 'F': return end(a, false, false);
      case 'Q': return deliver(make_request(a, b), 0);
      case 'q': return deliver(make_request(a, b), last_accepted());
      case 'R': return respond(a, b);
      case 'Z':
        if (!sent_.empty()) deliver(sent_.back().bytes, sent_.back().connection);
        return;
      default: return;
    }
  }

  // Time.

  void advance(Instant until) {
    for (int i = 0;; ++i) {
      require(i < 100'000, "time does not go on");
      const auto due = element_.next_deadline();
      if (!due || *due > until) break;
      now_ = *due;
      give(element::TimeReached{});
    }
    now_ = until;
  }

  // Connections: true once established.

  ConnectionId last_accepted() {
    for (auto one = open_.rbegin(); one != open_.rend(); ++one)
      if (one->first >= kFirstAcceptedConnection) return one->first;
    accept();
    return next_accepted_ - 1;
  }
  void accept() {
    open_[next_accepted_] = true;
    give(element::Connected{next_accepted_++, over(Transport::Tcp, kOwn),
                            over(Transport::Tcp, kPeer)});
  }
  void establish(std::size_t which) {
    if (open_.empty()) return;
    const auto one = std::next(open_.begin(), static_cast<std::ptrdiff_t>(which % open_.size()));
    if (std::exchange(one->second, true)) return;
    give(element::Connected{one->first, over(Transport::Tcp, kOwn), over(Transport::Tcp, kPeer)});
  }
  void end(std::size_t which, bool is_established, bool is_reset) {
    if (open_.empty()) return;
    const auto one = std::next(open_.begin(), static_cast<std::ptrdiff_t>(which % open_.size()));
    if (one->second != is_established) return;
    const ConnectionId id = one->first;
    open_.erase(one);
    if (is_established)
      give(element::Closed{id, is_reset});
    else
      give(element::Refused{id});
  }

  // Messages.

  static std::string to_wire(std::string_view text) {
    std::string bytes;
    for (const char c : text) bytes += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return bytes;
  }

  /// `connection` 0: a datagram. In two pieces, where it is a stream.
  void deliver(std::string bytes, ConnectionId connection) {
    if (connection == 0) return give(element::Datagram{kOwn, kPeer, std::move(bytes)});
    establish_if_opened(connection);
    const std::size_t half = bytes.size() / 2;
    if (open_.contains(connection)) give(element::Arrived{connection, bytes.substr(0, half)});
    if (open_.contains(connection)) give(element::Arrived{connection, bytes.substr(half)});
  }
  void establish_if_opened(ConnectionId connection) {
    const auto one = open_.find(connection);
    if (one == open_.end() || std::exchange(one->second, true)) return;
    give(element::Connected{connection, over(Transport::Tcp, kOwn), over(Transport::Tcp, kPeer)});
  }

  /// The message sent `back` before the last one of that kind; null when there is none.
  const Sent* find_sent(bool is_response, std::size_t back) const {
    for (auto sent = sent_.rbegin(); sent != sent_.rend(); ++sent)
      if (sent->bytes.starts_with("SIP/2.0") == is_response && back-- == 0) return &*sent;
    return nullptr;
  }

  /// Bits of `how`: 0, 1 the call; 2 in the dialog that the element answered; 3 in the one that it
  /// began; 4 another branch; 5 from elsewhere; 6 no body.
  std::string make_request(std::size_t which, std::size_t how) const {
    const std::string_view method = kMethods[which % std::size(kMethods)];
    std::string from = fmt::format("<sip:bob@{}.example.com>;tag=b{}",
                                   (how & 32U) != 0 ? "biloxi" : "chicago", how & 3U);
    std::string to = "<sip:alice@atlanta.example.com>";
    std::string call_id = fmt::format("call{}", how & 3U);
    std::string sequence = method == "ACK" || method == "CANCEL" ? "1" : std::to_string(which + 1);
    if (const Sent* answer = find_sent(true, 0); answer != nullptr && (how & 4U) != 0) {
      to = value(answer->bytes, "To");
      from = value(answer->bytes, "From");
      call_id = value(answer->bytes, "Call-ID");
    } else if (const Sent* request = find_sent(false, 0); request != nullptr && (how & 8U) != 0) {
      to = value(request->bytes, "From");
      from = value(request->bytes, "To");
      if (from.find(";tag=") == std::string::npos) from += ";tag=t0";
      call_id = value(request->bytes, "Call-ID");
    }
    std::string head = fmt::format("{} sip:alice@{} SIP/2.0\r\n", method,
                                   (how & 16U) != 0 ? "192.0.2.1" : "atlanta.example.com");
    head += fmt::format("Via: SIP/2.0/UDP 192.0.2.9;rport;branch=z9hG4bK{}{}\r\n", how & 3U,
                        (how & 16U) != 0 ? method : "INVITE"sv);
    head += fmt::format("Max-Forwards: 9\r\nFrom: {}\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {} {}\r\n",
                        from, to, call_id, sequence, method);
    head += "Contact: <sip:bob@192.0.2.9>\r\n";
    return with_body(std::move(head), method == "INVITE" && (how & 64U) == 0 ? kSdp : ""sv);
  }

  /// Bits of `how`: 0 to 2 which request; 4, 5 the tag; 6 no body.
  void respond(std::size_t which, std::size_t how) {
    const Sent* const found = find_sent(false, how & 7U);
    if (found == nullptr) return;
    const Sent request = *found;
    const int status = kStatuses[which % std::size(kStatuses)];
    std::string to = value(request.bytes, "To");
    if (to.find(";tag=") == std::string::npos && status != 100)
      to += fmt::format(";tag=t{}", (how >> 4U) & 3U);
    std::string head = fmt::format("SIP/2.0 {} X\r\n", status);
    for (const char* const name : {"Via", "Record-Route", "From", "Call-ID", "CSeq"})
      head += fields(request.bytes, name);
    head += fmt::format("To: {}\r\nContact: <sip:bob@192.0.2.9>\r\n", to);
    if (status == 401 || status == 407)
      head += fmt::format("{}: Digest realm=\"realm\", nonce=\"n\", qop=\"auth\"\r\n",
                          status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate");
    const bool has_body = request.bytes.starts_with("INVITE") && status == 200 && (how & 64U) == 0;
    deliver(with_body(std::move(head), has_body ? kSdp : ""sv), request.connection);
  }

  // The contract.

  void give(element::Input input) {
    element_.handle(std::move(input), now_);
    for (int i = 0; auto output = element_.poll(); ++i) {
      require(i < 10'000, "polling does not end");
      std::visit([this](const auto& one) { act(one); }, *output);
    }
    const auto due = element_.next_deadline();
    require(!due || *due >= now_, "a deadline in the past");
  }

  void act(const element::Open& open) {
    require(open.connection != 0 && open.connection < kFirstAcceptedConnection,
            "no number to open");
    require(open.connection > last_opened_, "a connection is opened twice");
    last_opened_ = open.connection;
    open_[open.connection] = false;
    log_ += fmt::format("open {}\n", to_string(open.remote));
  }
  void act(const element::SendBytes& sent) {
    require(open_.contains(sent.connection), "bytes for a connection that there is not");
    note(sent.bytes, sent.connection);
  }
  void act(const element::SendDatagram& sent) { note(sent.bytes, 0); }
  void act(const element::Close& close) {
    require(open_.erase(close.connection) == 1, "a connection is closed that there is not");
    log_ += "close\n";
  }
  void act(const Notice& notice) {
    require(notice.at == now_, "a notice of another date");
    log_ += notice.text;
  }
  void note(const std::string& bytes, ConnectionId connection) {
    require(bytes.find("\r\n\r\n") != std::string::npos, "what was sent is no message");
    log_ += fmt::format("{} {}\n{}\n", to_ns(now_), connection, bytes);
    sent_.push_back({bytes, connection});
  }

  element::SipElement element_;
  Instant now_{};
  std::map<ConnectionId, bool> open_;
  ConnectionId next_accepted_ = kFirstAcceptedConnection;
  ConnectionId last_opened_ = 0;
  std::vector<Sent> sent_;
  std::string log_;
};

std::string run(std::string_view program) {
  static const resolve::Zone zone = make_zone();
  Driver driver(program.front() % 2 == 0, zone);
  driver.run(program.substr(1));
  return driver.log();
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 2000) return 0;
  const std::string_view program(reinterpret_cast<const char*>(data), size);
  require(run(program) == run(program), "the same events give other outputs");
  return 0;
}

}  // namespace trapezoid
