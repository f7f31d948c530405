#pragma once

#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sim/base/timer_queue.hpp"
#include "sim/sip/status.hpp"
#include "sim/transaction/invite_client.hpp"
#include "sim/transaction/invite_server.hpp"
#include "sim/transaction/machine.hpp"
#include "sim/transaction/non_invite_client.hpp"
#include "sim/transaction/non_invite_server.hpp"
#include "sim/transaction/timers.hpp"

namespace trapezoid::transaction::test {

/// Runs one machine on a timer queue and writes down what it does, one line an action:
/// " 0.500  send INVITE". Inputs of a date come before timers of that date.
template <class M>
class MachineHarness {
 public:
  using Event = typename M::Event;

  explicit MachineHarness(Reliability reliability, const TimerValues& values = {})
      : machine_(reliability), values_(values) {}

  /// The bytes could not be delivered.
  void fail(Duration when) { at(when, Event::TransportError); }

  /// Until no input is left and no timer runs.
  void run_until_idle() {
    step(machine_.start(host(), context()), 0);
    while (true) {
      const auto deadline = timers_.next_deadline();
      if (!inputs_.empty() && (!deadline || inputs_.begin()->first <= *deadline)) {
        const auto input = inputs_.extract(inputs_.begin());
        now_ = input.key();
        handle(input.mapped().event, input.mapped().status);
      } else if (deadline) {
        now_ = *deadline;
        const auto due = timers_.pop_due(now_);
        handle(machine_.fire(static_cast<Timer>(due->purpose.kind)), 0);
      } else {
        return;
      }
    }
  }

  /// Begins with a line end, so that the expected text can begin on a line of its own.
  const std::string& log() const { return log_; }

 protected:
  void at(Duration when, Event event, sip::StatusCode status = 0) {
    inputs_.emplace(Instant{} + when, Input{event, status});
  }

 private:
  struct Input {
    Event event;
    sip::StatusCode status = 0;
  };

  TimerHost host() { return {timers_, values_, 1}; }
  Context context() const { return {now_, 0, nullptr}; }

  void handle(Event event, sip::StatusCode status) {
    if (is_over_) return write("too late: " + std::string(name_of(event)));
    const auto before = machine_.state();
    const Step result = machine_.on_event(event, host(), context());
    if (result.is_absorbed())
      write("absorbed in " + std::string(name_of(before)) + ": " + std::string(name_of(event)));
    step(result, status);
  }

  void step(const Step& result, sip::StatusCode status) {
    if (result.is_absorbed()) return;
    for (const Action action : *result.actions) perform(action, status);
    if (!result.has_ended) return;
    is_over_ = true;
    write("terminated");
  }

  void perform(Action action, sip::StatusCode status) {
    switch (action) {
      case Action::DoubleA:
      case Action::DoubleE:
      case Action::ResetEToT2:
      case Action::DoubleG:
      case Action::StopTrying100: return;
      case Action::ResponseToTu: return write(std::to_string(status) + " to TU");
      case Action::Send100: last_sent_ = 100; break;
      case Action::SendResponse:
        if (status != 0) last_sent_ = status;
        if (last_sent_ == 0) return write("nothing to send yet");
        return write("send " + std::to_string(last_sent_));
      default: break;
    }
    write(std::string(text_of(action)));
  }

  void write(const std::string& line) {
    char date[16];
    static_cast<void>(std::snprintf(date, sizeof date, "%6.3f", to_seconds(now_)));
    log_.append(date).append("  ").append(line).append("\n");
  }

  M machine_;
  TimerValues values_;
  TimerQueue timers_;
  std::multimap<Instant, Input> inputs_;
  Instant now_{};
  bool is_over_ = false;
  sip::StatusCode last_sent_ = 0;
  std::string log_ = "\n";
};

/// A client machine: responses come from the network.
template <class M>
class ClientHarness : public MachineHarness<M> {
 public:
  using MachineHarness<M>::MachineHarness;
  void respond(sip::StatusCode status, Duration when) {
    this->at(when, M::event_of(status), status);
  }
};
using InviteClientHarness = ClientHarness<InviteClient>;
using NonInviteClientHarness = ClientHarness<NonInviteClient>;

/// A server machine: responses come from the user, requests from the network.
class InviteServerHarness : public MachineHarness<InviteServer> {
 public:
  using MachineHarness::MachineHarness;
  void respond(sip::StatusCode status, Duration when) {
    at(when, InviteServer::event_of(status), status);
  }
  void invite_again(Duration when) { at(when, InviteServer::Event::GotInvite); }
  void ack(Duration when) { at(when, InviteServer::Event::GotAck); }
};

class NonInviteServerHarness : public MachineHarness<NonInviteServer> {
 public:
  using MachineHarness::MachineHarness;
  void respond(sip::StatusCode status, Duration when) {
    at(when, NonInviteServer::event_of(status), status);
  }
  void request_again(Duration when) { at(when, NonInviteServer::Event::GotRequest); }
};

}  // namespace trapezoid::transaction::test
