#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/element/element.hpp"

namespace trapezoid::support {

/// One message as it was sent in the lab.
struct LabMessage {
  Instant sent_at{};
  std::string from;  ///< Element names.
  std::string to;    ///< "?" when nobody listens there.
  std::string bytes;

  std::string start_line() const { return bytes.substr(0, bytes.find("\r\n")); }
};

/// Runs elements over an ideal network: every message takes `latency`, connections open at once,
/// nothing is lost. No SimGrid and no sleeping. Ties are settled by insertion order, so two runs of
/// one test are identical byte for byte.
class Lab {
 public:
  explicit Lab(Duration latency = std::chrono::milliseconds(1)) : latency_(latency) {}

  /// `listens` are the addresses by which the others reach the element.
  void add(std::string name, std::vector<TransportAddress> listens,
           std::unique_ptr<element::Element> element);

  /// Starts all elements (the first time) and goes on until nobody waits for anything, or `until`.
  void run(Instant until = Instant{std::chrono::hours(1)});

  /// Messages for which this says true vanish.
  std::function<bool(const LabMessage&)> loses = [](const LabMessage&) { return false; };

  const std::vector<LabMessage>& messages() const { return messages_; }
  const std::vector<std::pair<std::string, Notice>>& notices() const { return notices_; }
  /// A line a message: "F1 0.000 alice -> proxy1 INVITE sip:bob@biloxi.example.com SIP/2.0".
  std::string log() const;
  /// The n-th message from 1 up, as F-numbers count.
  const std::string& message(std::size_t number) const { return messages_.at(number - 1).bytes; }

 private:
  struct Node {
    std::string name;
    std::vector<TransportAddress> listens;
    std::unique_ptr<element::Element> element;
    ConnectionId next_accepted = kFirstAcceptedConnection;
  };
  using End = std::pair<std::size_t, ConnectionId>;  // node, its name of the connection
  struct Pending {
    std::size_t node = 0;
    element::Input input;
  };

  std::optional<Instant> next_date() const;
  void give(std::size_t node, element::Input input);
  void act(std::size_t node, element::Output output);
  void open(std::size_t node, const element::Open& open);
  std::size_t find_listener(const TransportAddress& address) const;
  void send(std::size_t from, std::size_t to, const std::string& bytes, element::Input input);

  static constexpr std::size_t kNobody = ~std::size_t{0};
  Duration latency_;
  Instant now_{};
  bool is_started_ = false;
  std::uint16_t next_port_ = 49152;
  std::vector<Node> nodes_;
  std::map<End, End> peers_;
  std::multimap<Instant, Pending> in_flight_;  // equal dates keep the order of insertion
  std::vector<LabMessage> messages_;
  std::vector<std::pair<std::string, Notice>> notices_;
};

}  // namespace trapezoid::support
