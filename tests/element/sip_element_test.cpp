#include "sim/element/sip_element.hpp"

#include <utility>

#include <gtest/gtest.h>

#include "sim/sip/make_response.hpp"
#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"

namespace trapezoid::element {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const TransportAddress kOwn{"192.0.2.201", 5060, Transport::Tcp};
const TransportAddress kOwnUdp{"192.0.2.201", 5060, Transport::Udp};
const TransportAddress kPeer{"192.0.2.101", 5060, Transport::Tcp};
const TransportAddress kPeersSource{"192.0.2.101", 49152, Transport::Tcp};
constexpr ConnectionId kAccepted = kFirstAcceptedConnection;

/// A user that writes down what it is told. Timers make it act: 1 answers with 200, 2 sends.
struct User final : transaction::TransactionUser {
  void start(transaction::Layer& to_use, TimerQueue& queue, const Context& /*context*/) override {
    layer = &to_use;
    timers = &queue;
  }
  void handle_request(transaction::TransactionId id, const sip::Request& request,
                      const Source& /*source*/, const Context& /*context*/) override {
    log += "user: " + std::string(request.method_text()) + "\n";
    last = id;
    received.emplace_back(request);
  }
  void handle_ack(const sip::Request& /*request*/, const Source& /*source*/,
                  const Context& /*context*/) override {
    log += "user: ACK\n";
  }
  void handle_response(transaction::TransactionId /*id*/, const sip::Response& response,
                       const Context& /*context*/) override {
    log += "user: " + std::to_string(response.status()) + "\n";
  }
  void handle_timeout(transaction::TransactionId /*id*/, const Context& /*context*/) override {
    log += "user: timeout\n";
  }
  void handle_transport_error(transaction::TransactionId /*id*/,
                              const Context& /*context*/) override {
    log += "user: transport error\n";
  }
  void handle_missing_ack(transaction::TransactionId /*id*/, const Context& /*context*/) override {}
  void handle_terminated(transaction::TransactionId /*id*/, const Context& /*context*/) override {}
  void handle_timer(const DueTimer& timer, const Context& context) override {
    if (timer.purpose.kind == 1)
      layer->send_response(last, sip::make_response(received.back(), 200, "tag"), context);
    else
      layer->send_request(*to_send, target, context);
  }

  transaction::Layer* layer = nullptr;
  TimerQueue* timers = nullptr;
  transaction::TransactionId last = 0;
  std::vector<sip::Request> received;
  std::optional<sip::Request> to_send;
  TransportAddress target = kPeer;
  std::string log;
};

std::string to_wire(const std::string& text) {
  std::string bytes;
  for (const char c : text) {
    if (c == '\n') bytes += '\r';
    bytes += c;
  }
  return bytes;
}

/// A request from the peer, in bytes.
std::string request(const std::string& method, const std::string& branch = "z9hG4bK1",
                    const std::string& via = "TCP 192.0.2.101") {
  return to_wire(method + " sip:bob@192.0.2.201 SIP/2.0\nVia: SIP/2.0/" + via +
                 ";branch=" + branch + "\nMax-Forwards: 70\nFrom: <sip:alice@example.com>;tag=a\n" +
                 "To: <sip:bob@example.com>\nCall-ID: c\nCSeq: 1 " + method +
                 "\nContact: <sip:alice@192.0.2.101>\nContent-Length: 0\n\n");
}

/// An element between a test that plays the network and a user that plays the rest.
class Harness {
 public:
  explicit Harness(ReuseAccepted reuse_accepted = ReuseAccepted::Yes,
                   ConnectionPolicy policy = ConnectionPolicy::PerHop) {
    SipElementConfig config;
    config.connection_policy = policy;
    config.name = "bob";
    config.listens = {kOwn, kOwnUdp};
    config.sent_by = "192.0.2.201:5060";
    config.reuse_accepted = reuse_accepted;
    config.pinned.branches = {"z9hG4bKown"};
    config.pinned.tags = {"own1", "own2"};
    element_ = std::make_unique<SipElement>(std::move(config), zone_,
                                            [this](resolve::Resolver&, Identifiers&) {
                                              auto made = std::make_unique<User>();
                                              user_ = made.get();
                                              return made;
                                            });
    give(Started{});
  }

  void give(Input input) {
    element_->handle(std::move(input), now_);
    log_ += std::exchange(user_->log, {});
    while (auto output = element_->poll()) note(*output);
  }
  void accept(ConnectionId id = kAccepted) { give(Connected{id, kOwn, kPeersSource}); }
  void arrive(const std::string& bytes, ConnectionId id = kAccepted) { give(Arrived{id, bytes}); }
  void arrive_as_datagram(const std::string& bytes) {
    give(Datagram{kOwnUdp, {"192.0.2.101", 40000, Transport::Udp}, bytes});
  }
  /// The user answers the last request with 200.
  void answer() { fire(1); }
  /// The user sends this request to the peer.
  void send(const std::string& bytes, const TransportAddress& to = kPeer) {
    auto message = sip::parse_message(bytes);
    user_->to_send = std::get<sip::Request>(std::move(*message));
    user_->to_send->headers().remove(sip::HeaderId::Via);
    user_->target = to;
    fire(2);
  }
  void wait(Duration span) {
    const Instant until = now_ + span;
    while (const auto due = element_->next_deadline()) {
      if (*due > until) break;
      now_ = *due;
      give(TimeReached{});
    }
    now_ = until;
  }

  /// What happened since the last call, a line each.
  std::string log() { return "\n" + std::exchange(log_, {}); }
  const std::string& last_bytes() const { return last_bytes_; }

 private:
  void fire(std::uint8_t kind) {
    user_->timers->set({now_, 0, nullptr}, Duration{}, {transaction::kUserTimer, kind, 0, "test"});
    give(TimeReached{});
  }

  void note(const Output& output) {
    if (const auto* open = std::get_if<Open>(&output)) {
      log_ += "open " + name(open->connection) + " to " + to_string(open->remote) + "\n";
    } else if (const auto* sent = std::get_if<SendBytes>(&output)) {
      log_ += "on " + name(sent->connection) + ": " + first_line(sent->bytes) + "\n";
      last_bytes_ = sent->bytes;
    } else if (const auto* datagram = std::get_if<SendDatagram>(&output)) {
      log_ += "to " + to_string(datagram->remote) + ": " + first_line(datagram->bytes) + "\n";
      last_bytes_ = datagram->bytes;
    } else if (const auto* close = std::get_if<Close>(&output)) {
      log_ += "close " + name(close->connection) + "\n";
    } else if (const auto& notice = std::get<Notice>(output);
               notice.kind == Notice::Kind::MessageRejected) {
      log_ += "rejected: " + notice.text + "\n";
    }
  }
  static std::string name(ConnectionId id) {
    return id < kAccepted ? std::to_string(id) : "accepted " + std::to_string(id - kAccepted);
  }
  static std::string first_line(const std::string& bytes) {
    return bytes.substr(0, bytes.find('\r'));
  }

  resolve::Zone zone_;
  std::unique_ptr<SipElement> element_;
  User* user_ = nullptr;
  Instant now_{};
  std::string log_;
  std::string last_bytes_;
};

TEST(SipElement, AnswersOnTheConnectionOfTheRequest) {
  Harness harness;
  harness.accept();
  harness.arrive(request("OPTIONS"));
  harness.answer();
  EXPECT_EQ(harness.log(), "\nuser: OPTIONS\non accepted 0: SIP/2.0 200 OK\n");
}

TEST(SipElement, AnswersByReceivedAndSentByWhenTheConnectionIsGone) {
  Harness harness;
  harness.accept();
  harness.arrive(request("OPTIONS", "z9hG4bK1", "TCP client.example.com:5070"));
  harness.give(Closed{kAccepted, false});
  harness.answer();
  EXPECT_EQ(harness.log(), R"(
user: OPTIONS
open 1 to 192.0.2.101:5070/TCP
on 1: SIP/2.0 200 OK
)");
}

TEST(SipElement, AnswersDatagramsByTheirVia) {
  Harness harness;
  harness.arrive_as_datagram(request("OPTIONS", "z9hG4bK1", "UDP 192.0.2.101:5070"));
  harness.answer();
  harness.arrive_as_datagram(request("OPTIONS", "z9hG4bK2", "UDP client.example.com;rport"));
  harness.answer();
  EXPECT_EQ(harness.log(), R"(
user: OPTIONS
to 192.0.2.101:5070/UDP: SIP/2.0 200 OK
user: OPTIONS
to 192.0.2.101:40000/UDP: SIP/2.0 200 OK
)");
}

TEST(SipElement, SendsRequestsOnTheConnectionThatThePeerOpened) {
  Harness harness;
  harness.accept();
  harness.arrive(request("OPTIONS"));
  harness.send(request("BYE"));
  EXPECT_EQ(harness.log(), R"(
user: OPTIONS
on accepted 0: BYE sip:bob@192.0.2.201 SIP/2.0
)");
}

TEST(SipElement, OpensItsOwnConnectionWhereReuseIsOffAndKeepsIt) {
  Harness harness(ReuseAccepted::No);
  harness.accept();
  harness.arrive(request("OPTIONS"));
  harness.send(request("BYE"));
  harness.give(Connected{1, kOwn, kPeer});
  harness.send(request("INFO"));
  EXPECT_EQ(harness.log(), R"(
user: OPTIONS
open 1 to 192.0.2.101:5060/TCP
on 1: BYE sip:bob@192.0.2.201 SIP/2.0
on 1: INFO sip:bob@192.0.2.201 SIP/2.0
)");
}

TEST(SipElement, TellsTheTransactionsThatWaitWhenAConnectionIsRefused) {
  Harness harness;
  harness.send(request("INVITE"));
  harness.send(request("OPTIONS"));
  harness.give(Refused{1});
  harness.send(request("OPTIONS"));
  EXPECT_EQ(harness.log(), R"(
open 1 to 192.0.2.101:5060/TCP
on 1: INVITE sip:bob@192.0.2.201 SIP/2.0
on 1: OPTIONS sip:bob@192.0.2.201 SIP/2.0
user: transport error
user: transport error
open 2 to 192.0.2.101:5060/TCP
on 2: OPTIONS sip:bob@192.0.2.201 SIP/2.0
)");
}

TEST(SipElement, FindsTwoMessagesInOneSegmentAndOneInMany) {
  Harness harness;
  harness.accept();
  harness.arrive(request("OPTIONS", "z9hG4bK1") + request("INFO", "z9hG4bK2"));
  for (const char c : request("MESSAGE", "z9hG4bK3")) harness.arrive(std::string(1, c));
  EXPECT_EQ(harness.log(), "\nuser: OPTIONS\nuser: INFO\nuser: MESSAGE\n");
}

TEST(SipElement, ClosesAConnectionWhoseMessagesHaveNoEnd) {
  Harness harness;
  harness.accept();
  harness.arrive(to_wire("OPTIONS sip:bob@192.0.2.201 SIP/2.0\nContent-Length: many\n\n"));
  harness.arrive(request("OPTIONS"));
  const std::string log = harness.log();
  EXPECT_EQ(log.substr(0, 11), "\nrejected: ");
  EXPECT_EQ(log.substr(log.find('\n', 1)), "\nclose accepted 0\n");
}

TEST(SipElement, AnswersABrokenRequestEachTimeAlikeAndKeepsItsAck) {
  Harness harness;
  harness.accept();
  std::string broken = request("INVITE");
  broken.replace(broken.find("CSeq: 1 INVITE"), 14, "CSeq: 1 OTHERS");
  harness.arrive(broken);
  const std::string first = harness.last_bytes();
  EXPECT_EQ(first, to_wire(R"(SIP/2.0 400 CSeq method mismatch
Via: SIP/2.0/TCP 192.0.2.101;branch=z9hG4bK1
From: <sip:alice@example.com>;tag=a
To: <sip:bob@example.com>;tag=own1
Call-ID: c
CSeq: 1 OTHERS
Content-Length: 0

)"));
  harness.arrive(broken);
  EXPECT_EQ(harness.last_bytes(), first);
  harness.arrive(request("ACK"));
  EXPECT_EQ(harness.log(), R"(
rejected: The method of CSeq is not that of the request.
on accepted 0: SIP/2.0 400 CSeq method mismatch
rejected: The method of CSeq is not that of the request.
on accepted 0: SIP/2.0 400 CSeq method mismatch
rejected: ACK to a response without a transaction, §8.2.7
)");
}

TEST(SipElement, DropsBrokenAcksAndResponses) {
  Harness harness;
  harness.accept();
  std::string ack = request("ACK");
  ack.replace(ack.find("CSeq: 1 ACK"), 11, "CSeq: 1 BYE");
  harness.arrive(ack);
  harness.arrive(
      to_wire("SIP/2.0 200 OK\nVia: SIP/2.0/TCP 192.0.2.201:5060;branch=z9hG4bKown\n"
              "Content-Length: 0\n\n"));
  EXPECT_EQ(harness.log(), R"(
rejected: The method of CSeq is not that of the request.
rejected: The field is mandatory.
)");
}

/// The response to what the element sent last, its Via changed to another sent-by.
std::string response_by(const std::string& bytes, const std::string& sent_by) {
  const auto message = sip::parse_message(bytes);
  std::string response =
      sip::to_bytes(sip::make_response(std::get<sip::Request>(*message), 200, "p"));
  const std::string own = "192.0.2.201:5060";
  return response.replace(response.find(own), own.size(), sent_by);
}

TEST(SipElement, DropsResponsesWhoseViaIsNotItsOwn) {
  Harness harness;
  harness.send(request("OPTIONS"));
  harness.give(Connected{1, kOwn, kPeer});
  harness.arrive(response_by(harness.last_bytes(), "192.0.2.202:5060"), 1);
  harness.arrive(response_by(harness.last_bytes(), "192.0.2.201:5070"), 1);
  harness.arrive(response_by(harness.last_bytes(), "192.0.2.201"), 1);
  EXPECT_EQ(harness.log(), R"(
open 1 to 192.0.2.101:5060/TCP
on 1: OPTIONS sip:bob@192.0.2.201 SIP/2.0
rejected: The topmost Via is another element's, §18.1.2.
rejected: The topmost Via is another element's, §18.1.2.
user: 200
)");
}

TEST(SipElement, RunsTheTimersOfItsTransactions) {
  Harness harness;
  harness.send(request("INVITE", "z9hG4bK1", "UDP 192.0.2.101"), {"192.0.2.101", 5060, {}});
  harness.wait(milliseconds(1500));
  EXPECT_EQ(harness.log(), R"(
to 192.0.2.101:5060/UDP: INVITE sip:bob@192.0.2.201 SIP/2.0
to 192.0.2.101:5060/UDP: INVITE sip:bob@192.0.2.201 SIP/2.0
to 192.0.2.101:5060/UDP: INVITE sip:bob@192.0.2.201 SIP/2.0
)");
  harness.wait(seconds(31));
  const std::string log = harness.log();
  EXPECT_EQ(log.substr(log.size() - 14), "user: timeout\n");
}

/// The response to what the element sent last.
std::string response_to(const std::string& bytes, sip::StatusCode status) {
  const auto message = sip::parse_message(bytes);
  return sip::to_bytes(sip::make_response(std::get<sip::Request>(*message), status, "p"));
}

TEST(SipElement, ClosesAConnectionWithItsTransactionUnderPerTransaction) {
  Harness harness(ReuseAccepted::No, ConnectionPolicy::PerTransaction);
  harness.send(request("INVITE"));
  harness.give(Connected{1, kOwn, kPeer});
  harness.arrive(response_to(harness.last_bytes(), 486), 1);
  harness.send(request("OPTIONS"));
  harness.give(Connected{2, kOwn, kPeer});
  harness.arrive(response_to(harness.last_bytes(), 100), 2);
  harness.arrive(response_to(harness.last_bytes(), 200), 2);
  harness.wait({});  // timer K is zero
  EXPECT_EQ(harness.log(), R"(
open 1 to 192.0.2.101:5060/TCP
on 1: INVITE sip:bob@192.0.2.201 SIP/2.0
user: 486
on 1: ACK sip:bob@192.0.2.201 SIP/2.0
close 1
open 2 to 192.0.2.101:5060/TCP
on 2: OPTIONS sip:bob@192.0.2.201 SIP/2.0
user: 100
user: 200
close 2
)");
}

TEST(SipElement, ClosesAnIdleConnectionAfterTheByeUnderPerDialog) {
  Harness harness(ReuseAccepted::No, ConnectionPolicy::PerDialog);
  std::string bye = request("BYE");
  bye.replace(bye.find("To: <sip:bob@example.com>"), 25, "To: <sip:bob@example.com>;tag=p");
  harness.send(bye);
  harness.give(Connected{1, kOwn, kPeer});
  harness.wait(seconds(1));
  harness.arrive(response_to(harness.last_bytes(), 200), 1);
  harness.wait(milliseconds(31'999));
  EXPECT_EQ(harness.log(), R"(
open 1 to 192.0.2.101:5060/TCP
on 1: BYE sip:bob@192.0.2.201 SIP/2.0
user: 200
)");
  harness.wait(milliseconds(1));
  EXPECT_EQ(harness.log(), "\nclose 1\n");
}

}  // namespace
}  // namespace trapezoid::element
