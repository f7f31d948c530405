#include "sim/net/event_queue.hpp"

#include <string>

#include <gtest/gtest.h>

namespace trapezoid::net {
namespace {

std::string drain(EventQueue& queue) {
  std::string order;
  while (!queue.empty()) order += std::to_string(queue.pop().subject) + ' ';
  return order;
}

TEST(EventQueue, OrdersByDate) {
  EventQueue queue;
  for (const std::uint32_t date : {5U, 3U, 9U, 1U, 7U})
    queue.push(from_ns(date), EventKind::Segment, date);
  EXPECT_EQ(drain(queue), "1 3 5 7 9 ");
  EXPECT_EQ(to_ns(queue.now()), 9);
}

TEST(EventQueue, KeepsTheOrderOfInsertionAmongEqualDates) {
  EventQueue queue;
  for (std::uint32_t i = 0; i < 16; ++i) queue.push(from_ns(i % 2), EventKind::Deadline, i);
  EXPECT_EQ(drain(queue), "0 2 4 6 8 10 12 14 1 3 5 7 9 11 13 15 ");
}

TEST(EventQueue, AnEventQueuedForNowComesAfterThoseOfThisDateThatWait) {
  EventQueue queue;
  queue.push(from_ns(4), EventKind::Segment, 1);
  queue.push(from_ns(4), EventKind::Segment, 2);
  queue.pop();
  queue.push(from_ns(4), EventKind::Segment, 3);
  EXPECT_EQ(drain(queue), "2 3 ");
}

}  // namespace
}  // namespace trapezoid::net
