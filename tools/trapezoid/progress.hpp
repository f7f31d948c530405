#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>

#include "sim/base/time.hpp"

namespace trapezoid::command {

/// Says on a terminal how far a long run is: one line, rewritten a few times a second from the
/// first second on, erased at the end.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  /// `write` takes what goes to the terminal, `read_clock` tells the time of the day.
  explicit Progress(std::function<void(std::string_view)> write,
                    std::function<Clock::time_point()> read_clock = Clock::now);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// The run has come to this date and has sent so many messages.
  void show(Instant simulated, std::size_t messages);

 private:
  std::function<void(std::string_view)> write_;
  std::function<Clock::time_point()> read_clock_;
  Clock::time_point next_;
  bool is_shown_ = false;
};

}  // namespace trapezoid::command
