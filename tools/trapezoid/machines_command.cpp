#include <memory>

#include "sim/transaction/figures.hpp"
#include "tools/trapezoid/command.hpp"

namespace trapezoid::command {

namespace {

/// Options of `trapezoid machines`.
struct MachinesOptions {
  std::string format = "text";
  std::string output;
};

ExitCode print_machines(const MachinesOptions& options, Output& output) {
  std::string text;
  for (const transaction::Figure& figure : transaction::figures()) {
    if (!text.empty()) text += '\n';
    text +=
        options.format == "text" ? transaction::to_text(figure) : transaction::to_mermaid(figure);
  }
  if (output.write(text, options.output)) return ExitCode::Ok;
  return options.output.empty() ? ExitCode::InternalError : ExitCode::BadInput;
}

}  // namespace

void add_machines(CLI::App& app, Action& action) {
  auto options = std::make_shared<MachinesOptions>();
  CLI::App* command = app.add_subcommand(
      "machines", "Print the transaction machines, RFC 3261 Figures 5 to 8 as amended");
  add_format(*command, options->format, {"text", "mermaid"}, "Tables, or Mermaid state diagrams");
  add_output(*command, options->output);
  command->callback([options, &action] {
    action = [options](Output& output) { return print_machines(*options, output); };
  });
}

}  // namespace trapezoid::command
