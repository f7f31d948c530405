#pragma once

#include <string>
#include <vector>

namespace trapezoid::scenario {

/// One mistake in a scenario, at an RFC 6901 pointer such as "/elements/2/uri".
struct Problem {
  std::string file;     ///< As the user named it; "--set /pointer" when an override is to blame.
  int line = 0;         ///< From 1; 0 when there is no place in a file.
  int column = 0;       ///< From 1, in characters (not bytes).
  std::string pointer;  ///< Empty: the whole file.
  std::string message;  ///< What is wrong, and what was expected.
};

/// "file:line:column: /json/pointer: what is wrong".
std::string to_string(const Problem& problem);

}  // namespace trapezoid::scenario
