#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/connection.hpp"
#include "sim/base/notice.hpp"
#include "sim/base/time.hpp"
#include "sim/base/transport_address.hpp"
#include "sim/trace/trace.hpp"

namespace trapezoid::trace {

/// Names one sent message towards the recorder, from 1 up.
using MessageTag = std::uint64_t;
/// Numbers the connections of a run, from 1 up in the order of opening. 0: datagrams.
using ConnectionNumber = std::uint64_t;

/// A message that an element hands to its transport.
struct SentMessage {
  LaneIndex from = 0;
  ConnectionId connection = 0;  ///< The sender's name of the connection; 0 for a datagram.
  TransportAddress to;          ///< Where a datagram goes. Of a connection it is known already.
  std::string_view bytes;       ///< The whole message; copied during the call.
  EventId cause = 0;            ///< Of the sending element.
  bool is_retransmission = false;
  Instant at{};
};

/// A connection that an element opens.
struct OpenedConnection {
  LaneIndex from = 0;
  ConnectionId connection = 0;  ///< The opener's name of it.
  TransportAddress local;
  TransportAddress remote;
  EventId cause = 0;  ///< 0: that of the first message sent on it.
  Instant at{};
};

/// Builds a trace from a running simulation. Fed by plain calls, in the order in which things
/// happen; causes and dates come with them. Elements number their own events and name their own
/// ends of connections; the recorder finds out what belongs together:
///
///  - what an end of a connection sends in one order, the other end receives in that order; so the
///    n-th `Notice::MessageReceived` of an end is the n-th message with `message_received` there;
///  - a datagram is found by its bytes among those that have arrived at the lane;
///  - a lane that nobody registered (nobody listens at the address) is made up, role "unknown".
class Recorder {
 public:
  /// `header.lanes` must be empty: lanes come by `add_lane`.
  explicit Recorder(Header header);

  /// Registers the next lane. `addresses` are all that it listens at or sends from; each is also
  /// written in the trace.
  LaneIndex add_lane(std::string name, std::string label, std::string role,
                     std::vector<TransportAddress> addresses);

  /// Anything an element reports. Gives the notice's `event`, if any, its place among the causes.
  void take_notice(LaneIndex lane, const Notice& notice);

  // Connections.

  ConnectionNumber connection_opening(const OpenedConnection& opened);
  /// The listening side has accepted; `id` is its name of the connection.
  void connection_accepted(ConnectionNumber number, LaneIndex lane, ConnectionId id);
  /// The opener may send: the handshake is done.
  void connection_established(ConnectionNumber number, Instant at);
  /// Refused, or nobody answered. What was sent on it is refused too.
  void connection_refused(ConnectionNumber number, Instant at);
  /// Closed or reset, by `lane` for its event `cause` (0: idle, or a fault). What a second
  /// end says of the same connection adds nothing.
  void connection_closed(ConnectionNumber number, LaneIndex lane, EventId cause, Instant at);

  // Messages.

  MessageTag message_sent(const SentMessage& sent);
  /// Its first byte leaves the sender.
  void message_first_byte(MessageTag tag, Instant at);
  /// Its last byte has arrived. To be called before the receiving element sees it.
  void message_received(MessageTag tag, Instant at);
  void message_lost(MessageTag tag);
  /// Never left: its connection was refused or ended.
  void message_refused(MessageTag tag);

  // Whatever else belongs in the trace.

  void fault(std::string text, Instant at);
  /// `id` and `cause` are set here; a segment has no cause.
  void segment(SegmentEvent segment);

  /// How many messages were sent so far.
  std::size_t message_count() const { return sent_.size(); }

  /// The trace: events in time order and numbered, messages with their F-numbers, transactions and
  /// dialogs. F-numbers follow `sent_ns`; equal times: first the F-number of the nearest message
  /// among the causes, then the order of sending; a message never stands before its cause.
  /// The recorder is empty afterwards.
  Trace finish();

 private:
  using EndOfConnection = std::pair<LaneIndex, ConnectionId>;
  struct Connection {
    LaneIndex from = 0;
    ConnectionId opener_id = 0;
    LaneIndex to = 0;
    ConnectionId acceptor_id = 0;
    TransportAddress local;
    TransportAddress remote;
    TraceId opening = 0;
    bool has_message = false;
    bool is_closed = false;
    bool is_refused = false;
  };
  struct Sent {
    TraceId id = 0;
    ConnectionNumber connection = 0;
    bool is_from_opener = true;
    bool is_retransmission = false;
  };
  struct MediaCall {
    std::vector<LaneIndex> started;
    bool is_running = false;
  };

  TraceId add(Event event);
  TraceId cause_of(LaneIndex lane, EventId event) const;
  void remember(LaneIndex lane, EventId event, TraceId id);
  LaneIndex lane_at(const TransportAddress& address);
  MessageEvent& message(MessageTag tag);
  EndOfConnection receiving_end(MessageTag tag);
  void mark_refused();
  void mark_retransmissions();
  void name_transactions_and_dialogs();
  std::optional<MessageTag> take_pending(LaneIndex lane, const Notice& notice);
  void take_message(LaneIndex lane, const Notice& notice);
  void take_note(LaneIndex lane, const Notice& notice);
  void take_media(LaneIndex lane, const Notice& notice);
  void add_connection_event(ConnectionNumber number, ConnectionEvent::What what, Instant at,
                            TraceId cause);

  Header header_;
  std::vector<Event> events_;            // index + 1 is the id until finish() renumbers
  std::vector<Sent> sent_;               // by tag
  std::vector<Connection> connections_;  // by number - 1
  std::map<EndOfConnection, ConnectionNumber> numbers_;
  std::map<EndOfConnection, std::deque<MessageTag>> pending_;
  std::vector<std::vector<TraceId>> causes_;  // by lane, then by EventId
  std::map<TransportAddress, LaneIndex> lanes_;
  std::map<std::string, MediaCall> media_;
};

}  // namespace trapezoid::trace
