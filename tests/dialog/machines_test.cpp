#include "sim/dialog/machines.hpp"

#include <string>

#include <gtest/gtest.h>

namespace trapezoid::dialog {
namespace {

template <class State, class Event>
std::string printed(std::span<const Arrow<State, Event>> arrows) {
  std::string text = "\n";
  for (const auto& arrow : arrows) {
    text += std::string(name_of(arrow.from)) + " -- " + std::string(name_of(arrow.event)) + " -> " +
            std::string(name_of(arrow.to)) + "\n";
    EXPECT_EQ(follow(arrows, arrow.from, arrow.event), arrow.to) << arrow.label;
  }
  return text;
}

TEST(Dialog, FollowsTheseArrows) {
  EXPECT_EQ(printed(dialog_arrows()), R"(
Early -- 1xx with a tag -> Early
Early -- 2xx -> Confirmed
Early -- 300-699 -> Terminated
Early -- cancelled -> Terminated
Early -- error -> Terminated
Early -- BYE sent -> Terminated
Early -- BYE received -> Terminated
Confirmed -- error -> Terminated
Confirmed -- BYE sent -> Terminated
Confirmed -- BYE received -> Terminated
)");
}

TEST(Dialog, AbsorbsWhatHasNoArrow) {
  Dialog dialog;
  EXPECT_TRUE(on_event(dialog, DialogEvent::Got2xx));
  EXPECT_FALSE(on_event(dialog, DialogEvent::Rejected));
  EXPECT_EQ(name_of(dialog.state), "Confirmed");
  EXPECT_TRUE(on_event(dialog, DialogEvent::RemoteBye));
  EXPECT_FALSE(on_event(dialog, DialogEvent::LocalBye));
  EXPECT_EQ(name_of(dialog.state), "Terminated");
}

// A failed offer leaves an agreed session as it was (§14.1).
TEST(OfferAnswer, FollowsTheseArrows) {
  EXPECT_EQ(printed(offer_answer_arrows()), R"(
No session -- send offer -> Offer sent
No session -- receive offer -> Offer received
Offer sent -- receive answer -> Agreed
Offer sent -- fail -> No session
Offer received -- send answer -> Agreed
Offer received -- fail -> No session
Agreed -- send offer -> New offer sent
Agreed -- receive offer -> New offer received
New offer sent -- receive answer -> Agreed
New offer sent -- fail -> Agreed
New offer received -- send answer -> Agreed
New offer received -- fail -> Agreed
)");
}

}  // namespace
}  // namespace trapezoid::dialog
