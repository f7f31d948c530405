#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/sip/status.hpp"
#include "sim/trace/trace.hpp"

namespace trapezoid::stats {

/// How an attempt to establish a session ended.
enum class Outcome : std::uint8_t {
  Answered,    ///< A 2xx.
  Redirected,  ///< A 3xx.
  Failed,      ///< 4xx to 6xx; 401 and 407 where nobody retried.
  Unanswered,  ///< No final response in the trace.
};

/// One attempt to establish a session, as the originating user agent sees it (RFC 6076 §4.3): its
/// INVITE, with those that it sent again with credentials after a 401 or 407. All delays are in
/// nanoseconds and begin with the first bit on the wire and end with the last bit received.
struct Call {
  std::string call_id;
  trace::LaneIndex caller = 0;
  std::optional<trace::LaneIndex> callee;  ///< Who answered with a 2xx.
  std::uint32_t first_invite = 0;          ///< F-number.
  std::uint32_t last_invite = 0;           ///< F-number: the one that got the outcome.
  Outcome outcome = Outcome::Unanswered;
  sip::StatusCode status = 0;  ///< The final one; 0: none.
  bool has_response = false;   ///< Any, 100 included.

  /// SRD, RFC 6076 §4.3: until the first 101 to 199, 2xx, or failure other than 401, 402, 407.
  std::uint32_t status_indication = 0;  ///< Its F-number; 0: none came, and there is no SRD.
  std::optional<std::int64_t> request_delay_from_first_ns;  ///< From `first_invite`.
  std::optional<std::int64_t> request_delay_from_last_ns;   ///< From `last_invite`.

  std::optional<trace::LaneIndex> hung_up;  ///< Who sent the first BYE.
  std::uint32_t bye = 0;                    ///< F-number of that BYE.
  bool is_completed = false;                ///< That BYE, or one with credentials, got a 2xx.
  /// SDD, RFC 6076 §4.4: BYE to its 2xx, or to its last final response if it got no 2xx.
  std::optional<std::int64_t> disconnect_delay_ns;
  /// SDT, RFC 6076 §4.5, at the caller: 2xx received until BYE sent or received there.
  std::optional<std::int64_t> duration_at_caller_ns;
  /// The same at the callee: ACK received until BYE sent or received there.
  std::optional<std::int64_t> duration_at_callee_ns;

  /// SRD counts as successful when the session was established (RFC 6076 §4.3.1, §4.3.2).
  bool is_established() const { return outcome == Outcome::Answered; }
};

/// A ratio of counts; undefined when `of` is 0.
struct Ratio {
  std::uint64_t count = 0;
  std::uint64_t of = 0;
};

/// Where one message's time went, in nanoseconds.
struct Hop {
  std::uint32_t f_number = 0;
  trace::LaneIndex from = 0;
  trace::LaneIndex to = 0;
  std::optional<std::int64_t> worked_ns;     ///< From the arrival of the message that caused it.
  std::optional<std::int64_t> waited_ns;     ///< For the connection, and for the first link.
  std::optional<std::int64_t> travelled_ns;  ///< First byte sent to last byte received.
};

/// Everything this module knows about a run.
struct Metrics {
  std::vector<Call> calls;  ///< In the order of their first INVITEs.
  Ratio establishment;      ///< SER, RFC 6076 §4.6: answered, of all but those redirected.
  /// SEER, RFC 6076 §4.7: 2xx, 480, 486, 600, 603, of all but those with 3xx, 401, 402 or 407.
  Ratio effectiveness;
  /// ISA, RFC 6076 §4.8: 408, 500, 503, 504, of all. No response at all counts as 408 (§8.1.3.1).
  Ratio ineffective;
  Ratio completion;       ///< SCR, RFC 6076 §4.9: answered, and ended by a BYE with its 2xx.
  std::vector<Hop> hops;  ///< In the order of F-numbers.
  /// As in the trace: until when it was followed; nothing: it was over by itself.
  std::optional<std::int64_t> stopped_ns;
};

/// RFC 6076 and the delays of every hop, from the messages of a trace alone: a capture will do.
/// RRD and IRA (§4.1, §4.2) are not computed yet.
Metrics compute_metrics(const trace::Trace& trace);

}  // namespace trapezoid::stats
