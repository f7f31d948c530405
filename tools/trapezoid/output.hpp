#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/problem.hpp"

namespace trapezoid::command {

/// When diagnostics are coloured. Auto: on a terminal, unless NO_COLOR is set.
enum class Color { Auto, Always, Never };

/// Where results and diagnostics go.
class Output {
 public:
  explicit Output(Color color);

  /// Writes a result to standard output, or to a file, whole or not at all. False: it could not be
  /// written, and that was said. A reader that has gone away (`| head`) is no failure.
  bool write(std::string_view text, const std::string& path = "") const;

  /// "trapezoid: `text`" on standard error, in one line that a terminal can take.
  void error(std::string_view text) const;
  /// The same without being an error: no colour.
  void note(std::string_view text) const;
  /// Whether standard error is a terminal that can rewrite a line.
  bool has_terminal() const;
  /// Writes to standard error as it is: for what is rewritten in place.
  void rewrite(std::string_view text) const;
  /// One line each, as "file:line:column: pointer: message".
  void problems(const std::vector<scenario::Problem>& problems) const;

 private:
  void say(std::string_view text) const;

  int results_ = 1;  // the file descriptors of standard output and standard error
  int diagnostics_ = 2;
  bool is_colored_;
};

/// Writes a file so that it is there whole or not at all: a temporary file beside it, then a
/// rename. Returns what went wrong, or nothing. What is no regular file is written to directly.
std::string write_file(const std::string& path, std::string_view text);

}  // namespace trapezoid::command
