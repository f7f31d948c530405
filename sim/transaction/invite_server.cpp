#include "sim/transaction/invite_server.hpp"

#include "sim/transaction/describe.hpp"

namespace trapezoid::transaction {
namespace {

using enum Figure7::State;
using enum Figure7::Event;
using enum Action;

// INVITE server transaction: RFC 3261 §17.2.1 Figure 7, amended by RFC 6026 §8.5 to §8.8 (Accepted,
// L; a transport error keeps the state).
// One row is one arrow. A pair with no row has no arrow: the event is absorbed, and traced so.
// clang-format off
constexpr Arrow<Figure7::State, Figure7::Event> kArrows[] = {
  // label     from        event           actions, in the figure's order   to           amended by
  {"7.1",      Proceeding, GotInvite,      {SendResponse},                  Proceeding},
  {"7.2",      Proceeding, TimerTrying100, {Send100},                       Proceeding},
  {"7.3",      Proceeding, Send1xx,        {SendResponse, StopTrying100},   Proceeding},
  {"7.4",      Proceeding, TransportError, {TransportErrorToTu},            Proceeding,  6026},
  {"7.5",      Proceeding, Send2xx,        {SendResponse},                  Accepted,    6026},
  {"7.6",      Proceeding, Send300To699,   {SendResponse},                  Completed},
  {"7.7",      Completed,  GotInvite,      {SendResponse},                  Completed},
  {"7.8",      Completed,  TimerG,         {SendResponse, DoubleG},         Completed},
  {"7.9",      Completed,  GotAck,         {},                              Confirmed},
  {"7.10",     Completed,  TimerH,         {MissingAckToTu},                Terminated},
  {"7.11",     Completed,  TransportError, {TransportErrorToTu},            Completed,   6026},
  {"7.12",     Confirmed,  TimerI,         {},                              Terminated},
  {"6026.1",   Accepted,   GotInvite,      {},                              Accepted},
  {"6026.2",   Accepted,   GotAck,         {AckToTu},                       Accepted},
  {"6026.3",   Accepted,   Send2xx,        {SendResponse},                  Accepted},
  {"6026.4",   Accepted,   TransportError, {TransportErrorToTu},            Accepted},
  {"6026.5",   Accepted,   TimerL,         {},                              Terminated},
};

constexpr TimerRow<Figure7::State, Figure7::Event> kTimers[] = {
  // timer             fires            runs while in   unreliable         reliable           RFC 3261 Table 4, RFC 6026 §8.5
  {Timer::Trying100,   TimerTrying100,  {Proceeding},   milliseconds(200), milliseconds(200), "100 for a TU that says nothing, §17.2.1"},
  {Timer::G,           TimerG,          {Completed},    kT1,               kNever,            "response retransmission, doubles up to T2"},
  {Timer::H,           TimerH,          {Completed},    64 * kT1,          64 * kT1,          "waits for the ACK"},
  {Timer::I,           TimerI,          {Confirmed},    kT4,               kAtOnce,           "absorbs ACK retransmissions"},
  {Timer::L,           TimerL,          {Accepted},     64 * kT1,          64 * kT1,          "absorbs INVITE retransmissions after a 2xx"},
};
// clang-format on

}  // namespace

const Table<Figure7::State, Figure7::Event>& Figure7::table() {
  static constexpr Table<State, Event> kFigure7{{RequestToTu}, Proceeding, kArrows, kTimers};
  return kFigure7;
}

std::string_view name_of(Figure7::State state) {
  switch (state) {
    case Proceeding: return "Proceeding";
    case Completed: return "Completed";
    case Confirmed: return "Confirmed";
    case Accepted: return "Accepted";
    case Terminated: return "Terminated";
  }
  return {};
}

std::string_view name_of(Figure7::Event event) {
  switch (event) {
    case TimerTrying100: return "timer 100";
    case TimerG: return "timer G";
    case TimerH: return "timer H";
    case TimerI: return "timer I";
    case TimerL: return "timer L";
    case TransportError: return "transport error";
    case GotInvite: return "INVITE";
    case GotAck: return "ACK";
    case Send1xx: return "1xx from TU";
    case Send2xx: return "2xx from TU";
    case Send300To699: return "300-699 from TU";
  }
  return {};
}

InviteServer::Event InviteServer::event_of(sip::StatusCode status) {
  if (sip::is_provisional(status)) return Send1xx;
  return sip::is_success(status) ? Send2xx : Send300To699;
}

Figure InviteServer::figure() {
  return describe<Figure7>({.name = "InviteServer",
                            .title = "INVITE server transaction",
                            .number = 7,
                            .section = "§17.2.1",
                            .start_event = "INVITE"},
                           Send300To699);
}

}  // namespace trapezoid::transaction
