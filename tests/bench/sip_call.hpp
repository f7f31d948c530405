#pragma once

#include <vector>

#include "sim/resolve/zone.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/world.hpp"
#include "tests/bench/bare_call.hpp"

namespace trapezoid::bench {

/// The flagship scenario with Alice placing many calls instead of one, so that every identifier is
/// drawn and none is the printed one. An empty scenario when the file cannot be read.
scenario::Scenario flagship(const Load& load);

/// The elements of a scenario, nothing recorded. `zone` must outlive them.
std::vector<world::ElementPlace> sip_elements(const scenario::Scenario& scenario,
                                              const resolve::Zone& zone);

/// Counts what is sent, and nothing else.
class CountingObserver final : public world::WorldObserver {
 public:
  std::uint64_t messages() const { return messages_; }
  std::uint64_t bytes() const { return bytes_; }

  net::MessageTag on_message_sent(const world::SentMessage& message) override {
    bytes_ += message.bytes.size();
    return ++messages_;
  }
  void on_notice(world::ElementIndex /*element*/, Notice /*notice*/) override {}
  void on_close_asked(world::ElementIndex /*element*/, ConnectionId /*connection*/,
                      EventId /*cause*/, Instant /*at*/) override {}
  void on_first_byte_sent(net::MessageTag /*tag*/, Instant /*at*/) override {}
  void on_received(net::MessageTag /*tag*/, net::EndpointIndex /*endpoint*/,
                   ConnectionId /*connection*/, Instant /*at*/) override {}
  void on_lost(net::MessageTag /*tag*/, Instant /*at*/) override {}
  void on_connection(const net::ConnectionEvent& /*event*/) override {}

 private:
  std::uint64_t messages_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace trapezoid::bench
