#pragma once

#include <cstdint>

namespace trapezoid::transaction {

/// Names one client or server transaction of one element: 1, 2, 3, ... in the order in which they
/// began; never used again. 0 is none.
using TransactionId = std::uint64_t;

/// The owner byte of timers in an element's queue (`TimerPurpose::owner`).
enum TimerOwner : std::uint8_t { kTransactionTimer = 1, kUserTimer = 2, kTransportTimer = 3 };

}  // namespace trapezoid::transaction
