#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trapezoid::world {

/// Checks a `KEY:VALUE` setting for SimGrid, as `--simgrid` takes it, against the list of those
/// that cannot change results: `contexts/factory:raw|thread`, `contexts/stack-size:16..65536`
/// (KiB), `contexts/guard-size:1..16` (pages). Returns what is wrong, or
/// nothing. SimGrid itself would abort the process.
std::optional<std::string> find_setting_mistake(std::string_view setting);

}  // namespace trapezoid::world
