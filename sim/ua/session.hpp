#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/ua/core.hpp"

namespace trapezoid::ua {

// Offer and answer in the three places of §13.2.1: offer in the INVITE and answer in the 2xx, or
// offer in the 2xx and answer in the ACK. A body that is no session description counts as none.

/// Our offer, kept as the call's local description; within a session it offers what is in force.
std::string make_offer(Core& core, Call& call);

/// Our answer to the peer's offer, kept likewise; or why there is none (488 then).
Result<std::string, sdp::Mismatch> make_answer(Core& core, Call& call, std::string_view offer);

/// The answer that rejects every stream of an offer (§13.2.2.4: valid, and followed by a BYE);
/// empty when the offer cannot be read.
std::string make_refusal(Core& core, std::string_view offer);

/// Takes the peer's answer to our offer; what is wrong with it, if anything.
std::optional<sdp::Mismatch> take_answer(Call& call, std::string_view answer);

/// The session description in a message; empty when it has none.
std::string_view description_in(const sip::MessageBase& message);

/// Follows one arrow of offer and answer.
void on_offer_answer(Call& call, dialog::OfferAnswerEvent event);

}  // namespace trapezoid::ua
