#pragma once

#include <cstdint>
#include <string_view>

#include "sim/sip/status.hpp"
#include "sim/transaction/figures.hpp"
#include "sim/transaction/machine.hpp"

namespace trapezoid::transaction {

/// States and events of RFC 3261 Figure 5 as amended by RFC 6026.
struct Figure5 {
  enum class State : std::uint8_t { Calling, Proceeding, Completed, Accepted, Terminated };
  enum class Event : std::uint8_t {
    TimerA,
    TimerB,
    TimerD,
    TimerM,
    TransportError,
    Got1xx,
    Got2xx,
    Got300To699,
  };
  static const Table<State, Event>& table();
};

std::string_view name_of(Figure5::State state);
std::string_view name_of(Figure5::Event event);

/// The INVITE client transaction, §17.1.1. Its figure is the table in the source.
class InviteClient : public Machine<Figure5> {
 public:
  using Machine::Machine;

  /// The event that a response of this status is.
  static Event event_of(sip::StatusCode status);
  /// The table for the reader.
  static Figure figure();
};

}  // namespace trapezoid::transaction
