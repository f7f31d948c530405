#include "sim/base/block_pool.hpp"

#include <cstring>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace trapezoid {
namespace {

TEST(BlockPool, GivesAtLeastWhatWasAskedForAndSaysHowMuch) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{512}, std::size_t{513},
                                 std::size_t{4096}, std::size_t{1'000'000}}) {
    const Block block = allocate_block(size);
    ASSERT_GE(block.get_deleter().size_bytes, size);
    std::memset(block.get(), 0xA5, block.get_deleter().size_bytes);
  }
}

TEST(BlockPool, KeepsBlocksApart) {
  std::vector<Block> blocks;
  for (int i = 0; i < 1000; ++i) {
    blocks.push_back(allocate_block(600));
    std::memset(blocks.back().get(), i % 256, 600);
    if (i % 3 == 0) blocks.erase(blocks.begin() + i / 6);
  }
  std::vector<std::byte> firsts;
  for (const Block& block : blocks) {
    firsts.push_back(block[0]);
    for (std::size_t at = 1; at < 600; ++at) ASSERT_EQ(block[at], block[0]);
  }
  ASSERT_GT(firsts.size(), 600U);
}

TEST(BlockPool, TakesBlocksBackOnAnotherThreadAndAfterThatThreadHasEnded) {
  Block from_thread;
  std::thread([&from_thread] {
    from_thread = allocate_block(700);
    std::vector<Block> many(600);
    for (Block& each : many) each = allocate_block(700);
  }).join();
  Block ours = allocate_block(700);
  std::thread([&ours] { ours.reset(); }).join();
  from_thread.reset();
  EXPECT_EQ(ours, nullptr);
  EXPECT_EQ(from_thread, nullptr);
}

}  // namespace
}  // namespace trapezoid
