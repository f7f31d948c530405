#pragma once

#include <cstdint>
#include <string_view>

#include "sim/sip/status.hpp"
#include "sim/transaction/figures.hpp"
#include "sim/transaction/machine.hpp"

namespace trapezoid::transaction {

/// States and events of RFC 3261 Figure 8.
struct Figure8 {
  enum class State : std::uint8_t { Trying, Proceeding, Completed, Terminated };
  enum class Event : std::uint8_t { TimerJ, TransportError, GotRequest, Send1xx, Send200To699 };
  static const Table<State, Event>& table();
};

std::string_view name_of(Figure8::State state);
std::string_view name_of(Figure8::Event event);

/// The non-INVITE server transaction, §17.2.2. Its figure is the table in the source.
class NonInviteServer : public Machine<Figure8> {
 public:
  using Machine::Machine;

  /// The event that a response of this status from the user is.
  static Event event_of(sip::StatusCode status);
  /// The table for the reader.
  static Figure figure();
};

}  // namespace trapezoid::transaction
