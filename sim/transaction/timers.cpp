#include "sim/transaction/timers.hpp"

#include <array>
#include <cstddef>

namespace trapezoid::transaction {

const char* name_of(Timer timer) {
  static constexpr std::array<const char*, 14> kNames = {"A", "B", "C", "D", "E", "F", "G",
                                                         "H", "I", "J", "K", "L", "M", "100"};
  return kNames.at(static_cast<std::size_t>(timer));
}

Duration Span::under(const TimerValues& values) const {
  switch (unit_) {
    case Unit::T1: return count_ * values.t1;
    case Unit::T2: return count_ * values.t2;
    case Unit::T4: return count_ * values.t4;
    case Unit::Milliseconds: return std::chrono::milliseconds(count_);
    case Unit::Never: break;
  }
  return Duration::zero();
}

std::string Span::text() const {
  if (unit_ == Unit::Never) return "never";
  if (unit_ == Unit::Milliseconds)
    return count_ % 1000 == 0 ? std::to_string(count_ / 1000) + " s"
                              : std::to_string(count_) + " ms";
  std::string out = count_ == 1 ? "" : std::to_string(count_) + "*";
  out += unit_ == Unit::T1 ? "T1" : unit_ == Unit::T2 ? "T2" : "T4";
  return out;
}

}  // namespace trapezoid::transaction
