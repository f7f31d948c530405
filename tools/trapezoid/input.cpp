#include "tools/trapezoid/input.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "sim/render/report_kind.hpp"
#include "sim/render/text.hpp"
#include "sim/trace/format.hpp"
#include "tools/trapezoid/progress.hpp"
#include "tools/trapezoid/scenario_files.hpp"
#if TRAPEZOID_HAS_SIMGRID
#include "sim/run/simulate.hpp"
#endif

namespace trapezoid::command {

namespace {

/// Reads the file that an argument means, which is then `path`; fails with what to say.
Result<std::string, scenario::FileError> read_argument(const std::string& argument,
                                                       std::string& path) {
  if (argument.empty()) return scenario::FileError{"the name of a file is empty"};
  path = find_scenario(argument);
  auto text = scenario::read_file(path, trace::kMaxTraceBytes);
  if (text) return std::move(*text);
  std::string message = text.error().message;
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) return scenario::FileError{message};
  if (const auto guess = nearest_scenario(argument))
    message += fmt::format(", did you mean the shipped scenario {}?", *guess);
  else
    message += "; \"trapezoid list\" names the shipped scenarios";
  return scenario::FileError{message};
}

/// What a text is that cannot be meant as a scenario either.
std::optional<std::string> name_what_is_no_trace(std::string_view text) {
  if (auto kind = render::find_report_kind(text)) return kind;
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return "an empty file";
  if (text[start] != '{') return "no JSON object";
  return std::nullopt;
}

}  // namespace

scenario::Loaded load_scenario_argument(const std::string& argument,
                                        const std::vector<scenario::Override>& overrides) {
  std::string path;
  const auto text = read_argument(argument, path);
  if (!text) return std::vector<scenario::Problem>{{path, 1, 1, "", text.error().message}};
  if (trace::looks_like_trace(*text))
    return std::vector<scenario::Problem>{
        {path, 1, 1, "", "this is a trace, expected a scenario; try \"trapezoid ladder\""}};
  auto scenario = scenario::load_scenario_text(*text, path, overrides);
  if (scenario) return scenario;
  if (const auto kind = render::find_report_kind(*text))
    return std::vector<scenario::Problem>{
        {path, 1, 1, "", fmt::format("this is {}, expected a scenario", *kind)}};
  return scenario;
}

std::optional<std::vector<scenario::Override>> read_overrides(const std::vector<std::string>& texts,
                                                              Output& output) {
  std::vector<scenario::Override> overrides;
  bool is_right = true;
  for (const std::string& text : texts) {
    auto parsed = scenario::parse_override(text);
    if (parsed) {
      overrides.push_back(std::move(*parsed));
    } else {
      output.error(fmt::format("--set: {}", parsed.error()));
      is_right = false;
    }
  }
  if (!is_right) return std::nullopt;
  return overrides;
}

std::optional<trace::Trace> run_scenario(const scenario::Scenario& scenario,
                                         std::optional<std::uint64_t> seed,
                                         const std::vector<std::string>& simgrid_settings,
                                         Output& output) {
#if TRAPEZOID_HAS_SIMGRID
  std::optional<Progress> progress;
  run::RunOptions options{seed, simgrid_settings, nullptr};
  if (output.has_terminal()) {
    progress.emplace([&output](std::string_view text) { output.rewrite(text); });
    options.on_progress = [&progress](Instant now, std::size_t messages) {
      progress->show(now, messages);
    };
  }
  auto trace = run::simulate(scenario, options);
  progress.reset();
  if (trace) {
    const std::string stop = render::describe_stop(
        *trace, scenario.stop_at ? "as stop_at_s says" : "a day after the last action");
    if (!stop.empty()) output.note(stop);
    return std::move(*trace);
  }
  for (const std::string& mistake : trace.error()) output.error(mistake);
#else
  static_cast<void>(scenario), static_cast<void>(seed), static_cast<void>(simgrid_settings);
  output.error(
      "this trapezoid was built without SimGrid (TRAPEZOID_SIMGRID=OFF): it cannot run "
      "scenarios");
#endif
  return std::nullopt;
}

std::optional<trace::Trace> read_trace_argument(const std::string& argument, Output& output) {
  std::string path;
  const auto text = read_argument(argument, path);
  if (!text) {
    output.error(text.error().message);
    return std::nullopt;
  }
  if (trace::looks_like_trace(*text)) {
    auto trace = trace::read_trace(*text);
    if (trace) return std::move(*trace);
    output.error(fmt::format("{}:{}{}", path, trace.error().line == 0 ? " " : "",
                             trace::to_string(trace.error())));
    return std::nullopt;
  }
  const auto scenario = scenario::load_scenario_text(*text, path);
  if (!scenario) {
    if (const auto kind = name_what_is_no_trace(*text))
      output.error(
          fmt::format("{}: this is {}; expected a trace, which \"trapezoid run --out DIR\" "
                      "keeps as NAME.trace.jsonl, or a scenario",
                      path, *kind));
    else
      output.problems(scenario.error());
    return std::nullopt;
  }
  return run_scenario(*scenario, std::nullopt, {}, output);
}

}  // namespace trapezoid::command
