#include "tools/trapezoid/scenario_files.hpp"

#include <algorithm>

#include "sim/base/text.hpp"

namespace trapezoid::command {

namespace fs = std::filesystem;

fs::path shipped_scenarios() {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  for (fs::path folder = program.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    for (const char* const inside : {"share/trapezoid/scenarios", "scenarios"})
      if (fs::exists(folder / inside / "schema" / "scenario.schema.json", ignored))
        return folder / inside;
    if (folder == folder.parent_path()) break;
  }
  return {};
}

std::vector<fs::path> scenario_files(const fs::path& folder, std::error_code& error) {
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    const std::string name = entry->path().filename().string();
    const bool is_directory = entry->is_directory(ignored);
    if (is_directory && (name == "schema" || name == "reference"))
      entry.disable_recursion_pending();
    else if (!is_directory && entry->path().extension() == ".json")
      files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string short_name(const fs::path& folder, const fs::path& file) {
  const fs::path inside = file.lexically_relative(folder);
  return (inside.parent_path() / inside.stem()).generic_string();
}

std::string find_scenario(const std::string& argument) {
  std::error_code ignored;
  const bool is_file = fs::exists(argument, ignored) && !fs::is_directory(argument, ignored);
  if (argument.empty() || argument == "-" || argument.front() == '/' || is_file) return argument;
  const fs::path shipped = shipped_scenarios();
  if (shipped.empty()) return argument;
  const std::vector<fs::path> files = scenario_files(shipped, ignored);
  for (const fs::path& file : files) {
    const std::string name = short_name(shipped, file);
    if (argument == name || argument == name + ".json") return file.string();
  }
  return argument;
}

std::optional<std::string> nearest_scenario(const std::string& argument) {
  const fs::path shipped = shipped_scenarios();
  if (shipped.empty()) return std::nullopt;
  std::error_code ignored;
  std::vector<std::string> names;
  for (const fs::path& file : scenario_files(shipped, ignored))
    names.push_back(short_name(shipped, file));
  return nearest(argument, names);
}

}  // namespace trapezoid::command
