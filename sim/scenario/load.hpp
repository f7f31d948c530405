#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/scenario/problem.hpp"
#include "sim/scenario/scenario.hpp"

namespace trapezoid::scenario {

/// `--set /json/pointer=value`: the value is JSON, or else taken as a string. The pointer may name
/// what is there, one past the end of an array ("/elements/-"), or a new member of an object.
struct Override {
  std::string pointer;
  std::string value;
};

/// Splits "POINTER=VALUE" at its first "=". Fails with what is wrong about it.
Result<Override, std::string> parse_override(std::string_view text);

/// A scenario, or every mistake in it.
using Loaded = Result<Scenario, std::vector<Problem>>;

/// Reads a scenario file; "-" is standard input. A platform that it names must be there and have
/// the hosts and links that the scenario uses.
Loaded load_scenario(const std::string& path, const std::vector<Override>& overrides = {});

/// The same from text that was read before, of a file `name`.
Loaded load_scenario_text(std::string_view text, const std::string& name,
                          const std::vector<Override>& overrides = {});

/// The same without opening anything. `name` stands for the file in problems, and the
/// platform's path is taken from its folder.
Loaded parse_scenario(std::string_view text, const std::string& name,
                      const std::vector<Override>& overrides = {});

/// Why a file cannot be read: a directory, not there, no permission, too large.
struct FileError {
  std::string message;
};

constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20U;      ///< Any input file but a trace.
constexpr std::size_t kMaxScenarioBytes = std::size_t{16} << 20U;  ///< A scenario.
constexpr int kMaxDepth = 100;  ///< Arrays and objects in one another.

/// The whole of a file; "-" is standard input.
Result<std::string, FileError> read_file(const std::string& path,
                                         std::size_t max_bytes = kMaxFileBytes);

}  // namespace trapezoid::scenario
