#include <algorithm>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "tools/trapezoid/command.hpp"

namespace trapezoid::command {

void add_commands(CLI::App& app, Action& action, std::string& color) {
  app.require_subcommand(1);
  app.fallthrough();
  app.get_formatter()->column_width(32);
  app.get_formatter()->label("REQUIRED", "");
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.set_version_flag("--version", version_text(), "Print the version and exit");
  app.add_option("--color", color, "Colour of diagnostics")
      ->type_name("WHEN")
      ->check(one_of({"auto", "always", "never"}))
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
  for (CLI::App* command : app.get_subcommands(nullptr)) command->group("Commands");
  app.footer(
      "Start with: trapezoid list, then trapezoid run NAME.\n"
      "Help to one command: trapezoid COMMAND --help.");
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

CLI::Validator one_of(const std::vector<std::string>& words) {
  const auto check = [words](std::string& word) {
    if (std::find(words.begin(), words.end(), word) != words.end()) return std::string();
    std::string message =
        fmt::format("expected {} or {}, not \"{}\"",
                    fmt::join(words.begin(), words.end() - 1, ", "), words.back(), word);
    if (const auto guess = nearest(word, words))
      message += fmt::format(", did you mean {}?", *guess);
    return message;
  };
  return {check, fmt::format("{{{}}}", fmt::join(words, ","))};
}

CLI::Option* add_format(CLI::App& app, std::string& format, const std::vector<std::string>& formats,
                        const std::string& description) {
  return app.add_option("--format", format, description)
      ->type_name("FORMAT")
      ->check(one_of(formats))
      ->capture_default_str();
}

CLI::Option* add_formats(CLI::App& app, std::vector<std::string>& chosen,
                         const std::vector<std::string>& formats) {
  return app
      .add_option("--format", chosen,
                  "Formats of the result, separated by commas: text is ladder and statistics, "
                  "text-times one line a message")
      ->type_name("FORMAT")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(one_of(formats));
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
