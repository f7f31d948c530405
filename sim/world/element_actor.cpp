#include "sim/world/element_actor.hpp"

#include <utility>

namespace trapezoid::world {

namespace sg4 = simgrid::s4u;

void ElementActor::start(const std::string& name, sg4::Host* host) {
  self_ = compat::add_actor(name, host, [this] { live(); });
}

void ElementActor::live() {
  // A host that fails unwinds this stack: whoever wakes the actor later must know.
  struct Departure {
    ElementActor* actor;
    ~Departure() {
      actor->is_over_ = true;
      actor->is_parked_ = false;
    }
  } const departure{this};
  while (true) {
    handle_inbox();
    if (is_over_) return;
    is_parked_ = true;
    sg4::this_actor::suspend();
  }
}

void ElementActor::handle_inbox() {
  while (!inbox_.empty()) {
    Wakeup wakeup = std::move(inbox_.front());
    inbox_.pop_front();
    handle(std::move(wakeup.input), wakeup.at);
    // What is due at this very date needs no event of its own.
    auto deadline = element_->next_deadline();
    while (deadline && *deadline <= wakeup.at) {
      handle(element::TimeReached{}, wakeup.at);
      deadline = element_->next_deadline();
    }
    port_->set_deadline(index_, deadline);
  }
}

void ElementActor::handle(element::Input input, Instant at) {
  element_->handle(std::move(input), at);
  while (auto output = element_->poll()) port_->act(index_, std::move(*output));
}

void ElementActor::wake(element::Input input, Instant at) {
  if (is_over_) return;
  inbox_.push_back({std::move(input), at});
  resume();
}

void ElementActor::end() {
  is_over_ = true;
  inbox_.clear();
  resume();
}

void ElementActor::resume() {
  if (std::exchange(is_parked_, false)) self_->resume();
}

}  // namespace trapezoid::world
