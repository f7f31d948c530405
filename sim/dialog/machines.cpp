#include "sim/dialog/machines.hpp"

namespace trapezoid::dialog {
namespace {

using enum Dialog::State;
using enum DialogEvent;
using enum OfferAnswer;
using enum OfferAnswerEvent;

// A dialog of an INVITE: RFC 3261 §12, §13, §15; names of RFC 4235 Figure 3.
// clang-format off
constexpr Arrow<Dialog::State, DialogEvent> kDialogArrows[] = {
  // label      from       event      to
  {"12.1.1",    Early,     Got1xxTag, Early},
  {"13.2.2.4",  Early,     Got2xx,    Confirmed},
  {"12.3",      Early,     Rejected,  Terminated},
  {"9.1",       Early,     Cancelled, Terminated},
  {"12.2.1.2",  Early,     Error,     Terminated},
  {"15.1.1",    Early,     LocalBye,  Terminated},
  {"15.1.2",    Early,     RemoteBye, Terminated},
  {"12.2.1.2b", Confirmed, Error,     Terminated},
  {"15.1.1b",   Confirmed, LocalBye,  Terminated},
  {"15.1.2b",   Confirmed, RemoteBye, Terminated},
};

// Offer and answer: RFC 3264 §4, in the places that RFC 3261 §13.2.1 allows.
constexpr Arrow<OfferAnswer, OfferAnswerEvent> kOfferAnswerArrows[] = {
  // label    from              event          to
  {"3264.1",  NoSession,        SendOffer,     OfferSent},
  {"3264.2",  NoSession,        ReceiveOffer,  OfferReceived},
  {"3264.3",  OfferSent,        ReceiveAnswer, Agreed},
  {"3264.4",  OfferSent,        Fail,          NoSession},
  {"3264.5",  OfferReceived,    SendAnswer,    Agreed},
  {"3264.6",  OfferReceived,    Fail,          NoSession},
  {"3264.7",  Agreed,           SendOffer,     NewOfferSent},
  {"3264.8",  Agreed,           ReceiveOffer,  NewOfferReceived},
  {"3264.9",  NewOfferSent,     ReceiveAnswer, Agreed},
  {"3264.10", NewOfferSent,     Fail,          Agreed},
  {"3264.11", NewOfferReceived, SendAnswer,    Agreed},
  {"3264.12", NewOfferReceived, Fail,          Agreed},
};
// clang-format on

}  // namespace

std::string_view name_of(DialogEvent event) {
  switch (event) {
    case Got1xxTag: return "1xx with a tag";
    case Got2xx: return "2xx";
    case Rejected: return "300-699";
    case Cancelled: return "cancelled";
    case Error: return "error";
    case LocalBye: return "BYE sent";
    case RemoteBye: return "BYE received";
  }
  return "";
}

std::span<const Arrow<Dialog::State, DialogEvent>> dialog_arrows() {
  return kDialogArrows;
}

bool on_event(Dialog& dialog, DialogEvent event) {
  const auto next = follow(dialog_arrows(), dialog.state, event);
  if (next) dialog.state = *next;
  return next.has_value();
}

std::string_view name_of(OfferAnswer state) {
  switch (state) {
    case NoSession: return "No session";
    case OfferSent: return "Offer sent";
    case OfferReceived: return "Offer received";
    case Agreed: return "Agreed";
    case NewOfferSent: return "New offer sent";
    case NewOfferReceived: return "New offer received";
  }
  return "";
}

std::string_view name_of(OfferAnswerEvent event) {
  switch (event) {
    case SendOffer: return "send offer";
    case ReceiveOffer: return "receive offer";
    case SendAnswer: return "send answer";
    case ReceiveAnswer: return "receive answer";
    case Fail: return "fail";
  }
  return "";
}

std::span<const Arrow<OfferAnswer, OfferAnswerEvent>> offer_answer_arrows() {
  return kOfferAnswerArrows;
}

}  // namespace trapezoid::dialog
