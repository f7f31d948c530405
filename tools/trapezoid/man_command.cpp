#include <algorithm>

#include <fmt/format.h>

#include "tools/trapezoid/command.hpp"
#include "tools/trapezoid/tree.hpp"

namespace trapezoid::command {

namespace {

/// Text for troff: no byte of it is a request or an escape.
std::string troff(std::string_view text) {
  std::string out;
  if (!text.empty() && (text.front() == '.' || text.front() == '\'')) out += "\\&";
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

void append_options(std::string& page, const std::vector<OptionView>& options) {
  for (const OptionView& option : options) {
    std::string names;
    for (const std::string& name : option.names) {
      if (!names.empty()) names += ", ";
      names += "\\fB" + troff(name) + "\\fR";
    }
    if (!option.value.empty())
      names += (names.empty() ? "\\fI" : " \\fI") + troff(option.value) + "\\fR";
    page += ".TP\n" + names + "\n" + troff(option.description) + ".\n";
  }
}

void append_command(std::string& page, const CommandView& view) {
  std::string synopsis = "\\fBtrapezoid " + troff(view.name) + "\\fR";
  for (const OptionView& positional : view.positionals) {
    const std::string argument = fmt::format("\\fI{}\\fR{}", troff(positional.value),
                                             positional.is_repeatable ? " ..." : "");
    synopsis += positional.is_required ? " " + argument : " [" + argument + "]";
  }
  synopsis += " [options]";
  page += ".SS " + troff(view.name) + "\n" + synopsis + "\n.PP\n" + troff(view.description) + ".\n";
  append_options(page, view.positionals);
  std::vector<OptionView> options = view.options;
  options.erase(std::remove_if(options.begin(), options.end(),
                               [](const OptionView& option) {
                                 return option.names.back() == "--help";  // said once, for all
                               }),
                options.end());
  append_options(page, options);
}

constexpr std::string_view kRest = R"(.SH EXIT STATUS
.TP
.B 0
As hoped.
.TP
.B 1
A comparison, lint or expectation failed.
.TP
.B 2
The input or the usage is wrong.
.TP
.B 3
An internal error.
.SH ENVIRONMENT
.TP
.B NO_COLOR
If set and not empty, diagnostics have no colour unless \fB\-\-color always\fR says so.
.TP
.B TERM
A run of more than a second shows how far it is, if standard error is a terminal and this is not
\fBdumb\fR. The line is erased at the end.
.SH FILES
A file is written whole or not at all: under a temporary name beside it, then renamed.
.SH NAMES OF SCENARIOS
Wherever a scenario is taken, a file of that name is used if there is one; else a shipped scenario of
that name, as
.B trapezoid list
shows it. A trace argument may be a scenario too, which is run first. \fB\-\fR is standard input.
.SH EXAMPLES
.PP
.nf
trapezoid run rfc3665/3.2
trapezoid run rfc3665/3.2 \-\-set /elements/3/answering/answer_after_s=5
trapezoid run rfc3665/3.2 \-\-out out \-\-format text,text\-times
trapezoid ladder out/rfc3665\-3.2.trace.jsonl
trapezoid validate \-\-format json my\-scenario.json
.fi
)";

std::string man_page(const std::vector<CommandView>& views) {
  std::string page =
      fmt::format(".TH TRAPEZOID 1 \"\" \"trapezoid {}\" \"User Commands\"\n", TRAPEZOID_VERSION);
  page += ".SH NAME\ntrapezoid \\- simulate SIP call flows\n";
  page += ".SH SYNOPSIS\n\\fBtrapezoid\\fR \\fIcommand\\fR [options]\n";
  page += ".SH DESCRIPTION\n" + troff(views.front().description) + ".\n";
  page += ".SH OPTIONS\n";
  append_options(page, views.front().options);
  page += ".SH COMMANDS\n";
  for (std::size_t i = 1; i < views.size(); ++i) append_command(page, views[i]);
  page += kRest;
  return page;
}

}  // namespace

void add_man(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("man", "Print the manual page, for man -l -");
  command->callback([&app, &action] {
    action = [&app](Output& output) {
      return output.write(man_page(command_views(app))) ? ExitCode::Ok : ExitCode::InternalError;
    };
  });
}

}  // namespace trapezoid::command
