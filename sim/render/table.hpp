#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace trapezoid::render {

/// How many characters UTF-8 text shows as, wide and combining ones aside.
std::size_t shown_width(std::string_view text);

/// Nanoseconds as milliseconds with three decimals, rounded half away from zero: "30.125".
std::string milliseconds(std::int64_t ns);
/// The same; "-" when there is none.
std::string milliseconds(const std::optional<std::int64_t>& ns);

/// A table of text: columns two blanks apart, as wide as their widest cell. Cells are shown as a
/// terminal can take them (`trace::printable`).
class Table {
 public:
  enum class Align : std::uint8_t { Left, Right };

  explicit Table(std::vector<Align> columns) : columns_(std::move(columns)) {}

  /// One cell a column.
  void add(std::vector<std::string> row);
  bool empty() const { return rows_.empty(); }
  /// Every row as a line after `indent` blanks, without blanks at its end.
  std::string text(std::size_t indent = 0) const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace trapezoid::render
