#pragma once

#include <cstdint>

namespace trapezoid::transaction {

/// Names one client or server transaction of one element: 1, 2, 3, ... in the order in which they
/// began; never used again. 0 is none.
using TransactionId = std::uint64_t;

/// The owner bytes of timers in an element's queue (`TimerPurpose::owner`).
inline constexpr std::uint8_t kTransactionTimer = 1;
inline constexpr std::uint8_t kUserTimer = 2;
inline constexpr std::uint8_t kTransportTimer = 3;

}  // namespace trapezoid::transaction
