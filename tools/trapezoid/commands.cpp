#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "tools/trapezoid/command.hpp"

namespace trapezoid::command {

void add_commands(CLI::App& app, Action& action, std::string& color) {
  app.require_subcommand(1);
  app.fallthrough();
  app.get_formatter()->column_width(32);
  app.add_option("--color", color, "Colour of diagnostics")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  add_run(app, action);
  add_validate(app, action);
  add_list(app, action);
  add_ladder(app, action);
  add_stats(app, action);
  add_machines(app, action);
  add_schema(app, action);
  add_completion(app, action);
  add_man(app, action);
  add_version(app, action);
}

CLI::Option* add_number(CLI::App& app, const std::string& name, std::uint64_t low,
                        std::uint64_t high, std::function<void(std::uint64_t)> take,
                        const std::string& description) {
  const auto read = [name, low, high, take = std::move(take)](const std::string& text) {
    const auto number = to_number<std::uint64_t>(text);
    if (!number || *number < low || *number > high)
      throw CLI::ValidationError(
          name, fmt::format("expected a whole number from {} to {}, not \"{}\"", low, high, text));
    take(*number);
  };
  return app.add_option_function<std::string>(name, read, description)->type_name("N");
}

CLI::Option* add_output(CLI::App& app, std::string& path) {
  return app.add_option("-o,--output", path, "Where the result goes instead of standard output")
      ->type_name("FILE");
}

CLI::Option* add_formats(CLI::App& app, std::vector<std::string>& chosen,
                         const std::vector<std::string>& formats) {
  return app.add_option("--format", chosen, "Formats of the result, separated by commas")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(formats));
}

CLI::Option* add_overrides(CLI::App& app, std::vector<std::string>& overrides) {
  return app
      .add_option("--set", overrides,
                  "Override a value of the scenario, by JSON pointer; any number of times")
      ->type_name("/POINTER=VALUE")
      ->allow_extra_args(false);
}

std::vector<std::string> choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}');
  std::vector<std::string> choices;
  if (open == std::string::npos || close == std::string::npos) return choices;
  std::string_view rest = std::string_view(type).substr(open + 1, close - open - 1);
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    choices.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return choices;
}

}  // namespace trapezoid::command
