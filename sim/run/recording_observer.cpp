#include "sim/run/recording_observer.hpp"

#include <utility>

namespace trapezoid::run {

void RecordingObserver::on_notice(world::ElementIndex element, Notice notice) {
  recorder_->take_notice(element, notice);
  if (on_progress_ && ++notices_ % kNoticesAReport == 0)
    on_progress_(notice.at, recorder_->message_count());
}

net::MessageTag RecordingObserver::on_message_sent(const world::SentMessage& message) {
  return recorder_->message_sent({message.from, message.connection, message.to, message.bytes,
                                  message.cause, message.is_retransmission, message.at});
}

void RecordingObserver::on_close_asked(world::ElementIndex element, ConnectionId connection,
                                       EventId cause, Instant /*at*/) {
  closing_[{element, connection}] = cause;
}

void RecordingObserver::on_first_byte_sent(net::MessageTag tag, Instant at) {
  recorder_->message_first_byte(tag, at);
}

void RecordingObserver::on_received(net::MessageTag tag, net::EndpointIndex /*endpoint*/,
                                    ConnectionId /*connection*/, Instant at) {
  recorder_->message_received(tag, at);
}

void RecordingObserver::on_lost(net::MessageTag tag, Instant /*at*/) {
  recorder_->message_lost(tag);
}

void RecordingObserver::on_connection(const net::ConnectionEvent& event) {
  using Kind = net::ConnectionEvent::Kind;
  switch (event.kind) {
    case Kind::Opening:
      numbers_[event.number] = recorder_->connection_opening(
          {event.endpoint, event.connection, event.local, event.remote, 0, event.at});
      return;
    case Kind::Accepted:
      recorder_->connection_accepted(numbers_[event.number], event.endpoint, event.connection);
      return;
    case Kind::Established:
      recorder_->connection_established(numbers_[event.number], event.at);
      return;
    case Kind::Refused: recorder_->connection_refused(numbers_[event.number], event.at); return;
    case Kind::Closed: {
      const auto asked = closing_.extract({event.endpoint, event.connection});
      recorder_->connection_closed(numbers_[event.number], event.endpoint,
                                   asked ? asked.mapped() : 0, event.at);
      return;
    }
  }
}

}  // namespace trapezoid::run
