#pragma once

#include <cstdint>
#include <string>

#include "sim/base/time.hpp"

namespace trapezoid {

/// Numbers what happens inside one element, from 1 up: a message that arrived, a timer that fired,
/// an action that the scenario asked for. Whatever the element then does names it as its cause.
/// 0 is "no cause": the start of the simulation.
using EventId = std::uint64_t;

/// What an element tells the recorder besides the messages it sends: the events that explain them.
struct Notice {
  enum class Kind : std::uint8_t {
    MessageReceived,  ///< `event` is new; `subject` is empty; the message follows in `bytes`.
    MessageRejected,  ///< Bytes that are no SIP message, or one that is dropped; `text` says why.
    TimerFired,       ///< `event` is new; `subject` names the timer; see `armed_at`, `cause`.
    Action,           ///< `event` is new: something the scenario asked for, named in `text`.
    State,            ///< `subject` went from state `from` to `text`.
    Absorbed,         ///< An event without an arrow in the RFC's figure; `text` names it.
    Decision,         ///< A choice and the section that governs it, in `text`.
    Media,            ///< Media from here: `text` is "start" or "stop".
    Call,             ///< An attempt, its answer or its end, for whoever reads the trace.
  };

  Kind kind = Kind::Decision;
  EventId event = 0;             ///< The number of this event, where it can be a cause; else 0.
  EventId cause = 0;             ///< What made it happen. For a timer: the event that armed it.
  Instant at{};                  ///< When.
  Instant armed_at{};            ///< When the timer was set (`TimerFired`).
  std::uint64_t connection = 0;  ///< Which connection the message came on (`MessageReceived`).
  std::string subject;           ///< A transaction, dialog, timer or call, by name.
  std::string from;              ///< The state before (`State`).
  std::string text;              ///< As `kind` says.
  std::string bytes;             ///< The message itself (`MessageReceived`, `MessageRejected`).
};

/// Takes notices. Building one costs strings, so ask `is_listening()` first where it matters.
class NoticeSink {
 public:
  virtual ~NoticeSink() = default;
  virtual bool is_listening() const = 0;
  virtual void take(Notice notice) = 0;
};

/// What every input carries: the date, the event being handled, and where notices go.
struct Context {
  Instant now{};
  EventId cause = 0;
  NoticeSink* notices = nullptr;  ///< Not owned; null when nobody records.

  bool is_recorded() const { return notices != nullptr && notices->is_listening(); }
};

}  // namespace trapezoid
