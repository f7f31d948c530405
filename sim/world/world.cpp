#include "sim/world/world.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "sim/net/network.hpp"
#include "sim/world/element_actor.hpp"
#include "sim/world/loop.hpp"
#include "sim/world/network_map.hpp"
#include "sim/world/settings.hpp"
#include "sim/world/simgrid_engine.hpp"

namespace trapezoid::world {

namespace sg4 = simgrid::s4u;

class World::Impl : public net::NetworkUser, public ElementPort {
 public:
  Impl(const PlatformSource& platform, std::vector<ElementPlace> elements,
       const WorldOptions& options, WorldObserver* observer)
      : simgrid_(platform, options.link_changes, options.simgrid_settings),
        elements_(std::move(elements)),
        stop_at_(options.stop_at.value_or(Instant::max())),
        observer_(observer),
        network_(options.network, queue_, *this, observer),
        map_(network_.topology()),
        loop_(simgrid_.engine(), queue_),
        deadlines_(elements_.size()) {}
  ~Impl() override { current = nullptr; }

  void set_up();
  WorldOutcome run();

 private:
  /// One entry of the queue an element, re-armed lazily: an entry that comes too early is put back.
  struct Deadline {
    std::optional<Instant> wanted;
    std::optional<Instant> queued;
  };

  bool has_more();
  void handle(const net::Event& event);
  void on_deadline(const net::Event& event);
  void wake(net::EndpointIndex element, element::Input input);

  void act(net::EndpointIndex from, element::Output output) override;
  void set_deadline(net::EndpointIndex element, std::optional<Instant> wanted) override;
  net::MessageTag note_sent(const SentMessage& message);
  void send(net::EndpointIndex from, element::SendBytes sent);
  void send(net::EndpointIndex from, element::SendDatagram sent);

  void on_connected(net::EndpointIndex endpoint, ConnectionId connection,
                    const TransportAddress& local, const TransportAddress& remote) override {
    wake(endpoint, element::Connected{connection, local, remote});
  }
  void on_accepted(net::EndpointIndex endpoint, ConnectionId connection,
                   const TransportAddress& local, const TransportAddress& remote) override {
    wake(endpoint, element::Connected{connection, local, remote});
  }
  void on_bytes(net::EndpointIndex endpoint, ConnectionId connection, std::string bytes) override {
    wake(endpoint, element::Arrived{connection, std::move(bytes)});
  }
  void on_closed(net::EndpointIndex endpoint, ConnectionId connection, bool is_reset) override {
    wake(endpoint, element::Closed{connection, is_reset});
  }
  void on_refused(net::EndpointIndex endpoint, ConnectionId connection) override {
    wake(endpoint, element::Refused{connection});
  }
  void on_datagram(net::EndpointIndex endpoint, const TransportAddress& local,
                   const TransportAddress& remote, std::string bytes) override {
    wake(endpoint, element::Datagram{local, remote, std::move(bytes)});
  }

  /// SimGrid's signals stay connected for the life of the process: they find the world here.
  static Impl* current;

  SimGridEngine simgrid_;
  std::vector<ElementPlace> elements_;
  Instant stop_at_;
  WorldObserver* observer_;
  net::EventQueue queue_;
  net::Network network_;
  NetworkMap map_;
  Loop loop_;
  std::vector<Deadline> deadlines_;
  std::deque<ElementActor> actors_;
};

World::Impl* World::Impl::current = nullptr;

void World::Impl::set_up() {
  for (net::EndpointIndex i = 0; i < elements_.size(); ++i) {
    const ElementPlace& place = elements_[i];
    sg4::Host* const host = simgrid_.engine().host_by_name(place.host);
    const net::HostIndex host_index = map_.add_host(*host);
    network_.add_endpoint(host_index);
    for (const TransportAddress& address : place.addresses) {
      network_.topology().add_address(host_index, address.address);
      network_.listen(i, address);
    }
    actors_.emplace_back(i, *place.element, *this);
    actors_.back().start(place.name, host);
    queue_.push(Instant{}, net::EventKind::Start, i);
  }
  map_.add_routes();
  current = this;
  compat::on_link_state([](const sg4::Link& link) {
    if (current != nullptr) current->map_.follow(link);
  });
  compat::on_host_state([](const sg4::Host& host) {
    if (current != nullptr) current->map_.follow(host);
  });
}

WorldOutcome World::Impl::run() {
  loop_.run_actors();  // they park
  loop_.run(stop_at_, [this](const net::Event& event) { handle(event); });
  for (ElementActor& actor : actors_) actor.end();
  loop_.run_actors();
  WorldOutcome outcome{queue_.now(), false, queue_.count()};
  outcome.is_stopped = has_more();
  return outcome;
}

/// Whether anything is left to do. Empties the queue, which also holds deadlines of elements that
/// wait for nothing any more.
bool World::Impl::has_more() {
  while (!queue_.empty()) {
    const net::Event event = queue_.pop();
    if (event.kind != net::EventKind::Deadline || deadlines_[event.subject].wanted) return true;
  }
  return false;
}

void World::Impl::handle(const net::Event& event) {
  switch (event.kind) {
    case net::EventKind::Segment:
    case net::EventKind::Datagram: return network_.handle(event);
    case net::EventKind::Start: return wake(event.subject, element::Started{});
    case net::EventKind::Deadline: return on_deadline(event);
  }
}

void World::Impl::wake(net::EndpointIndex element, element::Input input) {
  actors_[element].wake(std::move(input), queue_.now());
  loop_.note_wakeup();
}

void World::Impl::on_deadline(const net::Event& event) {
  Deadline& deadline = deadlines_[event.subject];
  if (deadline.queued != event.at) return;  // an earlier entry took its place
  deadline.queued.reset();
  if (!deadline.wanted) return;
  if (*deadline.wanted <= event.at)
    wake(event.subject, element::TimeReached{});
  else
    set_deadline(event.subject, deadline.wanted);
}

void World::Impl::set_deadline(net::EndpointIndex element, std::optional<Instant> wanted) {
  Deadline& deadline = deadlines_[element];
  deadline.wanted = wanted;
  if (!wanted) return;
  const Instant date = std::max(*wanted, queue_.now());
  if (deadline.queued && *deadline.queued <= date) return;
  deadline.queued = date;
  queue_.push(date, net::EventKind::Deadline, element);
}

void World::Impl::act(net::EndpointIndex from, element::Output output) {
  if (auto* const sent = std::get_if<element::SendBytes>(&output)) {
    send(from, std::move(*sent));
  } else if (auto* const notice = std::get_if<Notice>(&output)) {
    if (observer_ != nullptr) observer_->on_notice(from, std::move(*notice));
  } else if (auto* const datagram = std::get_if<element::SendDatagram>(&output)) {
    send(from, std::move(*datagram));
  } else if (const auto* const open = std::get_if<element::Open>(&output)) {
    network_.open(from, open->connection, open->local, open->remote);
  } else if (const auto* const close = std::get_if<element::Close>(&output)) {
    if (observer_ != nullptr)
      observer_->on_close_asked(from, close->connection, close->cause, queue_.now());
    network_.close(from, close->connection);
  }
}

net::MessageTag World::Impl::note_sent(const SentMessage& message) {
  return observer_ == nullptr ? 0 : observer_->on_message_sent(message);
}

void World::Impl::send(net::EndpointIndex from, element::SendBytes sent) {
  const net::MessageTag tag = note_sent(
      {from, sent.connection, {}, sent.bytes, sent.cause, sent.is_retransmission, queue_.now()});
  network_.send(from, sent.connection, std::move(sent.bytes), tag);
}

void World::Impl::send(net::EndpointIndex from, element::SendDatagram sent) {
  const net::MessageTag tag = note_sent(
      {from, 0, sent.remote, sent.bytes, sent.cause, sent.is_retransmission, queue_.now()});
  network_.send_datagram(from, sent.local, sent.remote, std::move(sent.bytes), tag);
}

namespace {

std::vector<std::string> find_element_mistakes(const std::vector<ElementPlace>& elements) {
  std::vector<std::string> mistakes;
  std::set<TransportAddress> addresses;
  std::map<std::string, std::string> hosts;  // by IP address
  for (const ElementPlace& place : elements)
    for (const TransportAddress& address : place.addresses) {
      if (address.transport == Transport::Tls)
        mistakes.push_back(fmt::format("{}: TLS is not modelled", place.name));
      if (!addresses.insert(address).second)
        mistakes.push_back(
            fmt::format("{}: another element listens on {}", place.name, to_string(address)));
      const auto [known, is_new] = hosts.try_emplace(address.address, place.host);
      if (!is_new && known->second != place.host)
        mistakes.push_back(fmt::format("{}: {} is an address of host \"{}\"", place.name,
                                       address.address, known->second));
    }
  return mistakes;
}

std::vector<std::string> hosts_of(const std::vector<ElementPlace>& elements) {
  std::vector<std::string> hosts;
  for (const ElementPlace& place : elements)
    if (std::find(hosts.begin(), hosts.end(), place.host) == hosts.end())
      hosts.push_back(place.host);
  return hosts;
}

}  // namespace

Result<std::unique_ptr<World>, World::Mistakes> World::create(const PlatformSource& platform,
                                                              std::vector<ElementPlace> elements,
                                                              const WorldOptions& options,
                                                              WorldObserver* observer) {
  Mistakes mistakes = find_element_mistakes(elements);
  for (const std::string& setting : options.simgrid_settings)
    if (const auto mistake = find_setting_mistake(setting)) mistakes.push_back(*mistake);
  for (std::string& mistake :
       find_platform_mistakes(platform, options.link_changes, hosts_of(elements)))
    mistakes.push_back(std::move(mistake));
  if (!mistakes.empty()) return mistakes;
  auto impl = std::make_unique<Impl>(platform, std::move(elements), options, observer);
  impl->set_up();
  return std::unique_ptr<World>(new World(std::move(impl)));
}

World::World(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
World::~World() = default;
WorldOutcome World::run() {
  return impl_->run();
}

}  // namespace trapezoid::world
