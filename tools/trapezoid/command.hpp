#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "tools/trapezoid/output.hpp"

namespace trapezoid::command {

/// What the program returns. BadInput covers usage, files and everything the user can mend.
enum class ExitCode : int { Ok = 0, ExpectationFailed = 1, BadInput = 2, InternalError = 3 };

/// What the chosen subcommand will do, set while the command line is read and called afterwards:
/// nothing happens while the command line may still be wrong.
using Action = std::function<ExitCode(Output& output)>;

/// "trapezoid 0.1.0" and what belongs to it, a line each.
std::string version_text();

/// Builds the command tree. `action` and `color` outlive `app`.
void add_commands(CLI::App& app, Action& action, std::string& color);

// One function a verb, in the file of its name.
void add_run(CLI::App& app, Action& action);
void add_validate(CLI::App& app, Action& action);
void add_list(CLI::App& app, Action& action);
void add_ladder(CLI::App& app, Action& action);
void add_stats(CLI::App& app, Action& action);
void add_machines(CLI::App& app, Action& action);
void add_schema(CLI::App& app, Action& action);
void add_completion(CLI::App& app, Action& action);
void add_man(CLI::App& app, Action& action);
void add_version(CLI::App& app, Action& action);

/// An option that takes a whole number, in decimal digits and nothing else.
CLI::Option* add_number(CLI::App& app, const std::string& name, std::uint64_t low,
                        std::uint64_t high, std::function<void(std::uint64_t)> take,
                        const std::string& description);

/// `-o,--output`: where the result goes; empty or "-" is standard output.
CLI::Option* add_output(CLI::App& app, std::string& path);

/// A word that must be one of `words`.
CLI::Validator one_of(const std::vector<std::string>& words);

/// `--format`, one of `formats`, which `format` already is.
CLI::Option* add_format(CLI::App& app, std::string& format, const std::vector<std::string>& formats,
                        const std::string& description);

/// `--format`, one or several of `formats`, separated by commas.
CLI::Option* add_formats(CLI::App& app, std::vector<std::string>& chosen,
                         const std::vector<std::string>& formats);

/// `--set`, any number of times.
CLI::Option* add_overrides(CLI::App& app, std::vector<std::string>& overrides);

/// "text" and "json" of an option that is restricted to `{text,json}`; else nothing.
std::vector<std::string> choices_of(const CLI::Option& option);

}  // namespace trapezoid::command
