#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "sim/trace/recorder.hpp"
#include "sim/world/world.hpp"

namespace trapezoid::run {

/// Hands what a world reports to a recorder: elements are lanes, in the same order.
class RecordingObserver final : public world::WorldObserver {
 public:
  /// Told the date and how many messages were sent so far.
  using OnProgress = std::function<void(Instant now, std::size_t messages)>;

  /// `recorder` is not owned and outlives the observer. `on_progress` may be null; it is called
  /// once in `kNoticesAReport` notices.
  explicit RecordingObserver(trace::Recorder& recorder, OnProgress on_progress = nullptr)
      : recorder_(&recorder), on_progress_(std::move(on_progress)) {}

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
  static constexpr std::uint64_t kNoticesAReport = 256;

  trace::Recorder* recorder_;
  OnProgress on_progress_;
  std::uint64_t notices_ = 0;
  std::map<std::uint64_t, trace::ConnectionNumber> numbers_;  // the network's to the recorder's
  std::map<std::pair<world::ElementIndex, ConnectionId>, EventId> closing_;
};

}  // namespace trapezoid::run
