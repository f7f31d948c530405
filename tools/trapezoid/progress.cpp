#include "tools/trapezoid/progress.hpp"

#include <utility>

#include <fmt/format.h>

namespace trapezoid::command {

namespace {

constexpr std::chrono::milliseconds kSilence(1000);  // a short run says nothing
constexpr std::chrono::milliseconds kInterval(250);
constexpr std::string_view kErase = "\r\x1b[K";

}  // namespace

Progress::Progress(std::function<void(std::string_view)> write,
                   std::function<Clock::time_point()> read_clock)
    : write_(std::move(write)),
      read_clock_(std::move(read_clock)),
      next_(read_clock_() + kSilence) {}

Progress::~Progress() {
  if (is_shown_) write_(kErase);
}

void Progress::show(Instant simulated, std::size_t messages) {
  const Clock::time_point now = read_clock_();
  if (now < next_) return;
  next_ = now + kInterval;
  is_shown_ = true;
  write_(fmt::format("{}trapezoid: {} s simulated, {} messages", kErase,
                     to_ns(simulated) / 1'000'000'000, messages));
}

}  // namespace trapezoid::command
