#pragma once

#include <map>
#include <utility>

#include "sim/trace/recorder.hpp"
#include "sim/world/world.hpp"

namespace trapezoid::run {

/// Hands what a world reports to a recorder: elements are lanes, in the same order.
class RecordingObserver final : public world::WorldObserver {
 public:
  /// `recorder` is not owned and outlives the observer.
  explicit RecordingObserver(trace::Recorder& recorder) : recorder_(&recorder) {}

  void on_notice(world::ElementIndex element, Notice notice) override;
  net::MessageTag on_message_sent(const world::SentMessage& message) override;
  void on_close_asked(world::ElementIndex element, ConnectionId connection, EventId cause,
                      Instant at) override;
  void on_first_byte_sent(net::MessageTag tag, Instant at) override;
  void on_received(net::MessageTag tag, net::EndpointIndex endpoint, ConnectionId connection,
                   Instant at) override;
  void on_lost(net::MessageTag tag, Instant at) override;
  void on_connection(const net::ConnectionEvent& event) override;

 private:
  trace::Recorder* recorder_;
  std::map<std::uint64_t, trace::ConnectionNumber> numbers_;  // the network's to the recorder's
  std::map<std::pair<world::ElementIndex, ConnectionId>, EventId> closing_;
};

}  // namespace trapezoid::run
