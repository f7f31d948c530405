#pragma once

#include <functional>

#include "sim/net/event_queue.hpp"
#include "sim/world/simgrid_compat.hpp"

namespace trapezoid::world {

/// Keeps SimGrid's clock and the event queue in step. The network is a plain loop outside every
/// actor; SimGrid is advanced first, so that what the platform does at a date (a link that fails)
/// acts before packets of the same date. Dates are the queue's: nobody else reads SimGrid's clock.
class Loop {
 public:
  Loop(simgrid::s4u::Engine& engine, net::EventQueue& queue) : engine_(&engine), queue_(&queue) {}

  /// Says that the event at hand has woken an actor: it runs before the next event.
  void note_wakeup() { has_woken_ = true; }
  /// Takes the queue's events one by one until it is empty or the next one lies after `stop_at`.
  template <class HandleEvent>
  void run(Instant stop_at, HandleEvent handle) {
    while (!queue_->empty() && queue_->next_date() <= stop_at) {
      const Instant at = queue_->next_date();
      advance_to(at);
      if (queue_->next_date() < at) continue;  // the platform has queued something sooner
      handle(queue_->pop());
      if (has_woken_) run_actors();
    }
  }
  /// Lets the actors that are runnable run, at the present date.
  void run_actors();

 private:
  void advance_to(Instant at);

  simgrid::s4u::Engine* engine_;
  net::EventQueue* queue_;
  bool has_woken_ = false;
};

}  // namespace trapezoid::world
