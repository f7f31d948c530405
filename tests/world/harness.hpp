#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sim/world/world.hpp"

namespace trapezoid::world {

/// An element that logs its inputs and answers them as a test says, line by line.
class ScriptedElement : public element::Element {
 public:
  /// `log` is shared by the elements of a test and must outlive them.
  ScriptedElement(std::string name, std::string& log) : name_(std::move(name)), log_(&log) {}

  /// Sends `size` bytes to `to` at a date, on a connection opened for it.
  void send_at(Instant date, TransportAddress from, TransportAddress to, std::size_t size) {
    plans_.push_back({date, std::move(from), std::move(to), size});
  }
  /// Sends back as many bytes as came.
  void echo() { echoes_ = true; }

  void handle(element::Input input, Instant now) override {
    if (std::holds_alternative<element::Started>(input)) return log(now, "starts");
    if (const auto* const connected = std::get_if<element::Connected>(&input))
      return log(now, fmt::format("connected with {}", connected->remote.address));
    if (const auto* const arrived = std::get_if<element::Arrived>(&input)) {
      log(now, fmt::format("gets {} bytes", arrived->bytes.size()));
      if (echoes_)
        outputs_.emplace_back(element::SendBytes{arrived->connection, arrived->bytes, 7, false});
      return;
    }
    if (const auto* const datagram = std::get_if<element::Datagram>(&input)) {
      log(now, fmt::format("gets a datagram of {}", datagram->bytes.size()));
      if (echoes_)
        outputs_.emplace_back(
            element::SendDatagram{datagram->local, datagram->remote, datagram->bytes, 7, false});
      return;
    }
    if (std::holds_alternative<element::Refused>(input)) return log(now, "is refused");
    if (std::holds_alternative<element::Closed>(input)) return log(now, "is closed");
    begin_due(now);
  }

  std::optional<element::Output> poll() override {
    if (outputs_.empty()) return std::nullopt;
    element::Output output = std::move(outputs_.front());
    outputs_.pop_front();
    return output;
  }

  std::optional<Instant> next_deadline() const override {
    std::optional<Instant> earliest;
    for (const Plan& plan : plans_)
      if (!earliest || plan.date < *earliest) earliest = plan.date;
    return earliest;
  }

 private:
  struct Plan {
    Instant date;
    TransportAddress from;
    TransportAddress to;
    std::size_t size;
  };

  void begin_due(Instant now) {
    log(now, "acts");
    for (std::size_t i = 0; i < plans_.size();) {
      if (plans_[i].date > now) {
        ++i;
        continue;
      }
      const Plan plan = plans_[i];
      plans_.erase(plans_.begin() + static_cast<std::ptrdiff_t>(i));
      if (plan.to.transport == Transport::Udp) {
        outputs_.emplace_back(
            element::SendDatagram{plan.from, plan.to, std::string(plan.size, 'x'), 3, false});
        continue;
      }
      outputs_.emplace_back(element::Open{++opened_, plan.from, plan.to});
      outputs_.emplace_back(element::SendBytes{opened_, std::string(plan.size, 'x'), 3, false});
    }
  }
  void log(Instant now, const std::string& line) {
    *log_ += fmt::format("{:9}  {} {}\n", to_ns(now), name_, line);
  }

  std::string name_;
  std::string* log_;
  std::vector<Plan> plans_;
  std::deque<element::Output> outputs_;
  ConnectionId opened_ = 0;
  bool echoes_ = false;
};

/// AddressSanitizer does not follow SimGrid's default contexts from stack to stack.
inline std::vector<std::string> settings_for_tests() {
#if defined(__SANITIZE_ADDRESS__)
  return {"contexts/factory:thread"};
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  return {"contexts/factory:thread"};
#else
  return {};
#endif
#else
  return {};
#endif
}

inline TransportAddress address_of(int host, Transport transport = Transport::Tcp,
                                   std::uint16_t port = 5060) {
  return {fmt::format("192.0.2.{}", host), port, transport};
}

}  // namespace trapezoid::world
