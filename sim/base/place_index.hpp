#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace trapezoid {

/// Finds places in a store by a hash and a test: a table with open addressing, linear probing, at
/// most half full. It cannot be iterated, so that no order ever depends on a hash. A place may be
/// there under several hashes.
class PlaceIndex {
 public:
  using Place = std::uint32_t;

  /// The first place of that hash that passes the test.
  template <class Test>
  std::optional<Place> find(std::uint32_t hash, const Test& is_wanted) const {
    if (slots_.empty()) return std::nullopt;
    for (std::size_t i = hash & mask(); slots_[i].number != 0; i = (i + 1) & mask())
      if (slots_[i].hash == hash && is_wanted(slots_[i].number - 1)) return slots_[i].number - 1;
    return std::nullopt;
  }

  void insert(std::uint32_t hash, Place place) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    put({hash, place + 1});
    ++used_;
  }

  /// Does nothing when it is not there.
  void erase(std::uint32_t hash, Place place) {
    if (slots_.empty()) return;
    std::size_t hole = hash & mask();
    while (slots_[hole].number != 0 &&
           (slots_[hole].hash != hash || slots_[hole].number != place + 1))
      hole = (hole + 1) & mask();
    if (slots_[hole].number == 0) return;
    --used_;
    // Moves back each follower that could not stand nearer to its own place because of this one.
    for (std::size_t i = (hole + 1) & mask(); slots_[i].number != 0; i = (i + 1) & mask()) {
      const std::size_t from_home = (i - slots_[i].hash) & mask();
      const std::size_t from_hole = (i - hole) & mask();
      if (from_home < from_hole) continue;
      slots_[hole] = slots_[i];
      hole = i;
    }
    slots_[hole] = {};
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  // of the place, from 1; 0: free
  };
  std::size_t mask() const { return slots_.size() - 1; }  // the size is a power of two

  void put(const Slot& slot) {
    std::size_t i = slot.hash & mask();
    while (slots_[i].number != 0) i = (i + 1) & mask();
    slots_[i] = slot;
  }
  void grow() {
    const std::vector<Slot> old = std::exchange(
        slots_, std::vector<Slot>(slots_.empty() ? std::size_t{16} : 2 * slots_.size()));
    for (const Slot& slot : old)
      if (slot.number != 0) put(slot);
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

/// A hash for numbers that are given out one after the other. Eight of them stand side by side, in
/// one line of the cache; what follows is far away, for one long run would be long to probe.
constexpr std::uint32_t hash_of_serial(std::uint64_t number) {
  const std::uint64_t group = (number >> 3U) * 0x9e3779b97f4a7c15U >> 32U;
  return static_cast<std::uint32_t>(group << 3U | (number & 7U));
}

}  // namespace trapezoid
