#pragma once

#include <string>
#include <string_view>

namespace trapezoid::trace {

/// Text of anybody as part of one line that a terminal can take: "\u001b" for control characters
/// and for what changes the direction of writing, "\xff" for bytes that are not UTF-8.
std::string printable(std::string_view text);

}  // namespace trapezoid::trace
