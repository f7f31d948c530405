#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/scenario/load.hpp"

namespace trapezoid::scenario {

using Json = nlohmann::json;

/// Puts each override's value in its place in `document`, in order. What cannot be placed becomes
/// a problem, and the rest is placed all the same.
void apply_overrides(Json& document, const std::vector<Override>& overrides,
                     std::vector<Problem>& problems);

}  // namespace trapezoid::scenario
