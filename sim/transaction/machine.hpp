#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "sim/base/notice.hpp"
#include "sim/base/timer_queue.hpp"
#include "sim/transaction/timers.hpp"
#include "sim/transaction/transaction_id.hpp"

namespace trapezoid::transaction {

/// What stands under the bar of an arrow, in all four figures. Those of the first group are for the
/// owner of the machine to perform; those of the second concern the machine's own timers.
enum class Action : std::uint8_t {
  SendInvite,          ///< The INVITE, first or again.
  SendRequest,         ///< The request, first or again.
  SendAck,             ///< The ACK to a 300-699 response (§17.1.1.3), first or again.
  SendResponse,        ///< The user's response of this event, else the last one again, if any.
  Send100,             ///< A 100 (Trying) of the transaction's own (§17.2.1).
  RequestToTu,         ///< Passes the request that began the server transaction.
  AckToTu,             ///< Passes an ACK that came for a 2xx.
  ResponseToTu,        ///< Passes the response.
  TimeoutToTu,         ///< No final response came.
  MissingAckToTu,      ///< No ACK came.
  TransportErrorToTu,  ///< The message could not be delivered.

  DoubleA,        ///< Starts A again with twice the interval.
  DoubleE,        ///< Starts E again with twice the interval, T2 at most.
  ResetEToT2,     ///< Starts E again with T2.
  DoubleG,        ///< Starts G again with twice the interval, T2 at most.
  StopTrying100,  ///< The user has spoken: no 100 is owed.
};

/// The words of the figures: "send INVITE", "response to TU", "double timer A".
std::string_view text_of(Action action);

/// The actions of one arrow, in order.
class ActionList {
 public:
  constexpr ActionList(std::initializer_list<Action> actions)
      : size_(static_cast<std::uint8_t>(actions.size())) {
    std::copy(actions.begin(), actions.end(), actions_.begin());
  }
  constexpr const Action* begin() const { return actions_.data(); }
  constexpr const Action* end() const { return actions_.data() + size_; }

 private:
  std::array<Action, 3> actions_{};
  std::uint8_t size_ = 0;
};

/// One arrow of a figure. `label` is "<figure>.<n>", or "<RFC>.<n>" where another RFC added it;
/// `amended_by` is the RFC that changed an arrow of RFC 3261, 0 when none did.
template <class State, class Event>
struct Arrow {
  std::string_view label;
  State from;
  Event event;
  ActionList actions;
  State to;
  int amended_by = 0;
};

/// The states in which a timer runs.
template <class State>
class StateSet {
 public:
  constexpr StateSet(std::initializer_list<State> states) {
    for (const State state : states) bits_ |= 1U << static_cast<unsigned>(state);
  }
  constexpr bool contains(State state) const {
    return (bits_ >> static_cast<unsigned>(state) & 1U) != 0;
  }

 private:
  unsigned bits_ = 0;
};

/// One timer of a machine: the event that it gives when it fires, where it runs, and for how long.
template <class State, class Event>
struct TimerRow {
  Timer timer;
  Event fires;
  StateSet<State> runs_in;
  Span unreliable;
  Span reliable;
  std::string_view purpose;

  constexpr Span span(Reliability reliability) const {
    return reliability == Reliability::Reliable ? reliable : unreliable;
  }
};

/// A whole figure: the arrow that comes from nowhere, the arrows, the timers.
template <class State, class Event>
struct Table {
  ActionList start;
  State initial;
  std::span<const Arrow<State, Event>> arrows;
  std::span<const TimerRow<State, Event>> timers;
};

/// The arrow for `event` in `state`; null when the figure has none.
template <class State, class Event>
constexpr const Arrow<State, Event>* find_arrow(std::span<const Arrow<State, Event>> arrows,
                                                State state, Event event) {
  for (const auto& arrow : arrows)
    if (arrow.from == state && arrow.event == event) return &arrow;
  return nullptr;
}

/// Where the timers of one transaction live: in the element's queue, under the transaction's id.
struct TimerHost {
  TimerQueue& queue;
  const TimerValues& values;
  TransactionId id = 0;
};

/// What came of one event. `actions` is for the owner to perform, in order, once the machine stands
/// in its new state; it is null when the event has no arrow and was absorbed.
struct Step {
  const ActionList* actions = nullptr;
  bool has_ended = false;  ///< The machine is Terminated: destroy it after the actions.

  bool is_absorbed() const { return actions == nullptr; }
};

/// No state of any figure runs more timers than this at the same time.
constexpr std::size_t kMaxRunning = 2;

/// Runs one of the four figures: `Figure` names its states and events and has its `table()`.
/// All decisions are in the table. `now` in the contexts never decreases.
template <class Figure>
class Machine {
 public:
  using State = typename Figure::State;
  using Event = typename Figure::Event;

  /// The figure as data.
  static const Table<State, Event>& table() { return Figure::table(); }

  explicit Machine(Reliability reliability) : reliability_(reliability) {}

  State state() const { return state_; }
  Reliability reliability() const { return reliability_; }

  /// Follows the arrow that comes from nowhere. Called once, first.
  Step start(const TimerHost& host, const Context& context) {
    interval_ = host.values.t1;
    enter(table().initial, host, context);
    return {&table().start, false};
  }

  /// Follows the arrow for `event`, if there is one.
  Step on_event(Event event, const TimerHost& host, const Context& context) {
    const auto* arrow = find_arrow(table().arrows, state_, event);
    if (arrow == nullptr) return {};
    for (const Action action : arrow->actions) perform(action, host, context);
    if (arrow->to != state_) enter(arrow->to, host, context);
    return {&arrow->actions, state_ == State::Terminated};
  }

  /// The event that a timer of this machine is, now that it has come off the queue.
  Event fire(Timer timer) {
    const std::size_t row = row_of(timer);
    if (TimerId* running = find_running(row)) *running = 0;
    return table().timers[row].fires;
  }

 private:
  static std::size_t row_of(Timer timer) {
    const auto timers = table().timers;
    std::size_t row = 0;
    while (timers[row].timer != timer) ++row;  // a timer that is not ours breaks an invariant
    return row;
  }

  /// A timer runs exactly in the states of its row: entering a state stops the other timers.
  void enter(State state, const TimerHost& host, const Context& context) {
    state_ = state;
    const auto timers = table().timers;
    for (std::size_t i = 0; i < kMaxRunning; ++i)
      if (running_[i] != 0 && !timers[rows_[i]].runs_in.contains(state)) stop(running_[i], host);
    for (std::size_t row = 0; row < timers.size(); ++row) {
      if (!timers[row].runs_in.contains(state)) continue;
      const Span span = timers[row].span(reliability_);
      if (find_running(row) == nullptr && !span.is_never())
        start(row, span.under(host.values), host, context);
    }
  }

  /// The actions that concern timers; the others are the owner's.
  void perform(Action action, const TimerHost& host, const Context& context) {
    const Duration t2 = host.values.t2;
    switch (action) {
      case Action::DoubleA: restart(Timer::A, 2 * interval_, host, context); break;
      case Action::DoubleE: restart(Timer::E, std::min(2 * interval_, t2), host, context); break;
      case Action::ResetEToT2: restart(Timer::E, t2, host, context); break;
      case Action::DoubleG: restart(Timer::G, std::min(2 * interval_, t2), host, context); break;
      case Action::StopTrying100:
        if (TimerId* running = find_running(row_of(Timer::Trying100))) stop(*running, host);
        break;
      default: break;
    }
  }

  void restart(Timer timer, Duration interval, const TimerHost& host, const Context& context) {
    interval_ = interval;
    const std::size_t row = row_of(timer);
    if (TimerId* running = find_running(row)) stop(*running, host);
    start(row, interval, host, context);
  }

  void start(std::size_t row, Duration after, const TimerHost& host, const Context& context) {
    const Timer timer = table().timers[row].timer;
    std::size_t i = 0;
    while (running_[i] != 0) ++i;  // a third timer breaks an invariant
    rows_[i] = static_cast<std::uint8_t>(row);
    running_[i] = host.queue.set(
        context, after,
        {kTransactionTimer, static_cast<std::uint8_t>(timer), host.id, name_of(timer)});
  }

  static void stop(TimerId& running, const TimerHost& host) {
    host.queue.cancel(running);
    running = 0;
  }

  /// Null when the timer of that row does not run.
  TimerId* find_running(std::size_t row) {
    for (std::size_t i = 0; i < kMaxRunning; ++i)
      if (running_[i] != 0 && rows_[i] == row) return &running_[i];
    return nullptr;
  }

  std::array<TimerId, kMaxRunning> running_{};    // 0: none
  Duration interval_{};                           // of the last retransmission: A, E or G
  std::array<std::uint8_t, kMaxRunning> rows_{};  // of the table, for each that runs
  State state_ = table().initial;
  Reliability reliability_;
};

}  // namespace trapezoid::transaction
