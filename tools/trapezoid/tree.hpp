#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace trapezoid::command {

/// One option or positional argument of a command, as completion and man page need it.
struct OptionView {
  std::vector<std::string> names;    ///< "--format", "-o"; empty for a positional argument.
  std::string value;                 ///< "FILE", "text,json"; empty for a flag.
  std::vector<std::string> choices;  ///< The values allowed, where they are listed.
  std::string description;
  bool is_required = false;
  bool is_repeatable = false;
};

/// One command of the tree.
struct CommandView {
  std::string name;
  std::string description;
  std::vector<OptionView> options;      ///< With "-": in the order of their declaration.
  std::vector<OptionView> positionals;  ///< In the order of the command line.
};

/// The command line as data, read off the CLI11 tree: first the program itself, then its verbs.
std::vector<CommandView> command_views(const CLI::App& app);

}  // namespace trapezoid::command
