#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace trapezoid {

/// A seeded generator (xoshiro256**), the same numbers on every machine and standard library.
/// One per element, seeded from the run's seed and the element's name, so that adding an element
/// does not move the identifiers of the others.
class Rng {
 public:
  Rng(std::uint64_t seed, std::string_view name);

  std::uint64_t next();
  /// Uniform in [0, bound), without modulo bias. `bound` must not be 0.
  std::uint64_t below(std::uint64_t bound);
  /// Uniform in [0, 1).
  double unit();
  /// `length` characters of [a-z0-9].
  std::string token(std::size_t length);
  /// `length` lower-case hexadecimal digits.
  std::string hex(std::size_t length);

 private:
  std::uint64_t state_[4]{};
};

}  // namespace trapezoid
