#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/trace/trace.hpp"

namespace trapezoid::test {

/// Builds a trace by hand, in the order of its events. Times are in milliseconds; messages carry
/// the few header fields that metrics and ladders read.
class FlowBuilder {
 public:
  /// Lanes are named and labelled alike; role "proxy" if the name begins so, else "user_agent".
  explicit FlowBuilder(const std::vector<std::string>& names) {
    trace_.header.generator = "trapezoid 0.1.0";
    trace_.header.scenario = "by-hand";
    trace_.header.title = "A flow made by hand";
    trace_.header.seed = 1;
    for (const std::string& name : names)
      trace_.header.lanes.push_back(
          {name, name, name.substr(0, 5) == "Proxy" ? "proxy" : "user_agent", {}});
  }

  /// Who sends what to whom when; `wire_ms` is 0 where the message did not have to wait.
  struct Step {
    std::size_t from = 0, to = 0;
    std::string_view start_line;
    std::string_view cseq;
    std::int64_t sent_ms = 0, received_ms = 0;
    std::uint32_t cause_f = 0;  ///< The message that caused it, by F-number; 0: none.
    std::int64_t wire_ms = 0;
    bool has_to_tag = false;
  };

  FlowBuilder& add(const Step& step) {
    trace::MessageEvent message;
    message.id = next_id();
    message.f_number = static_cast<std::uint32_t>(f_ids_.size() + 1);
    message.from = static_cast<trace::LaneIndex>(step.from);
    message.to = static_cast<trace::LaneIndex>(step.to);
    message.transport = Transport::Tcp;
    message.connection = 1;
    message.sent_ns = step.sent_ms * 1000000;
    message.on_wire_ns = (step.wire_ms != 0 ? step.wire_ms : step.sent_ms) * 1000000;
    message.received_ns = step.received_ms * 1000000;
    message.cause = step.cause_f == 0 ? last_action_ : f_ids_[step.cause_f - 1];
    message.bytes = bytes(step);
    f_ids_.push_back(message.id);
    trace_.events.emplace_back(std::move(message));
    return *this;
  }
  /// The last message never arrives.
  FlowBuilder& ends(trace::Fate fate) {
    auto& message = std::get<trace::MessageEvent>(trace_.events.back());
    message.fate = fate;
    message.received_ns.reset();
    return *this;
  }
  /// Messages added from now on without a cause of their own are caused by this action.
  FlowBuilder& act(std::size_t lane, std::string_view text, std::int64_t at_ms) {
    last_action_ = next_id();
    trace_.events.emplace_back(trace::ActionEvent{last_action_, static_cast<trace::LaneIndex>(lane),
                                                  std::string(text), at_ms * 1000000, 0});
    return *this;
  }
  FlowBuilder& media(trace::MediaEvent::What what, std::size_t from, std::size_t to,
                     std::int64_t at_ms, std::uint32_t cause_f) {
    trace_.events.emplace_back(trace::MediaEvent{
        next_id(), what, static_cast<trace::LaneIndex>(from), static_cast<trace::LaneIndex>(to),
        "call-1", at_ms * 1000000, f_ids_[cause_f - 1]});
    return *this;
  }
  /// Messages added from now on belong to this call.
  FlowBuilder& call(std::string_view call_id) {
    call_id_ = call_id;
    return *this;
  }

  trace::Trace& trace() { return trace_; }

 private:
  trace::TraceId next_id() const { return trace_.events.size() + 1; }

  std::string bytes(const Step& step) const {
    std::string text(step.start_line);
    text += "\r\nVia: SIP/2.0/TCP a.example.com;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=a";
    text += "\r\nTo: <sip:b@example.com>";
    text += step.has_to_tag ? ";tag=b\r\nCall-ID: " : "\r\nCall-ID: ";
    text += call_id_;
    text += "\r\nCSeq: ";
    text += step.cseq;
    text += "\r\nContent-Length: 0\r\n\r\n";
    return text;
  }

  trace::Trace trace_;
  std::vector<trace::TraceId> f_ids_;
  trace::TraceId last_action_ = 0;
  std::string call_id_ = "call-1";
};

/// The call of RFC 3665 §3.2: links of 10 ms, connections cold at first.
inline trace::Trace flagship_trace() {
  constexpr std::string_view kInvite = "INVITE sip:bob@biloxi.example.com SIP/2.0";
  constexpr std::string_view kAck = "ACK sip:bob@client.biloxi.example.com SIP/2.0";
  constexpr std::string_view kBye = "BYE sip:alice@client.atlanta.example.com SIP/2.0";
  constexpr std::string_view kTrying = "SIP/2.0 100 Trying";
  constexpr std::string_view kRinging = "SIP/2.0 180 Ringing";
  constexpr std::string_view kOk = "SIP/2.0 200 OK";
  constexpr std::string_view kChallenge = "SIP/2.0 407 Proxy Authorization Required";
  constexpr std::size_t kAlice = 0;
  constexpr std::size_t kProxy1 = 1;
  constexpr std::size_t kProxy2 = 2;
  constexpr std::size_t kBob = 3;
  FlowBuilder flow({"Alice", "Proxy 1", "Proxy 2", "Bob"});
  flow.act(kAlice, "call sip:bob@biloxi.example.com", 0);
  flow.add({kAlice, kProxy1, kInvite, "1 INVITE", 0, 30, 0, 20});
  flow.add({kProxy1, kAlice, kChallenge, "1 INVITE", 30, 40, 1, 0, true});
  flow.add(
      {kAlice, kProxy1, "ACK sip:bob@biloxi.example.com SIP/2.0", "1 ACK", 40, 50, 2, 0, true});
  flow.add({kAlice, kProxy1, kInvite, "2 INVITE", 40, 50, 2});
  flow.add({kProxy1, kProxy2, kInvite, "2 INVITE", 50, 80, 4, 70});
  flow.add({kProxy1, kAlice, kTrying, "2 INVITE", 50, 60, 4});
  flow.add({kProxy2, kBob, kInvite, "2 INVITE", 80, 110, 5, 100});
  flow.add({kProxy2, kProxy1, kTrying, "2 INVITE", 80, 90, 5});
  flow.add({kBob, kProxy2, kRinging, "2 INVITE", 110, 120, 7, 0, true});
  flow.add({kProxy2, kProxy1, kRinging, "2 INVITE", 120, 130, 9, 0, true});
  flow.add({kProxy1, kAlice, kRinging, "2 INVITE", 130, 140, 10, 0, true});
  flow.act(kBob, "answer", 2110);
  flow.add({kBob, kProxy2, kOk, "2 INVITE", 2110, 2120, 0, 0, true});
  flow.add({kProxy2, kProxy1, kOk, "2 INVITE", 2120, 2130, 12, 0, true});
  flow.add({kProxy1, kAlice, kOk, "2 INVITE", 2130, 2140, 13, 0, true});
  flow.add({kAlice, kProxy1, kAck, "2 ACK", 2140, 2150, 14, 0, true});
  flow.add({kProxy1, kProxy2, kAck, "2 ACK", 2150, 2160, 15, 0, true});
  flow.add({kProxy2, kBob, kAck, "2 ACK", 2160, 2170, 16, 0, true});
  flow.media(trace::MediaEvent::What::Start, kAlice, kBob, 2170, 17);
  flow.act(kBob, "hang up", 12170);
  flow.add({kBob, kProxy2, kBye, "1 BYE", 12170, 12180, 0, 0, true});
  flow.add({kProxy2, kProxy1, kBye, "1 BYE", 12180, 12190, 18, 0, true});
  flow.add({kProxy1, kAlice, kBye, "1 BYE", 12190, 12200, 19, 0, true});
  flow.add({kAlice, kProxy1, kOk, "1 BYE", 12200, 12210, 20, 0, true});
  flow.add({kProxy1, kProxy2, kOk, "1 BYE", 12210, 12220, 21, 0, true});
  flow.add({kProxy2, kBob, kOk, "1 BYE", 12220, 12230, 22, 0, true});
  flow.media(trace::MediaEvent::What::Stop, kAlice, kBob, 12230, 23);
  return flow.trace();
}

}  // namespace trapezoid::test
