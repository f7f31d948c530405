#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "sim/render/ladder.hpp"
#include "sim/render/stats.hpp"
#include "sim/render/text.hpp"
#include "sim/stats/metrics.hpp"
#include "sim/trace/format.hpp"
#include "sim/trace/printable.hpp"
#include "tools/trapezoid/command.hpp"
#include "tools/trapezoid/input.hpp"
#include "tools/trapezoid/troubles.hpp"
#if TRAPEZOID_HAS_SIMGRID
#include "sim/world/settings.hpp"
#endif

namespace trapezoid::command {

namespace {

/// Options of `trapezoid run`.
struct RunOptions {
  std::string scenario;                ///< Path of a scenario, or "-" for standard input.
  std::optional<std::uint64_t> seed;   ///< Same scenario and seed, same bytes out.
  std::vector<std::string> overrides;  ///< /pointer=value.
  std::string folder;                  ///< Where trace and reports are kept; empty: nowhere.
  std::vector<std::string> formats{"text"};
  std::vector<std::string> simgrid_settings;
  std::string output;
};

/// The end of a report's file name.
std::string suffix_of(const std::string& format) {
  if (format == "json") return ".json";
  return format == "text" ? ".txt" : "." + format.substr(format.find('-') + 1) + ".txt";
}

std::string report(const trace::Trace& trace, const std::string& format) {
  const render::Ladder ladder = render::make_ladder(trace);
  if (format == "json") return render::render_json(ladder);
  std::string text = trace::printable(trace.header.title);
  text += "\n\n";
  text += format == "text-times" ? render::render_text_times(trace) : render::render_text(ladder);
  if (const std::string troubles = render_troubles(trace); !troubles.empty())
    text += "\n" + troubles;
  if (const std::string end = render::render_end(trace); !end.empty()) text += "\n" + end;
  if (format != "text-times") {
    text += '\n';
    text += render::render_stats(stats::compute_metrics(trace), trace.header);
  }
  text += '\n';
  text += render::render_model_box(trace.header);
  text += fmt::format("\nSHA-256 of the trace: {}\n", trace::trace_sha256(trace));
  return text;
}

scenario::CallOutcome outcome_of(const stats::Call& call) {
  using scenario::CallOutcome;
  if (call.is_established())
    return call.is_completed ? CallOutcome::EstablishedAndEnded : CallOutcome::Established;
  if (call.status == 487) return CallOutcome::Cancelled;
  const bool is_failure = call.status == 0 || call.status == 408 || call.status / 100 == 5;
  return is_failure ? CallOutcome::Failed : CallOutcome::Rejected;
}

/// Whether the run is what the scenario expects; what is otherwise is said.
bool meets(const scenario::Expectation& expect, const trace::Trace& trace, const Output& output) {
  bool is_met = true;
  const std::size_t count = trace::messages(trace).size();
  if (expect.messages && count != *expect.messages) {
    output.error(fmt::format("expected {} messages, there were {}", *expect.messages, count));
    is_met = false;
  }
  if (!expect.outcome) return is_met;
  const auto calls = stats::compute_metrics(trace).calls;
  if (calls.empty()) {
    output.error(fmt::format("expected a call that is {}, there was no call",
                             scenario::to_string(*expect.outcome)));
    return false;
  }
  for (const stats::Call& call : calls) {
    if (outcome_of(call) == *expect.outcome) continue;
    output.error(fmt::format("expected that the call {} is {}, it is {}", call.call_id,
                             scenario::to_string(*expect.outcome),
                             scenario::to_string(outcome_of(call))));
    is_met = false;
  }
  return is_met;
}

/// The trace and one file a format, in the folder that the user named.
bool keep(const trace::Trace& trace, const RunOptions& options, const std::string& name,
          Output& output) {
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) {
    output.error(fmt::format("cannot make the folder \"{}\": {}", options.folder, error.message()));
    return false;
  }
  const std::string base = (std::filesystem::path(options.folder) / name).string();
  if (!output.write(trace::write_trace(trace), base + ".trace.jsonl")) return false;
  return std::ranges::all_of(options.formats, [&](const std::string& format) {
    return output.write(report(trace, format), base + suffix_of(format));
  });
}

ExitCode run(const RunOptions& options, Output& output) {
  const auto overrides = read_overrides(options.overrides, output);
  if (!overrides) return ExitCode::BadInput;
  const auto scenario = load_scenario_argument(options.scenario, *overrides);
  if (!scenario) {
    output.problems(scenario.error());
    return ExitCode::BadInput;
  }
  const auto trace = run_scenario(*scenario, options.seed, options.simgrid_settings, output);
  if (!trace) return ExitCode::BadInput;
  if (!options.folder.empty() && !keep(*trace, options, scenario->name, output))
    return ExitCode::BadInput;
  std::string text;
  for (const std::string& format : options.formats) {
    if (!text.empty()) text += '\n';
    text += report(*trace, format);
  }
  if (!output.write(text, options.output))
    return options.output.empty() ? ExitCode::InternalError : ExitCode::BadInput;
  return meets(scenario->expect, *trace, output) ? ExitCode::Ok : ExitCode::ExpectationFailed;
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Simulate one scenario and draw its ladder");
  command
      ->add_option("SCENARIO", options->scenario,
                   "Scenario file, name of a shipped scenario, - for standard input")
      ->required()
      ->type_name("");
  add_number(
      *command, "--seed", 0, std::numeric_limits<std::uint64_t>::max(),
      [options](std::uint64_t seed) { options->seed = seed; },
      "Seed of every random choice, instead of the scenario's");
  add_overrides(*command, options->overrides);
  command
      ->add_option("--out", options->folder,
                   "Also write NAME.trace.jsonl and a file per format in this folder")
      ->type_name("DIR");
  add_formats(*command, options->formats, {"text", "text-times", "json"});
  CLI::Option* simgrid = command
                             ->add_option("--simgrid", options->simgrid_settings,
                                          "A setting of SimGrid that cannot change results, as "
                                          "contexts/factory:thread; any number of times")
                             ->type_name("KEY:VALUE")
                             ->allow_extra_args(false);
#if TRAPEZOID_HAS_SIMGRID
  simgrid->check(CLI::Validator(
      [](std::string& setting) {
        return world::find_setting_mistake(setting).value_or(std::string());
      },
      ""));
#else
  static_cast<void>(simgrid);
#endif
  add_output(*command, options->output);
  command->footer(
      "Examples:\n"
      "  trapezoid run rfc3665/3.2\n"
      "  trapezoid run rfc3665/3.2 --set /elements/3/answering/answer_after_s=5\n"
      "  trapezoid run my-scenario.json --out results --format text,text-times");
  command->callback(
      [options, &action] { action = [options](Output& output) { return run(*options, output); }; });
}

}  // namespace trapezoid::command
