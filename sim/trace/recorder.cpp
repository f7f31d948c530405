#include "sim/trace/recorder.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace trapezoid::trace {
namespace {

/// "192.0.2.101:5060": the transport is a field of its own.
std::string without_transport(const TransportAddress& address) {
  std::string text = to_string(address);
  text.resize(text.rfind('/'));
  return text;
}

}  // namespace

Recorder::Recorder(Header header) : header_(std::move(header)) {
  assert(header_.lanes.empty());
}

LaneIndex Recorder::add_lane(std::string name, std::string label, std::string role,
                             std::vector<TransportAddress> addresses) {
  const auto index = static_cast<LaneIndex>(header_.lanes.size());
  Lane lane{std::move(name), std::move(label), std::move(role), {}};
  for (TransportAddress& address : addresses) {
    lane.addresses.push_back(to_string(address));
    lanes_.emplace(std::move(address), index);
  }
  header_.lanes.push_back(std::move(lane));
  causes_.emplace_back();
  return index;
}

LaneIndex Recorder::lane_at(const TransportAddress& address) {
  if (const auto found = lanes_.find(address); found != lanes_.end()) return found->second;
  for (const auto& [known, lane] : lanes_)  // another port of the same element
    if (known.address == address.address) return lane;
  const std::string name = without_transport(address);
  return add_lane(name, name, "unknown", {address});
}

// Causes.

TraceId Recorder::add(Event event) {
  const TraceId id = events_.size() + 1;
  std::visit([id](auto& e) { e.id = id; }, event);
  events_.push_back(std::move(event));
  return id;
}

TraceId Recorder::cause_of(LaneIndex lane, EventId event) const {
  const auto& known = causes_[lane];
  return event < known.size() ? known[event] : 0;
}

void Recorder::remember(LaneIndex lane, EventId event, TraceId id) {
  if (event == 0) return;
  auto& known = causes_[lane];
  if (known.size() <= event) known.resize(event + 1);
  known[event] = id;
}

// Notices.

void Recorder::take_notice(LaneIndex lane, const Notice& notice) {
  const TraceId cause = cause_of(lane, notice.cause);
  const std::int64_t at = to_ns(notice.at);
  switch (notice.kind) {
    case Notice::Kind::MessageReceived: take_message(lane, notice); return;
    case Notice::Kind::Media: take_media(lane, notice); return;
    case Notice::Kind::TimerFired:
      remember(lane, notice.event,
               add(TimerEvent{0, lane, notice.subject, to_ns(notice.armed_at), at, cause}));
      return;
    case Notice::Kind::Action:
      remember(lane, notice.event, add(ActionEvent{0, lane, notice.text, at, cause}));
      return;
    case Notice::Kind::State:
      remember(lane, notice.event,
               add(StateEvent{0, lane, notice.subject, notice.from, notice.text, at, cause}));
      return;
    case Notice::Kind::MessageRejected:
    case Notice::Kind::Absorbed:
    case Notice::Kind::Decision:
    case Notice::Kind::Call: take_note(lane, notice); return;
  }
}

void Recorder::take_message(LaneIndex lane, const Notice& notice) {
  if (const auto tag = take_pending(lane, notice)) remember(lane, notice.event, sent_[*tag - 1].id);
}

void Recorder::take_note(LaneIndex lane, const Notice& notice) {
  NoteEvent note;
  note.lane = lane;
  note.subject = notice.subject;
  note.text = notice.text;
  note.at_ns = to_ns(notice.at);
  note.cause = cause_of(lane, notice.cause);
  switch (notice.kind) {
    case Notice::Kind::MessageRejected: note.what = NoteEvent::What::Rejected; break;
    case Notice::Kind::Absorbed: note.what = NoteEvent::What::Absorbed; break;
    case Notice::Kind::Call: note.what = NoteEvent::What::Call; break;
    default: note.what = NoteEvent::What::Decision; break;
  }
  // Bytes that never became a message of the element: they arrived all the same.
  if (note.what == NoteEvent::What::Rejected && note.cause == 0 && !notice.bytes.empty())
    if (const auto tag = take_pending(lane, notice)) {
      note.cause = sent_[*tag - 1].id;
      remember(lane, notice.event, note.cause);
    }
  const TraceId cause = note.cause;
  const TraceId id = add(std::move(note));
  if (cause == 0) remember(lane, notice.event, id);
}

void Recorder::take_media(LaneIndex lane, const Notice& notice) {
  MediaCall& call = media_[notice.subject];
  const auto self = std::find(call.started.begin(), call.started.end(), lane);
  const bool is_start = notice.text == "start";
  if (is_start == (self != call.started.end())) return;  // says nothing new
  if (is_start) call.started.push_back(lane);
  const bool is_of_the_pair =
      call.started.size() >= 2 && (lane == call.started[0] || lane == call.started[1]);
  if (is_of_the_pair && call.is_running != is_start) {
    MediaEvent media;
    media.what = is_start ? MediaEvent::What::Start : MediaEvent::What::Stop;
    std::tie(media.from, media.to) = std::minmax(call.started[0], call.started[1]);
    media.subject = notice.subject;
    media.at_ns = to_ns(notice.at);
    media.cause = cause_of(lane, notice.cause);
    add(std::move(media));
    call.is_running = is_start;
  }
  if (!is_start) call.started.erase(self);
  if (call.started.empty()) media_.erase(notice.subject);
}

// Connections.

ConnectionNumber Recorder::connection_opening(const OpenedConnection& opened) {
  Connection connection;
  connection.from = opened.from;
  connection.opener_id = opened.connection;
  connection.to = lane_at(opened.remote);
  connection.local = opened.local;
  connection.remote = opened.remote;
  connections_.push_back(std::move(connection));
  const ConnectionNumber number = connections_.size();
  numbers_[{opened.from, opened.connection}] = number;
  add_connection_event(number, ConnectionEvent::What::Opening, opened.at,
                       cause_of(opened.from, opened.cause));
  connections_.back().opening = events_.size();
  return number;
}

void Recorder::connection_accepted(ConnectionNumber number, LaneIndex lane, ConnectionId id) {
  Connection& connection = connections_[number - 1];
  connection.to = lane;
  connection.acceptor_id = id;
  std::get<ConnectionEvent>(events_[connection.opening - 1]).to = lane;
  numbers_[{lane, id}] = number;
}

void Recorder::connection_established(ConnectionNumber number, Instant at) {
  add_connection_event(number, ConnectionEvent::What::Established, at,
                       connections_[number - 1].opening);
}

void Recorder::connection_refused(ConnectionNumber number, Instant at) {
  connections_[number - 1].is_refused = true;
  add_connection_event(number, ConnectionEvent::What::Refused, at,
                       connections_[number - 1].opening);
}

void Recorder::connection_closed(ConnectionNumber number, LaneIndex lane, EventId cause,
                                 Instant at) {
  if (std::exchange(connections_[number - 1].is_closed, true)) return;
  add_connection_event(number, ConnectionEvent::What::Closed, at, cause_of(lane, cause));
}

void Recorder::add_connection_event(ConnectionNumber number, ConnectionEvent::What what, Instant at,
                                    TraceId cause) {
  const Connection& connection = connections_[number - 1];
  ConnectionEvent event;
  event.connection = number;
  event.what = what;
  event.from = connection.from;
  event.to = connection.to;
  event.transport = connection.remote.transport;
  event.from_address = without_transport(connection.local);
  event.to_address = without_transport(connection.remote);
  event.at_ns = to_ns(at);
  event.cause = cause;
  add(std::move(event));
}

// Messages.

MessageTag Recorder::message_sent(const SentMessage& sent) {
  MessageEvent message;
  Sent entry;
  message.from = sent.from;
  message.fate = Fate::InFlight;
  message.sent_ns = to_ns(sent.at);
  message.cause = cause_of(sent.from, sent.cause);
  message.bytes = sent.bytes;
  entry.is_retransmission = sent.is_retransmission;
  if (const auto found = numbers_.find({sent.from, sent.connection}); found != numbers_.end()) {
    Connection& connection = connections_[found->second - 1];
    entry.connection = found->second;
    entry.is_from_opener = connection.from == sent.from && connection.opener_id == sent.connection;
    message.to = entry.is_from_opener ? connection.to : connection.from;
    message.transport = connection.remote.transport;
    message.connection = entry.connection;
    auto& opening = std::get<ConnectionEvent>(events_[connection.opening - 1]);
    if (!connection.has_message && opening.cause == 0 && entry.is_from_opener)
      opening.cause = message.cause;
    connection.has_message = true;
  } else {
    message.to = lane_at(sent.to);
    message.transport = sent.to.transport;
  }
  entry.id = add(std::move(message));
  sent_.push_back(entry);
  return sent_.size();
}

MessageEvent& Recorder::message(MessageTag tag) {
  return std::get<MessageEvent>(events_[sent_[tag - 1].id - 1]);
}

Recorder::EndOfConnection Recorder::receiving_end(MessageTag tag) {
  const Sent& sent = sent_[tag - 1];
  const LaneIndex lane = message(tag).to;
  if (sent.connection == 0) return {lane, 0};
  const Connection& connection = connections_[sent.connection - 1];
  return {lane, sent.is_from_opener ? connection.acceptor_id : connection.opener_id};
}

void Recorder::message_first_byte(MessageTag tag, Instant at) {
  auto& on_wire_ns = message(tag).on_wire_ns;
  if (!on_wire_ns) on_wire_ns = to_ns(at);  // what is sent again by TCP left before
}

void Recorder::message_received(MessageTag tag, Instant at) {
  message(tag).received_ns = to_ns(at);
  message(tag).fate = Fate::Delivered;
  pending_[receiving_end(tag)].push_back(tag);
}

void Recorder::message_lost(MessageTag tag) {
  message(tag).fate = Fate::Lost;
}

void Recorder::message_refused(MessageTag tag) {
  message(tag).fate = Fate::Refused;
}

std::optional<MessageTag> Recorder::take_pending(LaneIndex lane, const Notice& notice) {
  const auto queue = pending_.find({lane, notice.connection});
  if (queue == pending_.end()) return std::nullopt;
  auto& tags = queue->second;
  auto found = tags.begin();
  if (notice.connection == 0)  // datagrams overtake each other
    found = std::find_if(tags.begin(), tags.end(),
                         [&](MessageTag tag) { return message(tag).bytes == notice.bytes; });
  if (found == tags.end()) return std::nullopt;
  const MessageTag tag = *found;
  tags.erase(found);
  if (tags.empty()) pending_.erase(queue);
  return tag;
}

void Recorder::fault(std::string text, Instant at) {
  add(FaultEvent{0, std::move(text), to_ns(at), 0});
}

void Recorder::segment(SegmentEvent segment) {
  add(std::move(segment));
}

}  // namespace trapezoid::trace
