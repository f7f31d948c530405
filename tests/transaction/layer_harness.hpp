#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/identifiers.hpp"
#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"
#include "sim/transaction/layer.hpp"

namespace trapezoid::transaction::test {

/// A layer between a user that writes down what it is told and a transport that writes down what it
/// is given. `log()` has one line each, `sent` the bytes.
class LayerHarness final : public TransactionUser, public MessageSender, public NoticeSink {
 public:
  explicit LayerHarness(Transport transport = Transport::Udp)
      : identifiers_({.call_ids = {},
                      .tags = {},
                      .branches = {"z9hG4bKfirst", "z9hG4bKsecond", "z9hG4bKthird"},
                      .nonces = {},
                      .cnonces = {},
                      .sdp_session_ids = {}},
                     1, "alice"),
        peer{"192.0.2.201", 5060, transport},
        layer(*this, *this, timers_, identifiers_, TimerValues{}) {}

  // What the test does.

  /// Lets time pass, timers included.
  void wait(Duration span) {
    const Instant until = now_ + span;
    while (const auto due = timers_.next_deadline()) {
      if (*due > until) break;
      now_ = *due;
      const auto timer = timers_.pop_due(now_);
      layer.handle_timer(*timer, context());
    }
    now_ = until;
  }
  /// A message comes from the peer. Lines may end in "\n".
  void receive(const std::string& text) {
    auto message = parse(text);
    const Source source{peer, {"192.0.2.101", 5060, peer.transport}, 0};
    if (auto* request = std::get_if<sip::Request>(&message))
      layer.handle_request(std::move(*request), source, context());
    else
      layer.handle_response(std::get<sip::Response>(message), source, context());
  }
  TransactionId send(const std::string& text) {
    return layer.send_request(request(text), peer, context());
  }
  void respond(TransactionId id, const std::string& text) {
    layer.send_response(id, std::get<sip::Response>(parse(text)), context());
  }
  static sip::Request request(const std::string& text) {
    return std::get<sip::Request>(parse(text));
  }
  Context context() { return {now_, 7, this}; }

  /// Called for each request that begins a transaction, after it was written down.
  std::function<void(TransactionId)> on_request = [](TransactionId) {};
  bool writes_states = false;

  const std::string& log() const { return log_; }
  std::vector<std::string> sent;     ///< Bytes, with "\n" for each CRLF.
  std::vector<TransactionId> begun;  ///< Server transactions in the order in which they began.

  // TransactionUser

  void start(Layer& /*layer*/, TimerQueue& /*timers*/, const Context& /*context*/) override {}
  void handle_request(TransactionId id, const sip::Request& request, const Source& /*source*/,
                      const Context& /*context*/) override {
    begun.push_back(id);
    write(std::string(request.method_text()) + " to TU" + number(id));
    on_request(id);
  }
  void handle_ack(const sip::Request& /*request*/, const Source& /*source*/,
                  const Context& /*context*/) override {
    write("ACK to TU");
  }
  void handle_response(TransactionId id, const sip::Response& response,
                       const Context& /*context*/) override {
    write(std::to_string(response.status()) + " to TU" + number(id));
  }
  void handle_timeout(TransactionId id, const Context& /*context*/) override {
    write("timeout to TU" + number(id));
  }
  void handle_transport_error(TransactionId id, const Context& /*context*/) override {
    write("transport error to TU" + number(id));
  }
  void handle_missing_ack(TransactionId id, const Context& /*context*/) override {
    write("missing ACK to TU" + number(id));
  }
  void handle_terminated(TransactionId id, const Context& /*context*/) override {
    write("terminated" + number(id));
  }
  void handle_timer(const DueTimer& /*timer*/, const Context& /*context*/) override {}

  // MessageSender

  void send_request(std::string_view bytes, const TransportAddress& to, const SendInfo& info,
                    const Context& /*context*/) override {
    note_sent(bytes, info, " to " + to_string(to));
  }
  void send_response(const sip::Response& response, const Source& /*source*/, const SendInfo& info,
                     const Context& /*context*/) override {
    note_sent(to_bytes(response), info, "");
  }
  std::string_view sent_by(Transport /*transport*/) const override {
    return "client.atlanta.example.com:5060";
  }

  // NoticeSink

  bool is_listening() const override { return true; }
  void take(Notice notice) override {
    if (notice.kind == Notice::Kind::Absorbed)
      write("absorbed: " + notice.subject + (notice.from.empty() ? "" : " in " + notice.from) +
            (notice.subject.empty() ? "" : ": ") + notice.text);
    else if (writes_states)
      write(notice.subject + ": " + (notice.from.empty() ? "-" : notice.from) + " -> " +
            notice.text);
  }

 private:
  static sip::Message parse(const std::string& text) {
    std::string bytes;
    for (const char c : text) {
      if (c == '\n') bytes += '\r';
      bytes += c;
    }
    return *sip::parse_message(bytes);
  }
  static std::string number(TransactionId id) { return " [" + std::to_string(id) + "]"; }

  void note_sent(std::string_view bytes, const SendInfo& info, const std::string& where) {
    std::string text;
    for (const char c : bytes)
      if (c != '\r') text += c;
    const std::string start_line = text.substr(0, text.find('\n'));
    const bool is_response = start_line.rfind("SIP/2.0 ", 0) == 0;
    write((info.is_retransmission ? "send again " : "send ") +
          (is_response ? start_line.substr(8, 3) : start_line.substr(0, start_line.find(' '))) +
          where + number(info.transaction));
    sent.push_back(std::move(text));
  }

  void write(const std::string& line) {
    char date[16];
    static_cast<void>(std::snprintf(date, sizeof date, "%6.3f", to_seconds(now_)));
    log_.append(date).append("  ").append(line).append("\n");
  }

  TimerQueue timers_;
  Identifiers identifiers_;
  Instant now_{};
  std::string log_ = "\n";

 public:
  TransportAddress peer;
  Layer layer;
};

}  // namespace trapezoid::transaction::test
