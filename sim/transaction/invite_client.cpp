#include "sim/transaction/invite_client.hpp"

#include "sim/transaction/describe.hpp"

namespace trapezoid::transaction {
namespace {

using enum Figure5::State;
using enum Figure5::Event;
using enum Action;

// INVITE client transaction: RFC 3261 §17.1.1.2 Figure 5, amended by RFC 6026 §8.4 (Accepted, M).
// One row is one arrow. A pair with no row has no arrow: the event is absorbed, and traced so.
// clang-format off
constexpr Arrow<Figure5::State, Figure5::Event> kArrows[] = {
  // label     from        event           actions, in the figure's order  to           amended by
  {"5.1",      Calling,    TimerA,         {SendInvite, DoubleA},          Calling},
  {"5.2",      Calling,    TimerB,         {TimeoutToTu},                  Terminated},
  {"5.3",      Calling,    TransportError, {TransportErrorToTu},           Terminated},
  {"5.4",      Calling,    Got1xx,         {ResponseToTu},                 Proceeding},
  {"5.5",      Calling,    Got2xx,         {ResponseToTu},                 Accepted,    6026},
  {"5.6",      Calling,    Got300To699,    {SendAck, ResponseToTu},        Completed},
  {"5.7",      Proceeding, Got1xx,         {ResponseToTu},                 Proceeding},
  {"5.8",      Proceeding, Got2xx,         {ResponseToTu},                 Accepted,    6026},
  {"5.9",      Proceeding, Got300To699,    {SendAck, ResponseToTu},        Completed},
  {"5.10",     Completed,  Got300To699,    {SendAck},                      Completed},
  {"5.11",     Completed,  TransportError, {TransportErrorToTu},           Terminated},
  {"5.12",     Completed,  TimerD,         {},                             Terminated},
  {"6026.1",   Accepted,   Got2xx,         {ResponseToTu},                 Accepted},
  {"6026.2",   Accepted,   TimerM,         {},                             Terminated},
};

constexpr TimerRow<Figure5::State, Figure5::Event> kTimers[] = {
  // timer     fires    runs while in   unreliable   reliable     RFC 3261 Table 4, RFC 6026 §8.4
  {Timer::A,   TimerA,  {Calling},      kT1,         kNever,      "request retransmission, doubles"},
  {Timer::B,   TimerB,  {Calling},      64 * kT1,    64 * kT1,    "transaction timeout"},
  {Timer::D,   TimerD,  {Completed},    seconds(32), kAtOnce,     "absorbs response retransmissions"},
  {Timer::M,   TimerM,  {Accepted},     64 * kT1,    64 * kT1,    "passes 2xx retransmissions and forks"},
};
// clang-format on

}  // namespace

const Table<Figure5::State, Figure5::Event>& Figure5::table() {
  static constexpr Table<State, Event> kFigure5{{SendInvite}, Calling, kArrows, kTimers};
  return kFigure5;
}

std::string_view name_of(Figure5::State state) {
  switch (state) {
    case Calling: return "Calling";
    case Proceeding: return "Proceeding";
    case Completed: return "Completed";
    case Accepted: return "Accepted";
    case Terminated: return "Terminated";
  }
  return {};
}

std::string_view name_of(Figure5::Event event) {
  switch (event) {
    case TimerA: return "timer A";
    case TimerB: return "timer B";
    case TimerD: return "timer D";
    case TimerM: return "timer M";
    case TransportError: return "transport error";
    case Got1xx: return "1xx";
    case Got2xx: return "2xx";
    case Got300To699: return "300-699";
  }
  return {};
}

InviteClient::Event InviteClient::event_of(sip::StatusCode status) {
  if (sip::is_provisional(status)) return Got1xx;
  return sip::is_success(status) ? Got2xx : Got300To699;
}

Figure InviteClient::figure() {
  return describe<Figure5>({.name = "InviteClient",
                            .title = "INVITE client transaction",
                            .number = 5,
                            .section = "§17.1.1.2",
                            .start_event = "INVITE from TU"},
                           Got300To699);
}

}  // namespace trapezoid::transaction
