#pragma once

#include <algorithm>

#include "sim/base/time.hpp"
#include "sim/transaction/timers.hpp"

namespace trapezoid::dialog {

/// When a user agent server sends its 2xx to an INVITE again, §13.3.1.4: after T1, at intervals
/// that double up to T2, on every transport, until the ACK comes or 64*T1 have passed.
class SuccessRetransmission {
 public:
  SuccessRetransmission(const transaction::TimerValues& values, Instant sent)
      : interval_(values.t1),
        longest_(values.t2),
        next_(sent + values.t1),
        end_(sent + 64 * values.t1) {}

  /// The date to act at next: to send again, or to give up.
  Instant next() const { return std::min(next_, end_); }
  /// Whether no ACK is expected any more: the session should be ended with a BYE.
  bool has_expired(Instant now) const { return now >= end_; }
  /// Notes that the 2xx was sent again at `next()`.
  void advance() {
    interval_ = std::min(2 * interval_, longest_);
    next_ += interval_;
  }

 private:
  Duration interval_;
  Duration longest_;
  Instant next_;
  Instant end_;
};

}  // namespace trapezoid::dialog
