#include "sim/scenario/problem.hpp"

#include <fmt/format.h>

namespace trapezoid::scenario {

std::string to_string(const Problem& problem) {
  std::string text = problem.file;
  if (problem.line > 0) text += fmt::format(":{}:{}", problem.line, problem.column);
  text += ": ";
  if (!problem.pointer.empty()) text += fmt::format("{}: ", problem.pointer);
  text += problem.message;
  return text;
}

}  // namespace trapezoid::scenario
