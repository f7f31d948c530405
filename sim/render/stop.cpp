#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "sim/render/text.hpp"
#include "sim/stats/metrics.hpp"

namespace trapezoid::render {
namespace {

/// "30", "0.5".
std::string seconds(std::int64_t ns) {
  std::string text = fmt::format("{}.{:09}", ns / 1'000'000'000, ns % 1'000'000'000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string count_of(std::size_t count, std::string_view thing, std::string_view what) {
  return fmt::format("{} {}{} {}", count, thing, count == 1 ? "" : "s", what);
}

/// What was going on when the trace ends: "1 call not hung up", ...
std::vector<std::string> left_over(const trace::Trace& trace) {
  std::size_t unanswered = 0;
  std::size_t talking = 0;
  for (const stats::Call& call : stats::compute_metrics(trace).calls) {
    if (call.outcome == stats::Outcome::Unanswered) ++unanswered;
    if (call.is_established() && !call.is_completed) ++talking;
  }
  const auto messages = trace::messages(trace);
  const auto flying = std::count_if(messages.begin(), messages.end(), [](const auto* message) {
    return message->fate == trace::Fate::InFlight;
  });
  std::vector<std::string> things;
  if (unanswered != 0) things.push_back(count_of(unanswered, "call", "unanswered"));
  if (talking != 0) things.push_back(count_of(talking, "call", "not hung up"));
  if (flying != 0)
    things.push_back(count_of(static_cast<std::size_t>(flying), "message",
                              flying == 1 ? "on its way" : "on their way"));
  return things;
}

}  // namespace

std::string describe_stop(const trace::Trace& trace, std::string_view reason) {
  if (!trace.stopped_ns) return {};
  std::string text = fmt::format("stopped at {} s", seconds(*trace.stopped_ns));
  if (!reason.empty()) text += fmt::format(", {}", reason);
  const std::vector<std::string> things = left_over(trace);
  if (things.empty()) return text + "; timers were still running";
  for (std::size_t i = 0; i < things.size(); ++i) {
    text += i == 0 ? ", with " : i + 1 == things.size() ? " and " : ", ";
    text += things[i];
  }
  return text;
}

std::string render_end(const trace::Trace& trace) {
  const std::string text = describe_stop(trace);
  return text.empty() ? text : fmt::format("End\n  {}\n", text);
}

}  // namespace trapezoid::render
