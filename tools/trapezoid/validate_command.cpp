#include <memory>

#include <fmt/format.h>

#include "tools/trapezoid/command.hpp"
#include "tools/trapezoid/input.hpp"

namespace trapezoid::command {

namespace {

/// Options of `trapezoid validate`.
struct ValidateOptions {
  std::vector<std::string> scenarios;
  std::vector<std::string> overrides;
  std::string format = "text";
  std::string output;
};

std::string count_of(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

ExitCode validate(const ValidateOptions& options, Output& output) {
  const auto overrides = read_overrides(options.overrides, output);
  if (!overrides) return ExitCode::BadInput;
  const bool is_json = options.format == "json";
  ExitCode exit_code = ExitCode::Ok;
  std::string text = is_json ? "[" : "";
  for (const std::string& name : options.scenarios) {
    const auto scenario = load_scenario_argument(name, *overrides);
    if (!scenario) exit_code = ExitCode::BadInput;
    if (is_json)
      text += fmt::format(
          R"({}{{"file":{},"valid":{},"problems":{}}})", text.size() > 1 ? ",\n " : "\n ",
          scenario::json_text(name), static_cast<bool>(scenario),
          scenario::to_json(scenario ? std::vector<scenario::Problem>() : scenario.error()));
    else if (scenario)
      text +=
          fmt::format("{}: valid, {}, {}\n", name, count_of(scenario->elements.size(), "element"),
                      count_of(scenario->actions.size(), "action"));
    else
      output.problems(scenario.error());
  }
  if (is_json) text += "\n]\n";
  if (output.write(text, options.output)) return exit_code;
  return options.output.empty() ? ExitCode::InternalError : ExitCode::BadInput;
}

}  // namespace

void add_validate(CLI::App& app, Action& action) {
  auto options = std::make_shared<ValidateOptions>();
  CLI::App* command =
      app.add_subcommand("validate", "Check scenarios and report every mistake in them");
  command
      ->add_option("SCENARIO", options->scenarios,
                   "Scenario files or names of shipped ones, - for standard input")
      ->required()
      ->type_name("");
  add_overrides(*command, options->overrides);
  add_format(*command, options->format, {"text", "json"}, "Format of the verdicts and problems");
  add_output(*command, options->output);
  command->callback([options, &action] {
    action = [options](Output& output) { return validate(*options, output); };
  });
}

}  // namespace trapezoid::command
