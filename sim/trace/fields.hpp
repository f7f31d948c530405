#pragma once

// The keys of every kind of event, in the order in which they are written. One description serves
// the writer (const events) and the reader.

#include <array>
#include <string_view>
#include <type_traits>

#include "sim/trace/trace.hpp"

namespace trapezoid::trace {

constexpr std::array<std::string_view, 3> kTransports = {"UDP", "TCP", "TLS"};
constexpr std::array<std::string_view, 4> kFates = {"delivered", "lost", "refused", "in_flight"};
constexpr std::array<std::string_view, 4> kConnectionWhats = {"opening", "established", "refused",
                                                              "closed"};
constexpr std::array<std::string_view, 2> kMediaWhats = {"start", "stop"};
constexpr std::array<std::string_view, 4> kNoteWhats = {"absorbed", "rejected", "decision", "call"};

/// The value of "event" for each alternative of `Event`, in their order.
constexpr std::array<std::string_view, 9> kEventNames = {
    "message", "timer", "action", "connection", "segment", "state", "media", "fault", "note"};

/// The value of "event" in the last line, which is no event: it says that the trace is whole.
constexpr std::string_view kEndName = "end";

/// `E` is `T`, or `const T`.
template <class E, class T>
concept Is = std::is_same_v<std::remove_const_t<E>, T>;

/// The keys behind "id" of each kind of event.
template <class Visitor, Is<MessageEvent> E>
void visit_own_fields(Visitor& visitor, E& event) {
  visitor.number("f_number", event.f_number);
  visitor.lane("from", event.from);
  visitor.lane("to", event.to);
  visitor.choice("transport", event.transport, kTransports);
  visitor.nonzero("connection", event.connection);
  visitor.time("sent_ns", event.sent_ns);
  visitor.optional_time("on_wire_ns", event.on_wire_ns);
  visitor.optional_time("received_ns", event.received_ns);
  visitor.choice("fate", event.fate, kFates);
  visitor.earlier("retransmission_of", event.retransmission_of);
  visitor.optional_text("transaction", event.transaction);
  visitor.optional_text("dialog", event.dialog);
  visitor.earlier("cause", event.cause);
  visitor.bytes(event.bytes);
}

template <class Visitor, Is<TimerEvent> E>
void visit_own_fields(Visitor& visitor, E& event) {
  visitor.lane("lane", event.lane);
  visitor.text("name", event.name);
  visitor.time("armed_ns", event.armed_ns);
  visitor.time("at_ns", event.at_ns);
  visitor.earlier("cause", event.cause);
}

template <class Visitor, Is<ActionEvent> E>
void visit_own_fields(Visitor& visitor, E& event) {
  visitor.lane("lane", event.lane);
  visitor.text("text", event.text);
  visitor.time("at_ns", event.at_ns);
  visitor.earlier("cause", event.cause);
}

template <class Visitor, Is<ConnectionEvent> E>
void visit_own_fields(Visitor& visitor, E& event) {
  visitor.number("connection", event.connection);
  visitor.choice("what", event.what, kConnectionWhats);
  visitor.lane("from", event.from);
  visitor.lane("to", event.to);
  visitor.choice("transport", event.transport, kTransports);
  visitor.text("from_address", event.from_address);
  visitor.text("to_address", event.to_address);
  visitor.time("at_ns", event.at_ns);
  visitor.earlier("cause", event.cause);
}

template <class Visitor, Is<SegmentEvent> E>
void visit_own_fields(Visitor& visitor, E& event) {
  visitor.number("connection", event.connection);
  visitor.lane("from", event.from);
  visitor.lane("to", event.to);
  visitor.text("what", event.what);
  visitor.number("size_bytes", event.size_bytes);
  visitor.time("at_ns", event.at_ns);
  visitor.optional_time("received_ns", event.received_ns);
  visitor.earlier("cause", event.cause);
}

template <class Visitor, Is<StateEvent> E>
void visit_own_fields(Visitor& visitor, E& event) {
  visitor.lane("lane", event.lane);
  visitor.text("subject", event.subject);
  visitor.text("from", event.from);
  visitor.text("to", event.to);
  visitor.time("at_ns", event.at_ns);
  visitor.earlier("cause", event.cause);
}

template <class Visitor, Is<MediaEvent> E>
void visit_own_fields(Visitor& visitor, E& event) {
  visitor.choice("what", event.what, kMediaWhats);
  visitor.lane("from", event.from);
  visitor.lane("to", event.to);
  visitor.optional_text("subject", event.subject);
  visitor.time("at_ns", event.at_ns);
  visitor.earlier("cause", event.cause);
}

template <class Visitor, Is<FaultEvent> E>
void visit_own_fields(Visitor& visitor, E& event) {
  visitor.text("text", event.text);
  visitor.time("at_ns", event.at_ns);
  visitor.earlier("cause", event.cause);
}

template <class Visitor, Is<NoteEvent> E>
void visit_own_fields(Visitor& visitor, E& event) {
  visitor.lane("lane", event.lane);
  visitor.choice("what", event.what, kNoteWhats);
  visitor.optional_text("subject", event.subject);
  visitor.text("text", event.text);
  visitor.time("at_ns", event.at_ns);
  visitor.earlier("cause", event.cause);
}

/// `Visitor` has: number, nonzero (left out when 0), time, optional_time, lane, text, optional_text
/// (left out when empty), choice, earlier (the id of an earlier event, left out when 0), bytes.
template <class Visitor, class E>
void visit_fields(Visitor& visitor, E& event) {
  visitor.number("id", event.id);
  visit_own_fields(visitor, event);
}

}  // namespace trapezoid::trace
