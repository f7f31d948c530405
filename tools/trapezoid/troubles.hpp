#pragma once

#include <string>

#include "sim/trace/trace.hpp"

namespace trapezoid::command {

/// Why a run did not go as its author may have hoped, under a heading, a line each: names that lead
/// nowhere, connections refused, messages lost or rejected, answers that never came. Empty when
/// there is nothing of the kind.
std::string render_troubles(const trace::Trace& trace);

}  // namespace trapezoid::command
