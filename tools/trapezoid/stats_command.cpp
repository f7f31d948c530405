#include <memory>

#include "sim/render/stats.hpp"
#include "sim/render/text.hpp"
#include "sim/stats/metrics.hpp"
#include "tools/trapezoid/command.hpp"
#include "tools/trapezoid/input.hpp"

namespace trapezoid::command {

namespace {

/// Options of `trapezoid stats`.
struct StatsOptions {
  std::string trace;
  std::string format = "text";
  std::string output;
  render::StatsOptions text;
};

ExitCode show(const StatsOptions& options, Output& output) {
  const auto trace = read_trace_argument(options.trace, output);
  if (!trace) return ExitCode::BadInput;
  const stats::Metrics metrics = stats::compute_metrics(*trace);
  std::string text;
  if (options.format == "json") {
    text = render::render_stats_json(metrics, trace->header);
  } else {
    text = render::render_stats(metrics, trace->header, options.text);
    if (const std::string end = render::render_end(*trace); !end.empty()) text += "\n" + end;
    text += '\n';
    text += render::render_model_box(trace->header);
  }
  if (output.write(text, options.output)) return ExitCode::Ok;
  return options.output.empty() ? ExitCode::InternalError : ExitCode::BadInput;
}

}  // namespace

void add_stats(CLI::App& app, Action& action) {
  auto options = std::make_shared<StatsOptions>();
  CLI::App* command =
      app.add_subcommand("stats", "Show the metrics of RFC 6076 and the delay of every hop");
  command
      ->add_option("TRACE", options->trace,
                   "Trace, scenario or name of a shipped scenario (which is run first), - for "
                   "standard input")
      ->required()
      ->type_name("");
  add_format(*command, options->format, {"text", "json"}, "Format of the metrics");
  add_number(
      *command, "--rows", 0, 1'000'000'000,
      [options](std::uint64_t rows) { options->text.max_rows = rows; },
      "Most calls and hops that the text shows (100)");
  add_output(*command, options->output);
  command->callback([options, &action] {
    action = [options](Output& output) { return show(*options, output); };
  });
}

}  // namespace trapezoid::command
