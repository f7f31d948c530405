#include <algorithm>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "sim/render/table.hpp"
#include "sim/scenario/load.hpp"
#include "tools/trapezoid/command.hpp"

namespace trapezoid::command {

namespace {

namespace fs = std::filesystem;

/// Whether a folder is one of scenarios: its schema is there.
bool has_scenarios(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "schema" / "scenario.schema.json", ignored);
}

/// The shipped scenarios: installed beside the program, in the source tree that it was built in,
/// or in the working directory. Empty: nowhere.
fs::path find_scenarios() {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  for (fs::path folder = program.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    for (const char* const inside : {"share/trapezoid/scenarios", "scenarios"})
      if (has_scenarios(folder / inside)) return folder / inside;
    if (folder == folder.parent_path()) break;
  }
  return has_scenarios("scenarios") ? fs::path("scenarios") : fs::path();
}

/// Scenario files below a folder, in order; schemas and reference flows are none.
std::vector<fs::path> scenario_files(const fs::path& folder, std::error_code& error) {
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (entry->is_directory() && (name == "schema" || name == "reference"))
      entry.disable_recursion_pending();
    else if (entry->path().extension() == ".json")
      files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

ExitCode list(const std::string& asked_folder, Output& output) {
  const fs::path folder = asked_folder.empty() ? find_scenarios() : fs::path(asked_folder);
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
  using Align = render::Table::Align;
  render::Table table({Align::Left, Align::Left});
  ExitCode exit_code = ExitCode::Ok;
  for (const fs::path& file : files) {
    const auto scenario = scenario::load_scenario(file.string());
    if (!scenario) {
      output.problems(scenario.error());
      exit_code = ExitCode::BadInput;
    }
    table.add({file.string(), scenario ? scenario->title : "(broken)"});
  }
  return output.write(table.text()) ? exit_code : ExitCode::InternalError;
}

}  // namespace

void add_list(CLI::App& app, Action& action) {
  auto folder = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("list", "List the shipped scenarios with their titles");
  command->add_option("--dir", *folder, "Another folder of scenarios")->type_name("DIR");
  command->callback(
      [folder, &action] { action = [folder](Output& output) { return list(*folder, output); }; });
}

}  // namespace trapezoid::command
