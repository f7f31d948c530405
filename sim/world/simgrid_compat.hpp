#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <simgrid/s4u.hpp>
#include <simgrid/version.h>

/// The parts of SimGrid's interface that changed between 3.32 (Debian 12), 3.36 (Ubuntu 24.04) and
/// 4.x, each under one name. Everything else that `world/` uses is the same in all of them.
/// `SIMGRID_VERSION` is 33200 for 3.32, 33600 for 3.36, 40000 for 4.0, 40100 for 4.1.
namespace trapezoid::world::compat {

namespace sg4 = simgrid::s4u;

/// The root zone, with Full routing. Since 4.0 the engine makes it by itself.
inline sg4::NetZone* make_root_zone([[maybe_unused]] sg4::Engine& engine) {
#if SIMGRID_VERSION >= 40000
  return engine.get_netzone_root();
#else
  return sg4::create_full_zone("root");
#endif
}

inline sg4::Host* add_host(sg4::NetZone* zone, const std::string& name, double flops) {
#if SIMGRID_VERSION >= 40000
  return zone->add_host(name, flops);
#else
  return zone->create_host(name, flops);
#endif
}

/// A link with one queue for each direction, `<name>_UP` and `<name>_DOWN`.
inline sg4::SplitDuplexLink* add_duplex_link(sg4::NetZone* zone, const std::string& name,
                                             double bytes_per_second, double latency_s) {
#if SIMGRID_VERSION >= 40000
  auto* const link = zone->add_split_duplex_link(name, bytes_per_second);
#else
  auto* const link = zone->create_split_duplex_link(name, bytes_per_second);
#endif
  link->set_latency(latency_s);
  return link;
}

/// The route of two hosts and, reversed, its way back.
inline void add_route(sg4::NetZone* zone, const sg4::Host* from, const sg4::Host* to,
                      const std::vector<sg4::LinkInRoute>& links) {
#if SIMGRID_VERSION >= 33500
  zone->add_route(from, to, links, true);
#else
  zone->add_route(from->get_netpoint(), to->get_netpoint(), nullptr, nullptr, links, true);
#endif
}

inline sg4::ActorPtr add_actor(const std::string& name, sg4::Host* host,
                               const std::function<void()>& body) {
#if SIMGRID_VERSION >= 40100
  return host->add_actor(name, body);
#elif SIMGRID_VERSION >= 40000
  return sg4::Engine::get_instance()->add_actor(name, host, body);
#else
  return sg4::Actor::create(name, host, body);
#endif
}

/// Calls `f(const sg4::Link&)` when a link was turned on or off.
template <class F>
void on_link_state(F f) {
#if SIMGRID_VERSION >= 33400
  sg4::Link::on_onoff_cb(std::move(f));
#else
  sg4::Link::on_state_change_cb(std::move(f));
#endif
}

/// Calls `f(const sg4::Host&)` when a host was turned on or off.
template <class F>
void on_host_state(F f) {
#if SIMGRID_VERSION >= 33400
  sg4::Host::on_onoff_cb(std::move(f));
#else
  sg4::Host::on_state_change_cb(std::move(f));
#endif
}

}  // namespace trapezoid::world::compat
