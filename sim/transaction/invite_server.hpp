#pragma once

#include <cstdint>
#include <string_view>

#include "sim/sip/status.hpp"
#include "sim/transaction/figures.hpp"
#include "sim/transaction/machine.hpp"

namespace trapezoid::transaction {

/// States and events of RFC 3261 Figure 7 as amended by RFC 6026.
struct Figure7 {
  enum class State : std::uint8_t { Proceeding, Completed, Confirmed, Accepted, Terminated };
  enum class Event : std::uint8_t {
    TimerTrying100,
    TimerG,
    TimerH,
    TimerI,
    TimerL,
    TransportError,
    GotInvite,
    GotAck,
    Send1xx,
    Send2xx,
    Send300To699,
  };
  static const Table<State, Event>& table();
};

std::string_view name_of(Figure7::State state);
std::string_view name_of(Figure7::Event event);

/// The INVITE server transaction, §17.2.1. Its figure is the table in the source.
class InviteServer : public Machine<Figure7> {
 public:
  using Machine::Machine;

  /// The event that a response of this status from the user is.
  static Event event_of(sip::StatusCode status);
  /// The table for the reader.
  static Figure figure();
};

}  // namespace trapezoid::transaction
