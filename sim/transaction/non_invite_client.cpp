#include "sim/transaction/non_invite_client.hpp"

#include "sim/transaction/describe.hpp"

namespace trapezoid::transaction {
namespace {

using enum Figure6::State;
using enum Figure6::Event;
using enum Action;

// Non-INVITE client transaction: RFC 3261 §17.1.2.2 Figure 6.
// One row is one arrow. A pair with no row has no arrow: the event is absorbed, and traced so.
// clang-format off
constexpr Arrow<Figure6::State, Figure6::Event> kArrows[] = {
  // label     from        event           actions, in the figure's order  to
  {"6.1",      Trying,     TimerE,         {SendRequest, DoubleE},         Trying},
  {"6.2",      Trying,     TimerF,         {TimeoutToTu},                  Terminated},
  {"6.3",      Trying,     TransportError, {TransportErrorToTu},           Terminated},
  {"6.4",      Trying,     Got1xx,         {ResponseToTu},                 Proceeding},
  {"6.5",      Trying,     Got200To699,    {ResponseToTu},                 Completed},
  {"6.6",      Proceeding, TimerE,         {SendRequest, ResetEToT2},      Proceeding},
  {"6.7",      Proceeding, TimerF,         {TimeoutToTu},                  Terminated},
  {"6.8",      Proceeding, TransportError, {TransportErrorToTu},           Terminated},
  {"6.9",      Proceeding, Got1xx,         {ResponseToTu},                 Proceeding},
  {"6.10",     Proceeding, Got200To699,    {ResponseToTu},                 Completed},
  {"6.11",     Completed,  TimerK,         {},                             Terminated},
};

constexpr TimerRow<Figure6::State, Figure6::Event> kTimers[] = {
  // timer     fires    runs while in          unreliable   reliable     RFC 3261 Table 4
  {Timer::E,   TimerE,  {Trying, Proceeding},  kT1,         kNever,      "request retransmission, doubles up to T2"},
  {Timer::F,   TimerF,  {Trying, Proceeding},  64 * kT1,    64 * kT1,    "transaction timeout"},
  {Timer::K,   TimerK,  {Completed},           kT4,         kAtOnce,     "absorbs response retransmissions"},
};
// clang-format on

}  // namespace

const Table<Figure6::State, Figure6::Event>& Figure6::table() {
  static constexpr Table<State, Event> kFigure6{{SendRequest}, Trying, kArrows, kTimers};
  return kFigure6;
}

std::string_view name_of(Figure6::State state) {
  switch (state) {
    case Trying: return "Trying";
    case Proceeding: return "Proceeding";
    case Completed: return "Completed";
    case Terminated: return "Terminated";
  }
  return {};
}

std::string_view name_of(Figure6::Event event) {
  switch (event) {
    case TimerE: return "timer E";
    case TimerF: return "timer F";
    case TimerK: return "timer K";
    case TransportError: return "transport error";
    case Got1xx: return "1xx";
    case Got200To699: return "200-699";
  }
  return {};
}

NonInviteClient::Event NonInviteClient::event_of(sip::StatusCode status) {
  return sip::is_provisional(status) ? Got1xx : Got200To699;
}

Figure NonInviteClient::figure() {
  return describe<Figure6>({.name = "NonInviteClient",
                            .title = "non-INVITE client transaction",
                            .number = 6,
                            .section = "§17.1.2.2",
                            .start_event = "request from TU"},
                           Got200To699);
}

}  // namespace trapezoid::transaction
