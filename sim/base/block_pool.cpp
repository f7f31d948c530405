#include "sim/base/block_pool.hpp"

#include <array>
#include <new>

#if defined(__has_feature)
#define TRAPEZOID_HAS_FEATURE(feature) __has_feature(feature)
#else
#define TRAPEZOID_HAS_FEATURE(feature) 0
#endif

namespace trapezoid {
namespace {

constexpr std::size_t kStep = 512;  // sizes are its multiples
constexpr std::size_t kSizes = 8;   // larger blocks are not kept
#if defined(__SANITIZE_ADDRESS__) || TRAPEZOID_HAS_FEATURE(address_sanitizer)
constexpr std::size_t kMaxKept = 0;
#else
constexpr std::size_t kMaxKept = 256;  // of each size
#endif

/// The free blocks of one thread: for each size a list that runs through the blocks themselves.
class FreeBlocks {
 public:
  FreeBlocks() = default;
  FreeBlocks(const FreeBlocks&) = delete;
  FreeBlocks& operator=(const FreeBlocks&) = delete;
  ~FreeBlocks() {
    for (List& list : lists_)
      while (list.count > 0) ::operator delete(list.pop());
    is_closed = true;
  }

  std::byte* take(std::size_t size_bytes) {
    List* const list = find(size_bytes);
    if (list == nullptr || list->count == 0)
      return static_cast<std::byte*>(::operator new(size_bytes));
    return list->pop();
  }
  void give(std::byte* block, std::size_t size_bytes) {
    List* const list = find(size_bytes);
    if (list == nullptr || list->count == kMaxKept)
      ::operator delete(block);
    else
      list->push(block);
  }

  /// Whether the thread has ended its own: what is given back now goes straight to the heap.
  static thread_local bool is_closed;

 private:
  struct Link {
    Link* next;
  };
  struct List {
    Link* first = nullptr;
    std::size_t count = 0;

    void push(std::byte* block) {
      first = ::new (block) Link{first};
      ++count;
    }
    std::byte* pop() {
      Link* const link = first;
      first = link->next;
      --count;
      return reinterpret_cast<std::byte*>(link);
    }
  };

  List* find(std::size_t size_bytes) {
    const std::size_t index = size_bytes / kStep - 1;
    return index < kSizes ? &lists_[index] : nullptr;
  }

  std::array<List, kSizes> lists_{};
};

thread_local bool FreeBlocks::is_closed = false;
thread_local FreeBlocks free_blocks;

}  // namespace

void ReleaseBlock::operator()(std::byte* block) const {
  if (FreeBlocks::is_closed)
    ::operator delete(block);
  else
    free_blocks.give(block, size_bytes);
}

Block allocate_block(std::size_t size_bytes) {
  const std::size_t size = (size_bytes + kStep - 1) / kStep * kStep;
  std::byte* const block = FreeBlocks::is_closed ? static_cast<std::byte*>(::operator new(size))
                                                 : free_blocks.take(size);
  return {block, ReleaseBlock{size}};
}

}  // namespace trapezoid
