#pragma once

#include <string_view>
#include <vector>

namespace trapezoid::command {

/// A JSON document that is compiled into the program, so that it is there wherever the program is.
struct Document {
  std::string_view name;  ///< "scenario", "rfc3665/3.2", "rfc3665/3.2.deviations".
  std::string_view text;
};

/// The schemas and the reference flows, by name. Written by embed.cmake.
const std::vector<Document>& documents();

}  // namespace trapezoid::command
