#pragma once

#include <string>
#include <string_view>
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

/// "file:line:column: /json/pointer: what is wrong", one line without control characters. What is
/// very long is cut.
std::string to_string(const Problem& problem);

/// `[{"file":...,"line":...,"column":...,"pointer":...,"message":...}, ...]`.
std::string to_json(const std::vector<Problem>& problems);

/// A text as JSON spells it, in quotes; what is no UTF-8 is replaced.
std::string json_text(std::string_view text);

}  // namespace trapezoid::scenario
