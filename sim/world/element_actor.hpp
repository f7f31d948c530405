#pragma once

#include <deque>
#include <string>

#include "sim/element/element.hpp"
#include "sim/net/observer.hpp"
#include "sim/world/simgrid_compat.hpp"

namespace trapezoid::world {

/// Where an element's wishes go. Called from within its actor.
class ElementPort {
 public:
  virtual ~ElementPort() = default;
  virtual void act(net::EndpointIndex element, element::Output output) = 0;
  /// What the element now waits for, after each input.
  virtual void set_deadline(net::EndpointIndex element, std::optional<Instant> deadline) = 0;
};

/// Drives one element inside one SimGrid actor. It is parked while nothing concerns the element and
/// makes no other simcall than `suspend`; the loop wakes it, and it acts at the loop's dates.
class ElementActor {
 public:
  ElementActor(net::EndpointIndex index, element::Element& element, ElementPort& port)
      : index_(index), element_(&element), port_(&port) {}

  /// Starts the actor; it parks when SimGrid first runs it.
  void start(const std::string& name, simgrid::s4u::Host* host);
  /// Gives the element an input and makes the actor runnable. Nothing when its host has failed.
  void wake(element::Input input, Instant at);
  /// Makes the actor return, so that SimGrid ends without actors that wait.
  void end();

 private:
  struct Wakeup {
    element::Input input;
    Instant at{};
  };
  void live();
  void handle_inbox();
  void handle(element::Input input, Instant at);
  void resume();

  net::EndpointIndex index_;
  element::Element* element_;
  ElementPort* port_;
  simgrid::s4u::ActorPtr self_;
  std::deque<Wakeup> inbox_;
  bool is_parked_ = false;
  bool is_over_ = false;
};

}  // namespace trapezoid::world
