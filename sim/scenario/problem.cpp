#include "sim/scenario/problem.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace trapezoid::scenario {

std::string to_string(const Problem& problem) {
  std::string text = problem.file;
  if (problem.line > 0) text += fmt::format(":{}:{}", problem.line, problem.column);
  text += ": ";
  if (!problem.pointer.empty()) text += fmt::format("{}: ", problem.pointer);
  text += problem.message;
  return text;
}

std::string json_text(std::string_view text) {
  using nlohmann::json;
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string to_json(const std::vector<Problem>& problems) {
  std::string text = "[";
  for (const Problem& problem : problems)
    text += fmt::format(R"({}{{"file":{},"line":{},"column":{},"pointer":{},"message":{}}})",
                        text.size() > 1 ? "," : "", json_text(problem.file), problem.line,
                        problem.column, json_text(problem.pointer), json_text(problem.message));
  return text + "]";
}

}  // namespace trapezoid::scenario
