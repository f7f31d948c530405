#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "tools/trapezoid/command.hpp"
#include "tools/trapezoid/documents.hpp"

namespace trapezoid::command {

namespace {

/// Options of `trapezoid schema`.
struct SchemaOptions {
  std::string name;
  std::string output;
};

ExitCode print(const SchemaOptions& options, Output& output) {
  std::string names;
  std::vector<std::string> known;
  for (const Document& document : documents()) {
    known.emplace_back(document.name);
    names += fmt::format("{}\n", document.name);
  }
  const auto found = std::find(known.begin(), known.end(), options.name);
  if (!options.name.empty() && found == known.end()) {
    std::string message = fmt::format("there is no schema or reference \"{}\"", options.name);
    if (const auto guess = nearest(options.name, known))
      message += fmt::format(", did you mean {}?", *guess);
    output.error(message);
    return ExitCode::BadInput;
  }
  const std::string_view text =
      options.name.empty() ? std::string_view(names)
                           : documents()[static_cast<std::size_t>(found - known.begin())].text;
  if (output.write(text, options.output)) return ExitCode::Ok;
  return options.output.empty() ? ExitCode::InternalError : ExitCode::BadInput;
}

}  // namespace

void add_schema(CLI::App& app, Action& action) {
  auto options = std::make_shared<SchemaOptions>();
  CLI::App* command =
      app.add_subcommand("schema", "Print a JSON Schema or a reference flow, or list their names");
  command
      ->add_option("NAME", options->name, "Which one, as scenario or rfc3665/3.2; none: the list")
      ->type_name("");
  add_output(*command, options->output);
  command->callback([options, &action] {
    action = [options](Output& output) { return print(*options, output); };
  });
}

}  // namespace trapezoid::command
