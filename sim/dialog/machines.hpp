#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "sim/dialog/dialog.hpp"

namespace trapezoid::dialog {

/// One arrow of a machine that only has states: what leads from where to where.
template <class State, class Event>
struct Arrow {
  std::string_view label;  ///< "12.3", the section that draws it, or "4235.2" for RFC 4235.
  State from;
  Event event;
  State to;
};

/// The state that `event` leads to; nothing where there is no arrow and the event is absorbed.
template <class State, class Event>
constexpr std::optional<State> follow(std::span<const Arrow<State, Event>> arrows, State state,
                                      Event event) {
  for (const auto& arrow : arrows)
    if (arrow.from == state && arrow.event == event) return arrow.to;
  return std::nullopt;
}

/// What happens to a dialog once it exists, the same for both ends. RFC 4235 Figure 3 gives the
/// names; its states Trying and Proceeding come before there is a dialog.
enum class DialogEvent : std::uint8_t {
  Got1xxTag,  ///< A provisional response with a To tag, sent or received.
  Got2xx,     ///< A 2xx to the INVITE, sent or received.
  Rejected,   ///< Another final response to the INVITE, sent or received (§12.3).
  Cancelled,  ///< 487 after a CANCEL.
  Error,      ///< 481 or 408 within the dialog, or the peer cannot be reached (§12.2.1.2).
  LocalBye,   ///< A BYE was sent (§15.1.1).
  RemoteBye,  ///< A BYE was received (§15.1.2).
};
std::string_view name_of(DialogEvent event);
std::span<const Arrow<Dialog::State, DialogEvent>> dialog_arrows();

/// Follows the arrow for `event`; false when there is none and the dialog stays as it is.
bool on_event(Dialog& dialog, DialogEvent event);

/// Where the exchange of session descriptions between two user agents stands, RFC 3264 and §13.2.1.
/// A new offer within an agreed session leaves that session in force until it is answered (§14.1).
enum class OfferAnswer : std::uint8_t {
  NoSession,
  OfferSent,
  OfferReceived,
  Agreed,
  NewOfferSent,
  NewOfferReceived,
};
enum class OfferAnswerEvent : std::uint8_t {
  SendOffer,
  ReceiveOffer,
  SendAnswer,
  ReceiveAnswer,
  Fail,  ///< The request that carried the offer failed, or the answer cannot be used.
};
std::string_view name_of(OfferAnswer state);
std::string_view name_of(OfferAnswerEvent event);
std::span<const Arrow<OfferAnswer, OfferAnswerEvent>> offer_answer_arrows();

}  // namespace trapezoid::dialog
