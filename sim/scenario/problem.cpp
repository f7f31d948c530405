#include "sim/scenario/problem.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace trapezoid::scenario {

namespace {

constexpr std::size_t kMostShownBytes = 1000;

/// Text from a file as one line for a terminal: controls are escaped, what is very long is cut.
std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (shown.size() >= kMostShownBytes && (byte & 0xc0U) != 0x80) return shown + "...";
    const bool is_c1 =
        byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (byte < 0x20 || byte == 0x7f)
      shown += fmt::format("\\u{:04x}", byte);
    else if (is_c1)
      shown += fmt::format("\\u{:04x}", static_cast<unsigned char>(text[++i]));
    else
      shown += text[i];
  }
  return shown;
}

}  // namespace

std::string to_string(const Problem& problem) {
  std::string text = printable(problem.file);
  if (problem.line > 0) text += fmt::format(":{}:{}", problem.line, problem.column);
  text += ": ";
  if (!problem.pointer.empty()) text += fmt::format("{}: ", printable(problem.pointer));
  text += printable(problem.message);
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
