#include "sim/render/text.hpp"

#include <algorithm>
#include <string_view>

#include "sim/render/table.hpp"
#include "sim/trace/printable.hpp"

namespace trapezoid::render {
namespace {

constexpr std::size_t kGap = 17;  // from one lane to the next, as in RFC 3665 §3.2

/// Rows of cells, each one character as shown.
class Canvas {
 public:
  explicit Canvas(std::size_t width) : blank_(width, " ") {}

  std::size_t add_row() {
    rows_.push_back(blank_);
    return rows_.size() - 1;
  }
  void put(std::size_t row, std::size_t column, std::string_view text) {
    auto& cells = rows_[row];
    for (std::size_t i = 0; i < text.size(); ++column) {
      std::size_t next = i + 1;
      while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U)
        ++next;
      if (cells.size() <= column) cells.resize(column + 1, " ");
      cells[column] = std::string(text.substr(i, next - i));
      i = next;
    }
  }
  std::string text() const {
    std::string out;
    for (const auto& cells : rows_) {
      std::size_t end = cells.size();
      while (end > 0 && cells[end - 1] == " ") --end;
      for (std::size_t i = 0; i < end; ++i) out += cells[i];
      out += '\n';
    }
    return out;
  }

 private:
  std::vector<std::string> blank_;
  std::vector<std::vector<std::string>> rows_;
};

/// Where the lanes stand.
class Grid {
 public:
  Grid(const Ladder& ladder, std::size_t width) {
    const std::size_t count = ladder.columns.size();
    if (count == 0) return;
    const std::size_t first = std::max<std::size_t>(shown_width(ladder.columns.front()) / 2, 2);
    const std::size_t last = (shown_width(ladder.columns.back()) + 1) / 2;
    std::vector<std::size_t> gaps(count - 1, kGap);
    if (width != 0 && count > 1)
      gaps.assign(count - 1, (width - std::min(width, first + last)) / (count - 1));
    for (std::size_t i = 0; i + 1 < count; ++i)
      gaps[i] = std::max(gaps[i], (shown_width(ladder.columns[i]) + 1) / 2 +
                                      shown_width(ladder.columns[i + 1]) / 2 + 2);
    for (const Rung& rung : ladder.rungs) widen(gaps, rung);
    lanes_.push_back(first);
    for (const std::size_t gap : gaps) lanes_.push_back(lanes_.back() + gap);
  }

  std::size_t lane(std::size_t column) const { return lanes_[column]; }
  std::size_t count() const { return lanes_.size(); }

 private:
  /// A label has a blank on either side, and an arrow a shaft.
  static void widen(std::vector<std::size_t>& gaps, const Rung& rung) {
    const auto [left, right] = std::minmax(rung.from, rung.to);
    if (left == right) return;
    std::size_t span = 0;
    for (std::size_t i = left; i < right; ++i) span += gaps[i];
    const std::size_t needed = std::max<std::size_t>(shown_width(rung.label) + 3, 5);
    for (std::size_t i = left; span < needed; i = i + 1 == right ? left : i + 1) {
      ++gaps[i];
      ++span;
    }
  }

  std::vector<std::size_t> lanes_;
};

/// What stands between the two lanes of an arrow, `inner` characters, drawn from left to right.
std::string shaft(const Rung& rung, std::size_t inner) {
  const bool is_media = rung.kind == Rung::Kind::Media;
  std::string arrow(inner, is_media ? '=' : '-');
  if (is_media) arrow.front() = '<';
  arrow.back() = '>';
  std::size_t reach = inner;
  std::string end;
  switch (rung.fate) {
    case trace::Fate::Delivered: break;
    case trace::Fate::Lost: reach = inner / 2, end = "X"; break;
    case trace::Fate::Refused: reach = 1, end = "X"; break;
    case trace::Fate::InFlight: reach = inner / 2, end = "..."; break;
  }
  if (reach != inner) {
    arrow.resize(reach);
    arrow += end;
    arrow.resize(inner, ' ');
  }
  if (rung.to < rung.from && !is_media) {
    std::reverse(arrow.begin(), arrow.end());
    std::replace(arrow.begin(), arrow.end(), '>', '<');
  }
  return arrow;
}

void draw(const Rung& rung, const Grid& grid, std::size_t first_row, Canvas& canvas) {
  const std::size_t row = first_row + rung.row;
  if (rung.from == rung.to) {  // to itself: a short arrow back to the lane
    const std::size_t lane = grid.lane(rung.from);
    canvas.put(row, lane + 2, rung.label);
    canvas.put(row + 1, lane + 1, "<--.");
    return;
  }
  const auto [left, right] = std::minmax({grid.lane(rung.from), grid.lane(rung.to)});
  const std::size_t inner = right - left - 1;
  const std::size_t width = shown_width(rung.label);
  canvas.put(row, left + 1, std::string(inner, ' '));
  canvas.put(row, left + 1 + (inner - width) / 2, rung.label);
  canvas.put(row + 1, left + 1, shaft(rung, inner));
}

Ladder with_printable_texts(Ladder ladder) {
  for (std::string& name : ladder.columns) name = trace::printable(name);
  for (Rung& rung : ladder.rungs) rung.label = trace::printable(rung.label);
  return ladder;
}

}  // namespace

std::string render_text(const Ladder& ladder, const TextOptions& options) {
  const Ladder printable = with_printable_texts(ladder);
  const Grid grid(printable, options.width);
  if (grid.count() == 0) return {};
  Canvas canvas(grid.lane(grid.count() - 1) + 1);
  const std::size_t names = canvas.add_row();
  for (std::size_t i = 0; i < grid.count(); ++i)
    canvas.put(names, grid.lane(i) - std::min(grid.lane(i), shown_width(printable.columns[i]) / 2),
               printable.columns[i]);
  for (std::size_t row = 0; row < printable.rows + 2; ++row) {
    const std::size_t added = canvas.add_row();
    for (std::size_t i = 0; i < grid.count(); ++i) canvas.put(added, grid.lane(i), "|");
  }
  for (const Rung& rung : printable.rungs) draw(rung, grid, names + 2, canvas);
  return canvas.text();
}

}  // namespace trapezoid::render
