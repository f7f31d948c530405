#pragma once

#include <cstddef>
#include <memory>

namespace trapezoid {

/// Gives a block of memory back to the pool it came from.
struct ReleaseBlock {
  std::size_t size_bytes = 0;
  void operator()(std::byte* block) const;
};

/// Memory that its holder alone owns; nothing in it is initialized.
using Block = std::unique_ptr<std::byte[], ReleaseBlock>;

/// A block of at least `size_bytes`; how many it has, `get_deleter()` says. For memory that lives
/// as briefly as a message: blocks that are given back are given out again first, the last one
/// first, so that it is still in the processor's cache. Each thread keeps its own free blocks, at
/// most some megabytes; a block may be given back on another thread than the one that took it.
/// Under AddressSanitizer nothing is kept, so that every use after the end is found.
Block allocate_block(std::size_t size_bytes);

}  // namespace trapezoid
