#include "sim/render/table.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "sim/trace/printable.hpp"

namespace trapezoid::render {

std::size_t shown_width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string milliseconds(std::int64_t ns) {
  const bool is_negative = ns < 0;
  const std::uint64_t size = is_negative ? std::uint64_t{0} - static_cast<std::uint64_t>(ns)
                                         : static_cast<std::uint64_t>(ns);
  const std::uint64_t us = (size + 500) / 1000;
  return fmt::format("{}{}.{:03}", is_negative && us != 0 ? "-" : "", us / 1000, us % 1000);
}

std::string milliseconds(const std::optional<std::int64_t>& ns) {
  return ns ? milliseconds(*ns) : "-";
}

void Table::add(std::vector<std::string> row) {
  for (std::string& cell : row) cell = trace::printable(cell);
  rows_.push_back(std::move(row));
}

std::string Table::text(std::size_t indent) const {
  std::vector<std::size_t> widths(columns_.size());
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], shown_width(row[i]));
  std::string out;
  for (const auto& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - shown_width(row[i]), ' ');
      if (i != 0) line += "  ";
      line += columns_[i] == Align::Right ? padding + row[i] : row[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line;
    out += '\n';
  }
  return out;
}

}  // namespace trapezoid::render
