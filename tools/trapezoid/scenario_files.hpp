#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace trapezoid::command {

/// The folder of the shipped scenarios, found from where the program is: installed beside it, or in
/// the source tree that it was built in. Empty: nowhere.
std::filesystem::path shipped_scenarios();

/// Scenario files below a folder, in order; schemas and reference flows are none.
std::vector<std::filesystem::path> scenario_files(const std::filesystem::path& folder,
                                                  std::error_code& error);

/// "rfc3665/3.2": a scenario file below `folder`, without its ending.
std::string short_name(const std::filesystem::path& folder, const std::filesystem::path& file);

/// The file that a SCENARIO argument means: itself if there is such a file, else the shipped
/// scenario of that short name, else the argument as it stands.
std::string find_scenario(const std::string& argument);

/// The short name nearest to an argument that names nothing.
std::optional<std::string> nearest_scenario(const std::string& argument);

}  // namespace trapezoid::command
