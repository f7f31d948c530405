#include "tools/trapezoid/tree.hpp"

#include "tools/trapezoid/command.hpp"

namespace trapezoid::command {

namespace {

OptionView view_of(const CLI::Option& option) {
  OptionView view;
  for (const std::string& name : option.get_snames()) view.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) view.names.push_back("--" + name);
  view.description = option.get_description();
  view.is_required = option.get_required();
  view.is_repeatable = option.get_items_expected_max() > 1;
  if (option.get_items_expected_max() == 0) return view;  // a flag
  view.choices = choices_of(option);
  view.value = option.get_type_name();
  if (!view.choices.empty()) {
    view.value.clear();
    for (const std::string& choice : view.choices)
      view.value += (view.value.empty() ? "" : "|") + choice;
  }
  return view;
}

CommandView view_of(const CLI::App& app) {
  CommandView view;
  view.name = app.get_name();
  view.description = app.get_description();
  for (const CLI::Option* option : app.get_options()) {
    OptionView read = view_of(*option);
    if (read.names.empty()) {
      if (read.value.empty()) read.value = option->get_name();
      view.positionals.push_back(std::move(read));
    } else {
      view.options.push_back(std::move(read));
    }
  }
  return view;
}

}  // namespace

std::vector<CommandView> command_views(const CLI::App& app) {
  std::vector<CommandView> views{view_of(app)};
  for (const CLI::App* command : app.get_subcommands(nullptr)) views.push_back(view_of(*command));
  return views;
}

}  // namespace trapezoid::command
