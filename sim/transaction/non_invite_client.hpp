#pragma once

#include <cstdint>
#include <string_view>

#include "sim/sip/status.hpp"
#include "sim/transaction/figures.hpp"
#include "sim/transaction/machine.hpp"

namespace trapezoid::transaction {

/// States and events of RFC 3261 Figure 6.
struct Figure6 {
  enum class State : std::uint8_t { Trying, Proceeding, Completed, Terminated };
  enum class Event : std::uint8_t { TimerE, TimerF, TimerK, TransportError, Got1xx, Got200To699 };
  static const Table<State, Event>& table();
};

std::string_view name_of(Figure6::State state);
std::string_view name_of(Figure6::Event event);

/// The non-INVITE client transaction, §17.1.2. Its figure is the table in the source.
class NonInviteClient : public Machine<Figure6> {
 public:
  using Machine::Machine;

  /// The event that a response of this status is.
  static Event event_of(sip::StatusCode status);
  /// The table for the reader.
  static Figure figure();
};

}  // namespace trapezoid::transaction
