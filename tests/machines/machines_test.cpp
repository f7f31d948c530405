#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "sim/transaction/figures.hpp"
#include "sim/transaction/invite_client.hpp"
#include "sim/transaction/invite_server.hpp"
#include "sim/transaction/non_invite_client.hpp"
#include "sim/transaction/non_invite_server.hpp"

namespace trapezoid::transaction {
namespace {

// A machine brought into `state` by the shortest way through its arrows.
template <class M>
struct Walk {
  using State = typename M::State;
  using Event = typename M::Event;

  TimerQueue timers;
  TimerValues values;
  M machine{Reliability::Unreliable};
  Context context;

  Walk() { machine.start(host(), context); }
  TimerHost host() { return {timers, values, 1}; }
  Step step(Event event) { return machine.on_event(event, host(), context); }

  bool go_to(State state) {
    while (machine.state() != state) {
      const Event event = first_event_towards(machine.state(), state);
      if (step(event).is_absorbed()) return false;
    }
    return true;
  }

  static Event first_event_towards(State from, State to) {
    const auto arrows = M::table().arrows;
    for (const auto& arrow : arrows)
      if (arrow.from == from && arrow.to == to) return arrow.event;
    for (const auto& first : arrows)
      for (const auto& second : arrows)
        if (first.from == from && first.to != from && second.from == first.to && second.to == to)
          return first.event;
    ADD_FAILURE() << "no way to " << name_of(to);
    std::abort();
  }
};

template <class M>
class EveryFigure : public testing::Test {};
using Machines = testing::Types<InviteClient, NonInviteClient, InviteServer, NonInviteServer>;
TYPED_TEST_SUITE(EveryFigure, Machines);

TYPED_TEST(EveryFigure, FollowsEachArrowAndAbsorbsEachEventWithoutOne) {
  using State = typename TypeParam::State;
  using Event = typename TypeParam::Event;
  const Figure figure = TypeParam::figure();
  std::size_t followed = 0;
  for (std::size_t s = 0; s + 1 < figure.states.size(); ++s) {  // Terminated has no way out
    for (std::size_t e = 0; e < figure.events.size(); ++e) {
      const auto state = static_cast<State>(s);
      const auto event = static_cast<Event>(e);
      Walk<TypeParam> walk;
      ASSERT_TRUE(walk.go_to(state));
      const std::size_t running = walk.timers.size();
      const Step step = walk.step(event);
      const auto arrow = std::find_if(
          figure.arrows.begin(), figure.arrows.end(), [&](const FigureArrow& candidate) {
            return candidate.from == figure.states[s] && candidate.event == figure.events[e];
          });
      SCOPED_TRACE(std::string(figure.states[s]) + " x " + std::string(figure.events[e]));
      if (arrow == figure.arrows.end()) {
        EXPECT_TRUE(step.is_absorbed());
        EXPECT_FALSE(step.has_ended);
        EXPECT_EQ(walk.machine.state(), state);
        EXPECT_EQ(walk.timers.size(), running);
      } else {
        ++followed;
        EXPECT_FALSE(step.is_absorbed());
        EXPECT_EQ(name_of(walk.machine.state()), arrow->to);
        EXPECT_EQ(step.has_ended, arrow->to == "Terminated");
      }
    }
  }
  EXPECT_EQ(followed, figure.arrows.size()) << "an arrow stands twice or cannot be reached";
}

TYPED_TEST(EveryFigure, HasNoTimerLeftWhenItHasTerminated) {
  using State = typename TypeParam::State;
  for (const auto& arrow : TypeParam::table().arrows) {
    if (arrow.to != State::Terminated) continue;
    Walk<TypeParam> walk;
    ASSERT_TRUE(walk.go_to(arrow.from));
    walk.step(arrow.event);
    EXPECT_EQ(walk.timers.size(), 0U) << arrow.label;
  }
}

TYPED_TEST(EveryFigure, GivesEachArrowALabelOfItsOwn) {
  std::set<std::string> labels;
  for (const FigureArrow& arrow : TypeParam::figure().arrows)
    EXPECT_TRUE(labels.insert(std::string(arrow.label)).second) << arrow.label;
}

// Each timer has an arrow in each state in which it runs: otherwise it would fire for nothing.
TYPED_TEST(EveryFigure, HasAnArrowForEachTimerWhereverItRuns) {
  const Figure figure = TypeParam::figure();
  for (const FigureTimer& timer : figure.timers)
    for (const auto& state : timer.runs_in)
      EXPECT_TRUE(std::any_of(figure.arrows.begin(), figure.arrows.end(),
                              [&](const FigureArrow& arrow) {
                                return arrow.from == state && arrow.event == "timer " + timer.name;
                              }))
          << timer.name << " in " << state;
}

std::string file(const std::string& name) {
  std::ifstream in(std::string(TRAPEZOID_SOURCE_DIR) + "/tests/machines/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(Figures, AreThePicturesOfThisFolder) {
  for (const Figure& figure : figures()) {
    const std::string name = "figure_" + std::to_string(figure.heading.number);
    EXPECT_EQ(to_text(figure), file(name + ".txt")) << name;
    EXPECT_EQ(to_mermaid(figure), file(name + ".mmd")) << name;
  }
}

TEST(Figures, NameTheRfcThatGovernsEachArrow) {
  std::string amended;
  for (const Figure& figure : figures())
    for (const FigureArrow& arrow : figure.arrows)
      if (arrow.rfc != 3261)
        amended.append(arrow.label).append(" ").append(std::to_string(arrow.rfc)).append("; ");
  EXPECT_EQ(amended,
            "5.5 6026; 5.8 6026; 6026.1 6026; 6026.2 6026; "
            "7.4 6026; 7.5 6026; 7.11 6026; "
            "6026.1 6026; 6026.2 6026; 6026.3 6026; 6026.4 6026; 6026.5 6026; ");
}

}  // namespace
}  // namespace trapezoid::transaction
