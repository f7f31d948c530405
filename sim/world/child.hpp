#pragma once

#include <functional>
#include <string>

namespace trapezoid::world {

/// How a child process ended.
struct ChildOutcome {
  bool has_ended_well = false;  ///< The body returned; `result` is whole.
  std::string result;           ///< What the body returned.
  std::string said;             ///< What it wrote to standard error, or the exception it died of.
};

/// Runs `body` in a forked child and waits for it: one process can run one simulation, and SimGrid
/// answers some mistakes by ending the process.
ChildOutcome run_in_child(const std::function<std::string()>& body);

}  // namespace trapezoid::world
