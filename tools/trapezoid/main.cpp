#include <csignal>
#include <exception>
#include <optional>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "tools/trapezoid/command.hpp"

namespace trapezoid::command {
namespace {

/// The names of an application's subcommands.
std::vector<std::string> verbs_of(const CLI::App& app) {
  std::vector<std::string> verbs;
  for (const CLI::App* command : app.get_subcommands(nullptr)) verbs.push_back(command->get_name());
  return verbs;
}

/// "--seed", "-o", ... of an application.
std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

std::string with_guess(std::string message, std::string_view word,
                       const std::vector<std::string>& known) {
  if (const auto guess = nearest(word, known)) message += fmt::format(", did you mean {}?", *guess);
  return message;
}

/// The first word that stands where a command is expected.
std::optional<std::string> find_first_word(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--color")
      ++i;
    else if (!arguments[i].empty() && arguments[i].front() != '-')
      return arguments[i];
  }
  return std::nullopt;
}

/// "--seed: 1 required TEXT missing", "--seed: At Most 1 required but received 2".
std::string explain_mismatch(const std::string& said) {
  const std::string name = said.substr(0, said.find(':'));
  if (said.find("At Most") != std::string::npos)
    return fmt::format("{} may stand only once, with one value", name);
  return fmt::format("{}: a value is missing", name);
}

/// What to say about a command line that CLI11 did not take.
std::string explain(const CLI::App& app, const CLI::ParseError& error,
                    const std::vector<std::string>& arguments) {
  const auto chosen = app.get_subcommands();
  if (const auto word = find_first_word(arguments); word && chosen.empty())
    return with_guess(fmt::format("there is no command \"{}\"", *word), *word, verbs_of(app));
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  std::string said = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return explain_mismatch(said);
  const bool is_required = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  if (dynamic_cast<const CLI::ExtrasError*>(&error) == nullptr && !is_required) return said;
  // An unknown option is more telling than what is missing because of it.
  for (const std::string& extra : app.remaining(true)) {
    if (extra.size() < 2 || extra.front() != '-') continue;
    const std::string name = extra.substr(0, extra.find('='));
    std::vector<std::string> known = options_of(command);
    if (&command != &app)
      for (std::string& option : options_of(app)) known.push_back(std::move(option));
    return with_guess(fmt::format("there is no option {}", name), name, known);
  }
  if (is_required)
    return chosen.empty() ? "a command is missing"
                          : fmt::format("{} is missing", said.substr(0, said.find(' ')));
  const std::vector<std::string> extras = app.remaining(true);
  return extras.empty() ? said : fmt::format("nothing is to be done with \"{}\"", extras.front());
}

int fail(const Output& output, const CLI::App& app, const std::string& message) {
  const auto chosen = app.get_subcommands();
  const std::string verb = chosen.empty() ? "" : " " + chosen.front()->get_name();
  output.error(message);
  output.note(fmt::format("try \"trapezoid{} --help\"", verb));
  return static_cast<int>(ExitCode::BadInput);
}

Color to_color(const std::string& word) {
  if (word == "always") return Color::Always;
  return word == "never" ? Color::Never : Color::Auto;
}

int run_command_line(int argc, char** argv) {
  CLI::App app("Simulates SIP call flows and shows them as ladders, statistics and traces",
               "trapezoid");
  Action action;
  std::string color = "auto";
  add_commands(app, action, color);
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && arguments.front() == "help") {  // as many other programs have it
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
  }
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp& call) {
    if (app.get_subcommands().empty() && find_first_word(arguments))
      return fail(Output(to_color(color)), app, explain(app, call, arguments));
    Output output(to_color(color));
    const bool is_written = output.write(app.help());
    return static_cast<int>(is_written ? ExitCode::Ok : ExitCode::InternalError);
  } catch (const CLI::CallForVersion&) {
    Output output(to_color(color));
    const bool is_written = output.write(version_text() + "\n");
    return static_cast<int>(is_written ? ExitCode::Ok : ExitCode::InternalError);
  } catch (const CLI::ParseError& error) {
    return fail(Output(to_color(color)), app, explain(app, error, arguments));
  }
  Output output(to_color(color));
  return static_cast<int>(action(output));
}

}  // namespace
}  // namespace trapezoid::command

int main(int argc, char** argv) {
  using namespace trapezoid::command;  // NOLINT(google-build-using-namespace)
  // A reader that goes away is noticed when writing.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  try {
    return run_command_line(argc, argv);
  } catch (const std::exception& error) {
    Output(Color::Never).error(fmt::format("internal error: {}", error.what()));
    return static_cast<int>(ExitCode::InternalError);
  }
}
