#include "sim/transaction/non_invite_server.hpp"

#include "sim/transaction/describe.hpp"

namespace trapezoid::transaction {
namespace {

using enum Figure8::State;
using enum Figure8::Event;
using enum Action;

// Non-INVITE server transaction: RFC 3261 §17.2.2 Figure 8.
// One row is one arrow. A pair with no row has no arrow: the event is absorbed, and traced so.
// clang-format off
constexpr Arrow<Figure8::State, Figure8::Event> kArrows[] = {
  // label     from        event           actions, in the figure's order  to
  {"8.1",      Trying,     Send1xx,        {SendResponse},                 Proceeding},
  {"8.2",      Trying,     Send200To699,   {SendResponse},                 Completed},
  {"8.3",      Proceeding, GotRequest,     {SendResponse},                 Proceeding},
  {"8.4",      Proceeding, Send1xx,        {SendResponse},                 Proceeding},
  {"8.5",      Proceeding, Send200To699,   {SendResponse},                 Completed},
  {"8.6",      Proceeding, TransportError, {TransportErrorToTu},           Terminated},
  {"8.7",      Completed,  GotRequest,     {SendResponse},                 Completed},
  {"8.8",      Completed,  TransportError, {TransportErrorToTu},           Terminated},
  {"8.9",      Completed,  TimerJ,         {},                             Terminated},
};

constexpr TimerRow<Figure8::State, Figure8::Event> kTimers[] = {
  // timer     fires    runs while in   unreliable   reliable     RFC 3261 Table 4
  {Timer::J,   TimerJ,  {Completed},    64 * kT1,    kAtOnce,     "answers request retransmissions"},
};
// clang-format on

}  // namespace

const Table<Figure8::State, Figure8::Event>& Figure8::table() {
  static constexpr Table<State, Event> kFigure8{{RequestToTu}, Trying, kArrows, kTimers};
  return kFigure8;
}

std::string_view name_of(Figure8::State state) {
  switch (state) {
    case Trying: return "Trying";
    case Proceeding: return "Proceeding";
    case Completed: return "Completed";
    case Terminated: return "Terminated";
  }
  return {};
}

std::string_view name_of(Figure8::Event event) {
  switch (event) {
    case TimerJ: return "timer J";
    case TransportError: return "transport error";
    case GotRequest: return "request";
    case Send1xx: return "1xx from TU";
    case Send200To699: return "200-699 from TU";
  }
  return {};
}

NonInviteServer::Event NonInviteServer::event_of(sip::StatusCode status) {
  return sip::is_provisional(status) ? Send1xx : Send200To699;
}

Figure NonInviteServer::figure() {
  return describe<Figure8>({.name = "NonInviteServer",
                            .title = "non-INVITE server transaction",
                            .number = 8,
                            .section = "§17.2.2",
                            .start_event = "request"},
                           Send200To699);
}

}  // namespace trapezoid::transaction
