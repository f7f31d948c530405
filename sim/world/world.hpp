#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/notice.hpp"
#include "sim/base/result.hpp"
#include "sim/element/element.hpp"
#include "sim/net/observer.hpp"
#include "sim/net/options.hpp"
#include "sim/world/platform.hpp"

namespace trapezoid::world {

/// Numbers elements in the order they were given; the network's endpoints have the same numbers.
using ElementIndex = net::EndpointIndex;

/// One element and where it stands.
struct ElementPlace {
  std::string name;
  std::string host;                         ///< A host of the platform.
  std::vector<TransportAddress> addresses;  ///< Where it listens; no two elements share one.
  std::unique_ptr<element::Element> element;
};

/// A message that an element hands to its transport.
struct SentMessage {
  ElementIndex from = 0;
  ConnectionId connection = 0;  ///< 0 for a datagram.
  TransportAddress to;          ///< Where a datagram goes; empty on a connection.
  std::string_view bytes;       ///< Valid during the call.
  EventId cause = 0;
  bool is_retransmission = false;
  Instant at{};
};

/// Watches a whole simulation: the network, and what the elements report and ask for. Calls come in
/// the order in which things happen and carry dates that never decrease.
class WorldObserver : public net::NetworkObserver {
 public:
  virtual void on_notice(ElementIndex element, Notice notice) = 0;
  /// Returns the tag by which the network will speak of the message; not 0.
  virtual net::MessageTag on_message_sent(const SentMessage& message) = 0;
  /// An element closes a connection; `on_connection` with `Closed` follows where it is open.
  virtual void on_close_asked(ElementIndex element, ConnectionId connection, EventId cause,
                              Instant at) = 0;
};

struct WorldOptions {
  net::Options network;
  std::vector<LinkChange> link_changes;
  std::vector<std::string> simgrid_settings;  ///< "contexts/factory:thread"; see `settings.hpp`.
  std::optional<Instant> stop_at;  ///< Events after this date do not happen. Nothing: no limit.
};

/// How a run ended.
struct WorldOutcome {
  Instant ended_at{};        ///< The date of the last event.
  bool is_stopped = false;   ///< Something was still to be done at `stop_at`.
  std::uint64_t events = 0;  ///< How many events of the network there were.
};

/// One simulation: elements as SimGrid actors on the hosts of a platform, and the network between
/// them. One a process, since SimGrid's clock cannot be set back; `child.hpp` helps with more.
class World {
 public:
  /// All mistakes, a sentence each, when something does not fit together.
  using Mistakes = std::vector<std::string>;

  /// `observer` may be null and must outlive the world.
  static Result<std::unique_ptr<World>, Mistakes> create(const PlatformSource& platform,
                                                         std::vector<ElementPlace> elements,
                                                         const WorldOptions& options,
                                                         WorldObserver* observer);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// Runs until nothing is left to do, or until `stop_at`. Once.
  WorldOutcome run();

 private:
  class Impl;
  explicit World(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace trapezoid::world
