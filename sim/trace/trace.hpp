#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/transport_address.hpp"

namespace trapezoid::trace {

/// The version of the trace format that this code writes, and the only one it reads.
constexpr int kFormatVersion = 1;

/// Numbers the events of one trace, from 1 up in the order of the file. 0 is none.
using TraceId = std::uint64_t;
/// An index into `Header::lanes`.
using LaneIndex = std::uint32_t;

/// One logical element: a column of a ladder. Never an address:port pair.
struct Lane {
  std::string name;                    ///< Unique in the trace; as in the scenario.
  std::string label;                   ///< What a ladder shows.
  std::string role;                    ///< "user_agent", "proxy", "registrar", "alg", "unknown".
  std::vector<std::string> addresses;  ///< "192.0.2.101:5060/TCP": for the reader.

  friend bool operator==(const Lane&, const Lane&) = default;
};

/// What stands in the first line of a trace.
struct Header {
  std::string generator;               ///< "trapezoid 0.1.0".
  std::string scenario;                ///< Its name, or that of the capture.
  std::string title;                   ///< For people.
  std::string scenario_sha256;         ///< Of its text; empty when there is none.
  std::uint64_t seed = 0;              ///< Of every random choice.
  std::string reference;               ///< "rfc3665/3.2"; empty when none is named.
  std::vector<std::string> model_box;  ///< What is modelled and what is not, one fact a line.
  std::vector<Lane> lanes;             ///< In the order of the ladder's columns.

  friend bool operator==(const Header&, const Header&) = default;
};

/// How a message ended. `InFlight`: the trace ends before it arrived.
enum class Fate : std::uint8_t { Delivered, Lost, Refused, InFlight };

/// Every event has an `id`, and a `cause`: the id of an earlier event, 0 for none. A message is the
/// cause of what its receiver does about it. All times are nanoseconds since the start.

/// One SIP message, from one element to the next.
struct MessageEvent {
  TraceId id = 0;
  std::uint32_t f_number = 0;  ///< From 1 up without a gap, in the order of the file.
  LaneIndex from = 0;
  LaneIndex to = 0;
  Transport transport = Transport::Udp;
  std::uint64_t connection = 0;             ///< Number of the connection; 0 for a datagram.
  std::int64_t sent_ns = 0;                 ///< When the element hands it to its transport.
  std::optional<std::int64_t> on_wire_ns;   ///< When its first byte leaves.
  std::optional<std::int64_t> received_ns;  ///< When its last byte arrives.
  Fate fate = Fate::Delivered;
  TraceId retransmission_of = 0;  ///< The message it repeats; 0: it is none.
  std::string transaction;        ///< Key of the transaction, equal at both ends (§17.1.3).
  std::string dialog;             ///< Key of the dialog, equal at both ends (§12); empty: none.
  TraceId cause = 0;
  std::string bytes;  ///< As sent.

  friend bool operator==(const MessageEvent&, const MessageEvent&) = default;
};

/// A timer fired. `cause` is the event that armed it.
struct TimerEvent {
  TraceId id = 0;
  LaneIndex lane = 0;
  std::string name;
  std::int64_t armed_ns = 0;
  std::int64_t at_ns = 0;
  TraceId cause = 0;

  friend bool operator==(const TimerEvent&, const TimerEvent&) = default;
};

/// Something that the scenario asked an element to do.
struct ActionEvent {
  TraceId id = 0;
  LaneIndex lane = 0;
  std::string text;
  std::int64_t at_ns = 0;
  TraceId cause = 0;

  friend bool operator==(const ActionEvent&, const ActionEvent&) = default;
};

/// A connection changed. `from` is the lane that opens it, whatever `what` is.
struct ConnectionEvent {
  enum class What : std::uint8_t { Opening, Established, Refused, Closed };

  TraceId id = 0;
  std::uint64_t connection = 0;  ///< From 1 up, in the order of opening.
  What what = What::Opening;
  LaneIndex from = 0;
  LaneIndex to = 0;
  Transport transport = Transport::Tcp;
  std::string from_address;  ///< "192.0.2.101:5060".
  std::string to_address;
  std::int64_t at_ns = 0;
  TraceId cause = 0;

  friend bool operator==(const ConnectionEvent&, const ConnectionEvent&) = default;
};

/// One segment of a connection, where somebody asked for them.
struct SegmentEvent {
  TraceId id = 0;
  std::uint64_t connection = 0;
  LaneIndex from = 0;
  LaneIndex to = 0;
  std::string what;              ///< "SYN", "SYN ACK", "DATA", "FIN", ...
  std::uint32_t size_bytes = 0;  ///< With headers.
  std::int64_t at_ns = 0;        ///< When its first byte leaves.
  std::optional<std::int64_t> received_ns;
  TraceId cause = 0;

  friend bool operator==(const SegmentEvent&, const SegmentEvent&) = default;
};

/// A state machine went from one state to another.
struct StateEvent {
  TraceId id = 0;
  LaneIndex lane = 0;
  std::string subject;  ///< A transaction, dialog or call, by name.
  std::string from;
  std::string to;
  std::int64_t at_ns = 0;
  TraceId cause = 0;

  friend bool operator==(const StateEvent&, const StateEvent&) = default;
};

/// Media between two lanes, both ways, starts or stops.
struct MediaEvent {
  enum class What : std::uint8_t { Start, Stop };

  TraceId id = 0;
  What what = What::Start;
  LaneIndex from = 0;
  LaneIndex to = 0;
  std::string subject;  ///< The Call-ID.
  std::int64_t at_ns = 0;
  TraceId cause = 0;

  friend bool operator==(const MediaEvent&, const MediaEvent&) = default;
};

/// A fault of the scenario took effect or ended.
struct FaultEvent {
  TraceId id = 0;
  std::string text;
  std::int64_t at_ns = 0;
  TraceId cause = 0;

  friend bool operator==(const FaultEvent&, const FaultEvent&) = default;
};

/// Something an element wants known: what it ignored, refused, chose, or what became of a call.
struct NoteEvent {
  enum class What : std::uint8_t { Absorbed, Rejected, Decision, Call };

  TraceId id = 0;
  LaneIndex lane = 0;
  What what = What::Decision;
  std::string subject;  ///< The transaction, dialog or call it is about; may be empty.
  std::string text;
  std::int64_t at_ns = 0;
  TraceId cause = 0;

  friend bool operator==(const NoteEvent&, const NoteEvent&) = default;
};

using Event = std::variant<MessageEvent, TimerEvent, ActionEvent, ConnectionEvent, SegmentEvent,
                           StateEvent, MediaEvent, FaultEvent, NoteEvent>;

/// A recorded flow, simulated or captured: a value. Events stand in time order (`time_of`), ids
/// ascending, every cause before its effects.
struct Trace {
  Header header;
  std::vector<Event> events;
  /// Until when the flow was followed although it went on; nothing: it was over by itself.
  std::optional<std::int64_t> stopped_ns = std::nullopt;

  friend bool operator==(const Trace&, const Trace&) = default;
};

/// The number of any event.
TraceId id_of(const Event& event);
/// The cause of any event; 0: none.
TraceId cause_of(const Event& event);
/// The date by which events are ordered: `sent_ns` of a message, `at_ns` of everything else.
std::int64_t time_of(const Event& event);

/// The event of that id, or null. Binary search: ids ascend.
const Event* find_event(const Trace& trace, TraceId id);
/// The message of that id, or null when it is none.
const MessageEvent* find_message(const Trace& trace, TraceId id);
/// All messages, in the order of their F-numbers. Pointers into `trace`.
std::vector<const MessageEvent*> messages(const Trace& trace);

/// The first line of a message, without its end: "INVITE sip:bob@biloxi.example.com SIP/2.0".
std::string_view start_line(const MessageEvent& message);

}  // namespace trapezoid::trace
