#include <memory>

#include "sim/render/ladder.hpp"
#include "sim/render/text.hpp"
#include "tools/trapezoid/command.hpp"
#include "tools/trapezoid/input.hpp"
#include "tools/trapezoid/troubles.hpp"

namespace trapezoid::command {

namespace {

/// Options of `trapezoid ladder`.
struct LadderOptions {
  std::string trace;
  std::string format = "text";
  std::string output;
  render::TextOptions text;
};

ExitCode draw(const LadderOptions& options, Output& output) {
  const auto trace = read_trace_argument(options.trace, output);
  if (!trace) return ExitCode::BadInput;
  const render::Ladder ladder = render::make_ladder(*trace);
  std::string text;
  if (options.format == "json") {
    text = render::render_json(ladder);
  } else {
    text = options.format == "text" ? render::render_text(ladder, options.text)
                                    : render::render_text_times(*trace);
    if (const std::string troubles = render_troubles(*trace); !troubles.empty())
      text += "\n" + troubles;
    if (const std::string end = render::render_end(*trace); !end.empty()) text += "\n" + end;
    text += '\n';
    text += render::render_model_box(trace->header);
  }
  if (output.write(text, options.output)) return ExitCode::Ok;
  return options.output.empty() ? ExitCode::InternalError : ExitCode::BadInput;
}

}  // namespace

void add_ladder(CLI::App& app, Action& action) {
  auto options = std::make_shared<LadderOptions>();
  CLI::App* command = app.add_subcommand("ladder", "Draw the ladder of a trace or scenario");
  command
      ->add_option("TRACE", options->trace,
                   "Trace, scenario or name of a shipped scenario (which is run first), - for "
                   "standard input")
      ->required()
      ->type_name("");
  add_format(*command, options->format, {"text", "text-times", "json"}, "Format of the ladder");
  add_number(
      *command, "--width", 0, 1000, [options](std::uint64_t width) { options->text.width = width; },
      "Characters a line of the text ladder; 0 is as wide as RFC 3665 draws");
  add_output(*command, options->output);
  command->callback([options, &action] {
    action = [options](Output& output) { return draw(*options, output); };
  });
}

}  // namespace trapezoid::command
