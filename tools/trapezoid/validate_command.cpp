#include <memory>

#include <fmt/format.h>

#include "sim/scenario/load.hpp"
#include "tools/trapezoid/command.hpp"
#include "tools/trapezoid/input.hpp"

namespace trapezoid::command {

namespace {

/// Options of `trapezoid validate`.
struct ValidateOptions {
  std::vector<std::string> scenarios;
  std::vector<std::string> overrides;
};

ExitCode validate(const ValidateOptions& options, Output& output) {
  const auto overrides = read_overrides(options.overrides, output);
  if (!overrides) return ExitCode::BadInput;
  ExitCode exit_code = ExitCode::Ok;
  std::string text;
  for (const std::string& path : options.scenarios) {
    const auto scenario = scenario::load_scenario(path, *overrides);
    if (!scenario) {
      output.problems(scenario.error());
      exit_code = ExitCode::BadInput;
      continue;
    }
    text += fmt::format("{}: valid, {} elements, {} actions\n", path, scenario->elements.size(),
                        scenario->actions.size());
  }
  return output.write(text) ? exit_code : ExitCode::InternalError;
}

}  // namespace

void add_validate(CLI::App& app, Action& action) {
  auto options = std::make_shared<ValidateOptions>();
  CLI::App* command =
      app.add_subcommand("validate", "Check scenarios and report every mistake in them");
  command->add_option("scenario", options->scenarios, "Scenario files, - for standard input")
      ->required()
      ->type_name("SCENARIO");
  add_overrides(*command, options->overrides);
  command->callback([options, &action] {
    action = [options](Output& output) { return validate(*options, output); };
  });
}

}  // namespace trapezoid::command
