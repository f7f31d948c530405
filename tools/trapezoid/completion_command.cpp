#include <memory>

#include <fmt/format.h>

#include "tools/trapezoid/command.hpp"
#include "tools/trapezoid/tree.hpp"

namespace trapezoid::command {

namespace {

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::vector<std::string> option_names(const CommandView& view) {
  std::vector<std::string> names;
  for (const OptionView& option : view.options)
    names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

/// One `case` arm of bash for an option with a value: its choices, else file names or nothing.
void append_bash_value(std::string& script, const std::string& verb, const OptionView& option) {
  if (option.value.empty()) return;
  std::string patterns;
  for (const std::string& name : option.names)
    patterns += fmt::format("{}'{} {}'", patterns.empty() ? "" : "|", verb, name);
  std::string reply = "COMPREPLY=()";
  if (!option.choices.empty())
    reply = fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$current\"))", joined(option.choices));
  else if (option.value == "FILE")
    reply = "COMPREPLY=($(compgen -f -- \"$current\"))";
  else if (option.value == "DIR")
    reply = "COMPREPLY=($(compgen -d -- \"$current\"))";
  script += fmt::format("    {}) {}; return ;;\n", patterns, reply);
}

/// Whether an argument is the name of a document that `trapezoid schema` lists.
bool is_document(const OptionView& positional) {
  return positional.names.empty() && positional.value == "NAME";
}

/// What stands where no option is being completed: choices of the first argument, names that a
/// command lists, or files.
std::string bash_words(const CommandView& view, const std::vector<std::string>& options) {
  std::string words = joined(options);
  std::string more;
  if (!view.positionals.empty()) {
    const OptionView& first = view.positionals.front();
    if (!first.choices.empty())
      words += " " + joined(first.choices);
    else
      more = is_document(first) ? "; lister=schema" : "; lister=list files=1";
  }
  return fmt::format("    {}) words='{}'{} ;;\n", view.name, words, more);
}

std::string bash_script(const std::vector<CommandView>& views) {
  const CommandView& program = views.front();
  std::string verbs;
  for (std::size_t i = 1; i < views.size(); ++i)
    verbs += fmt::format("{}{}", i == 1 ? "" : " ", views[i].name);
  std::string script = fmt::format(
      "# bash completion for trapezoid: source it, or put it in a folder of completions.\n"
      "_trapezoid() {{\n"
      "  local current=\"${{COMP_WORDS[COMP_CWORD]}}\" previous=\"${{COMP_WORDS[COMP_CWORD-1]}}\"\n"
      "  local verb='' word words='' lister='' files=''\n"
      "  COMPREPLY=()\n"
      "  if [ \"$current\" = '=' ]; then current=''\n"
      "  elif [ \"$previous\" = '=' ]; then previous=\"${{COMP_WORDS[COMP_CWORD-2]}}\"; fi\n"
      "  for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
      "    case \" {0} \" in *\" $word \"*) verb=\"$word\"; break ;; esac\n"
      "  done\n"
      "  case \"$verb $previous\" in\n",
      verbs);
  for (std::size_t i = 0; i < views.size(); ++i)
    for (const OptionView& option : views[i].options)
      append_bash_value(script, i == 0 ? "" : views[i].name, option);
  for (std::size_t i = 1; i < views.size(); ++i)
    for (const OptionView& option : program.options)
      append_bash_value(script, views[i].name, option);
  script += "  esac\n  case \"$verb\" in\n";
  script += fmt::format("    '') words='{} {}' ;;\n", verbs, joined(option_names(program)));
  for (std::size_t i = 1; i < views.size(); ++i) {
    std::vector<std::string> names = option_names(views[i]);
    for (const std::string& name : option_names(program))
      if (name != "-h" && name != "--help") names.push_back(name);
    script += bash_words(views[i], names);
  }
  script +=
      "  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
      "  [ -z \"$files\" ] || COMPREPLY+=($(compgen -f -- \"$current\"))\n"
      "  [ -z \"$lister\" ] || COMPREPLY+=($(compgen -W \\\n"
      "    \"$(\"${COMP_WORDS[0]}\" \"$lister\" 2>/dev/null | cut -d' ' -f1)\" -- \"$current\"))\n"
      "}\n"
      "complete -o filenames -F _trapezoid trapezoid\n";
  return script;
}

/// Text inside single quotes in a zsh specification, where ":" and brackets mean something.
std::string zsh_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\'') {
      escaped += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string zsh_action(const OptionView& option) {
  if (!option.choices.empty() && option.is_repeatable)  // separated by commas
    return fmt::format("_values -s , value {}", joined(option.choices));
  if (!option.choices.empty()) return fmt::format("({})", joined(option.choices));
  if (option.value == "DIR") return "_files -/";
  if (option.names.empty())
    return is_document(option) ? "_trapezoid_names schema" : "_trapezoid_inputs";
  return option.value == "FILE" ? "_files" : " ";
}

/// One specification a name: another name of the same option is not offered again. A long option
/// takes its value behind "=" too.
void append_zsh_option(std::string& script, const OptionView& option) {
  for (const std::string& name : option.names) {
    const bool takes_equals = !option.value.empty() && name.substr(0, 2) == "--";
    script += fmt::format("        '{}{}{}[{}]",
                          option.is_repeatable ? "*" : fmt::format("({})", joined(option.names)),
                          name, takes_equals ? "=" : "", zsh_text(option.description));
    if (!option.value.empty())
      script += fmt::format(":{}:{}", zsh_text(option.value), zsh_action(option));
    script += "' \\\n";
  }
}

std::string zsh_script(const std::vector<CommandView>& views) {
  std::string script =
      "#compdef trapezoid\n"
      "# What a verb of trapezoid lists: the first word of each line.\n"
      "_trapezoid_names() {\n"
      "  local -a names\n"
      "  names=(${${(f)\"$(_call_program names $program $argv[-1] 2>/dev/null)\"}%% *})\n"
      "  compadd -a \"${(@)argv[1,-2]}\" names\n"
      "}\n"
      "_trapezoid_inputs() {\n"
      "  _alternative 'files:file:_files' 'names:shipped scenario:_trapezoid_names list'\n"
      "}\n"
      "_trapezoid() {\n"
      "  local curcontext=\"$curcontext\" state state_descr program=$words[1]\n"
      "  local -a line verbs\n"
      "  local -A opt_args\n"
      "  verbs=(\n";
  for (std::size_t i = 1; i < views.size(); ++i)
    script += fmt::format("    '{}:{}'\n", views[i].name, zsh_text(views[i].description));
  script += "  )\n  _arguments -C \\\n";
  for (const OptionView& option : views.front().options) append_zsh_option(script, option);
  script +=
      "        '1:command:->verb' '*::argument:->arguments'\n"
      "  case $state in\n"
      "    verb) _describe command verbs ;;\n"
      "    arguments)\n"
      "      case $line[1] in\n";
  for (std::size_t i = 1; i < views.size(); ++i) {
    script += fmt::format("      {}) _arguments \\\n", views[i].name);
    for (const OptionView& option : views[i].options) append_zsh_option(script, option);
    for (const OptionView& positional : views[i].positionals)
      script += fmt::format("        '{}:{}:{}' \\\n", positional.is_repeatable ? "*" : "",
                            zsh_text(positional.value), zsh_action(positional));
    script += "        ;;\n";
  }
  script +=
      "      esac ;;\n"
      "  esac\n"
      "}\n"
      "if [ \"$funcstack[1]\" = _trapezoid ]; then _trapezoid \"$@\"; else compdef _trapezoid "
      "trapezoid; fi\n";
  return script;
}

}  // namespace

void add_completion(CLI::App& app, Action& action) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completion", "Print the completion script of a shell");
  command->add_option("SHELL", *shell, "Which shell")
      ->required()
      ->type_name("")
      ->check(one_of({"bash", "zsh"}));
  command->footer(
      "bash: source <(trapezoid completion bash)\n"
      "zsh:  source <(trapezoid completion zsh), after compinit");
  command->callback([shell, &app, &action] {
    action = [shell, &app](Output& output) {
      const auto views = command_views(app);
      const bool is_written =
          output.write(*shell == "bash" ? bash_script(views) : zsh_script(views));
      return is_written ? ExitCode::Ok : ExitCode::InternalError;
    };
  });
}

}  // namespace trapezoid::command
