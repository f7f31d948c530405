#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/timer_queue.hpp"
#include "sim/base/transport_address.hpp"
#include "sim/dialog/dialog.hpp"
#include "sim/dialog/machines.hpp"
#include "sim/dialog/success_retransmission.hpp"
#include "sim/sip/message.hpp"
#include "sim/transaction/transaction_user.hpp"

namespace trapezoid::ua {

/// Names one call of a user agent: 1, 2, 3, ...; never used again. The key of its timers.
using CallNumber = std::uint64_t;

/// What the timers of a user agent are for; those of a call run at most once at a time.
enum class UserTimer : std::uint8_t {
  RingAfter,
  AnswerAfter,
  HangUp,  ///< hang_up_after or max_talk, whichever is shorter.
  Patience,
  CancelWait,  ///< 64*T1 after a CANCEL (§9.1).
  Expires,     ///< The Expires of an INVITE (§13.3.1 step 1).
  Success,     ///< The 2xx is sent again, or given up (§13.3.1.4).
  StartCall,   ///< Of no call yet: the key is an index into the script.
};
constexpr std::size_t kCallTimerCount = static_cast<std::size_t>(UserTimer::StartCall);

/// One dialog of a call. A caller has several when the INVITE was forked.
struct Leg {
  dialog::Dialog dialog;
  std::string ack;  ///< The bytes of the ACK that was sent, for the next 2xx (§13.2.2.4).
  TransportAddress ack_to;
};

/// A 2xx to an INVITE that waits for its ACK, §13.3.1.4.
struct Acceptance {
  transaction::TransactionId transaction = 0;
  std::uint32_t sequence_number = 0;  ///< Of the INVITE, and so of the ACK.
  sip::Response response;
  dialog::SuccessRetransmission schedule;
};

/// One call as one end sees it.
struct Call {
  enum class Role : std::uint8_t { Caller, Callee };
  enum class Phase : std::uint8_t {
    Inviting,  ///< No final response yet.
    Answered,  ///< Callee only: 2xx sent, ACK awaited.
    Talking,
    Ended,  ///< Kept while it has transactions.
  };

  CallNumber number = 0;
  Role role = Role::Caller;
  Phase phase = Phase::Inviting;
  std::string call_id;
  std::string local_tag;
  transaction::TransactionId invite = 0;  ///< The INVITE's present transaction, at either end.
  std::vector<Leg> legs;                  ///< The first one that is confirmed is the call's.
  dialog::OfferAnswer session = dialog::OfferAnswer::NoSession;
  std::string local_description;  ///< The session description that was sent last.
  std::unique_ptr<Acceptance> acceptance;
  std::optional<Duration> hang_up_after;
  std::array<TimerId, kCallTimerCount> timers{};
  std::uint32_t open_transactions = 0;
  bool is_cancelled = false;  ///< The caller gave up; a CANCEL goes out as soon as it may.
  bool is_ringing = false;    ///< Callee: 180 was sent.
  bool has_media = false;
};

}  // namespace trapezoid::ua
