#include <memory>

#include <fmt/format.h>

#include "sim/render/table.hpp"
#include "sim/scenario/load.hpp"
#include "tools/trapezoid/command.hpp"
#include "tools/trapezoid/scenario_files.hpp"

namespace trapezoid::command {

namespace {

namespace fs = std::filesystem;

/// Options of `trapezoid list`.
struct ListOptions {
  std::string folder;  ///< Empty: the shipped scenarios.
  std::string format = "text";
  std::string output;
};

/// One scenario of the list. What is broken has no title.
struct Entry {
  std::string name;  ///< What `trapezoid run` takes.
  std::string path;
  std::string title;
  std::string reference;
  bool is_valid = false;
};

std::string to_text(const std::vector<Entry>& entries) {
  using Align = render::Table::Align;
  render::Table table({Align::Left, Align::Left, Align::Left});
  for (const Entry& entry : entries)
    table.add({entry.name, entry.is_valid ? entry.title : "(broken)",
               entry.reference.empty() ? "" : "reference " + entry.reference});
  return table.text();
}

std::string to_json(const std::vector<Entry>& entries) {
  using scenario::json_text;
  std::string text = "[";
  for (const Entry& entry : entries)
    text +=
        fmt::format(R"({}{{"name":{},"path":{},"valid":{},"title":{},"reference":{}}})",
                    text.size() > 1 ? ",\n " : "\n ", json_text(entry.name), json_text(entry.path),
                    entry.is_valid, json_text(entry.title), json_text(entry.reference));
  return text + "\n]\n";
}

ExitCode list(const ListOptions& options, Output& output) {
  const bool is_shipped = options.folder.empty();
  const fs::path folder = is_shipped ? shipped_scenarios() : fs::path(options.folder);
  if (folder.empty()) {
    output.error("the shipped scenarios are not found, say where they are with --dir");
    return ExitCode::BadInput;
  }
  std::error_code error;
  const std::vector<fs::path> files = scenario_files(folder, error);
  if (error) {
    output.error(fmt::format("cannot read \"{}\": {}", folder.string(), error.message()));
    return ExitCode::BadInput;
  }
  std::vector<Entry> entries;
  ExitCode exit_code = ExitCode::Ok;
  for (const fs::path& file : files) {
    const auto scenario = scenario::load_scenario(file.string());
    const std::string name = is_shipped ? short_name(folder, file) : file.string();
    entries.push_back({name, file.string(), scenario ? scenario->title : "",
                       scenario ? scenario->reference : "", static_cast<bool>(scenario)});
    if (scenario) continue;
    output.problems(scenario.error());
    exit_code = ExitCode::BadInput;
  }
  const std::string text = options.format == "json" ? to_json(entries) : to_text(entries);
  if (output.write(text, options.output)) return exit_code;
  return options.output.empty() ? ExitCode::InternalError : ExitCode::BadInput;
}

}  // namespace

void add_list(CLI::App& app, Action& action) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* command = app.add_subcommand(
      "list", "List the shipped scenarios: the names that run takes, and titles");
  command->add_option("--dir", options->folder, "Another folder of scenarios")->type_name("DIR");
  add_format(*command, options->format, {"text", "json"}, "Format of the list");
  add_output(*command, options->output);
  command->callback([options, &action] {
    action = [options](Output& output) { return list(*options, output); };
  });
}

}  // namespace trapezoid::command
