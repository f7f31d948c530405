#include "sim/world/loop.hpp"

namespace trapezoid::world {

namespace sg4 = simgrid::s4u;

void Loop::advance_to(Instant at) {
  const double date = to_seconds(at);
  while (sg4::Engine::get_clock() < date) engine_->run_until(date);  // it may stop a little early
}

void Loop::run_actors() {
  has_woken_ = false;
  engine_->run_until(sg4::Engine::get_clock());
}

}  // namespace trapezoid::world
