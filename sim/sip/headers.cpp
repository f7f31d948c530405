#include "sim/sip/headers.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>

#include "sim/base/text.hpp"
#include "sim/sip/lws.hpp"

namespace trapezoid::sip {
namespace {

std::size_t skip_quoted(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at + 1;
}

/// The offset behind the comment that begins at `at`, or npos if it does not end.
std::size_t skip_comment(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '(')
      ++depth;
    else if (text[at] == ')' && --depth == 0)
      return at + 1;
  }
  return std::string_view::npos;
}

/// Where the first value of a list ends: at its comma or at the end of the text. "(" begins a
/// comment only at the beginning or after white space: it may stand in a URI too.
std::size_t find_value_end(std::string_view text) {
  bool has_comments = true;
  std::size_t at = 0;
  while (at < text.size()) {
    switch (text[at]) {
      case ',': return at;
      case '"': at = skip_quoted(text, at); break;
      case '<': {
        const std::size_t end = text.find('>', at);
        at = end == std::string_view::npos ? text.size() : end + 1;
        break;
      }
      case '(':
        if (has_comments && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t')) {
          const std::size_t end = skip_comment(text, at);
          has_comments = end != std::string_view::npos;
          at = has_comments ? end : at + 1;
        } else {
          ++at;
        }
        break;
      default: ++at;
    }
  }
  return text.size();
}

}  // namespace

CommaList::CommaList(std::string_view text) : rest_(without_lws(text)), is_done_(rest_.empty()) {}

std::optional<std::string_view> CommaList::next() {
  if (is_done_) return std::nullopt;
  if (rest_.find(',') == std::string_view::npos) {
    is_done_ = true;
    return without_lws(rest_);
  }
  const std::size_t end = std::min(find_value_end(rest_), rest_.size());
  const std::string_view value = without_lws(rest_.substr(0, end));
  is_done_ = end == rest_.size();
  rest_.remove_prefix(is_done_ ? end : end + 1);
  return value;
}

std::optional<std::string_view> ValueTexts::next() {
  while (list_ || line_ != kNoLine) {
    if (!list_) {
      const FieldLine& line = store_->line(line_);
      line_ = line.next_same;
      const std::string_view value = store_->view(line.value);
      if (!is_list(id_)) return value;
      list_.emplace(value);
    }
    if (const auto value = list_->next()) return value;
    list_.reset();
  }
  return std::nullopt;
}

std::size_t Headers::count(HeaderId id) const {
  std::size_t count = 0;
  for (ValueTexts texts = values(id); texts.next();) ++count;
  return count;
}

std::size_t Headers::count_lines(HeaderId id) const {
  std::size_t count = 0;
  for (std::uint16_t i = store_.first_of(id); i != kNoLine; i = store_.line(i).next_same) ++count;
  return count;
}

std::optional<std::string_view> Headers::first_text(HeaderId id) const {
  const std::uint16_t first = store_.first_of(id);
  if (first == kNoLine) return std::nullopt;
  const std::string_view value = store_.view(store_.line(first).value);
  const bool is_whole =
      !is_list(id) || (!value.empty() && value.find(',') == std::string_view::npos);
  return is_whole ? value : values(id).next();
}

std::optional<std::string_view> Headers::find_field(std::string_view name) const {
  for (const Field field : fields())
    if (iequals(field.name, name)) return field.value;
  return std::nullopt;
}

std::optional<std::size_t> Headers::offset_of(std::string_view part) const {
  const std::string_view original = store_.original();
  const std::less_equal<> is_before;
  if (part.data() == nullptr || !is_before(original.data(), part.data()) ||
      !is_before(part.data() + part.size(), original.data() + original.size()))
    return std::nullopt;
  return static_cast<std::size_t>(part.data() - original.data());
}

void Headers::prepend_text(HeaderId id, std::string_view value) {
  store_.insert_line(0, store_.make_line(id, canonical_name(id), {&value, 1}));
}

void Headers::append_text(HeaderId id, std::string_view value) {
  std::size_t below = store_.lines().size();
  for (std::uint16_t i = store_.first_of(id); i != kNoLine; i = store_.line(i).next_same)
    below = i + std::size_t{1};
  store_.insert_line(below, store_.make_line(id, canonical_name(id), {&value, 1}));
}

void Headers::push_text(HeaderId id, std::string_view value, HeaderId neighbour) {
  std::size_t at = store_.first_of(id);
  if (at == kNoLine) {
    at = 0;
    for (std::uint16_t i = store_.first_of(neighbour); i != kNoLine; i = store_.line(i).next_same)
      at = i + std::size_t{1};
  }
  store_.insert_line(at, store_.make_line(id, canonical_name(id), {&value, 1}));
}

void Headers::set_text(HeaderId id, std::string_view value) {
  const std::uint16_t first = store_.first_of(id);
  if (first == kNoLine) return append_text(id, value);
  const bool is_only = store_.line(first).next_same == kNoLine;
  store_.replace_line(first, store_.make_line(id, canonical_name(id), {&value, 1}));
  if (!is_only) store_.remove_lines(id, first + std::size_t{1});
}

void Headers::append_field(std::string_view name, std::string_view value) {
  const HeaderId id = find_header_id(name);
  store_.insert_line(store_.lines().size(), store_.make_line(id, name, {&value, 1}));
}

/// One value and the line it stands in.
struct Headers::Place {
  std::size_t line = 0;
  std::string_view before;  // of the line's value: what stands before the value, comma included
  std::string_view value;
  std::string_view after;  // what stands after it, comma included
};

std::optional<Headers::Place> Headers::find_value(HeaderId id, std::size_t index) const {
  for (std::uint16_t i = store_.first_of(id); i != kNoLine; i = store_.line(i).next_same) {
    const std::string_view whole = store_.view(store_.line(i).value);
    if (!is_list(id)) {
      if (index-- == 0) return Place{i, {}, whole, {}};
      continue;
    }
    CommaList list(whole);
    while (const auto value = list.next()) {
      if (index-- != 0) continue;
      const auto begin = static_cast<std::size_t>(value->data() - whole.data());
      return Place{i, whole.substr(0, begin), *value, whole.substr(begin + value->size())};
    }
  }
  return std::nullopt;
}

/// The line with a new value, in three parts that may be views into it.
void Headers::replace_value_text(std::size_t index, std::string_view before,
                                 std::string_view middle, std::string_view after) {
  const FieldLine& line = store_.line(index);
  const std::string_view name = store_.view({line.line.offset, line.name_size});
  const std::array parts{before, middle, after};
  store_.replace_line(index, store_.make_line(line.id, name, parts));
}

void Headers::append_to_first(HeaderId id, std::string_view text) {
  const auto place = find_value(id, 0);
  if (!place) return;
  const auto head_size = place->before.size() + place->value.size();
  const std::string_view whole = store_.view(store_.line(place->line).value);
  replace_value_text(place->line, whole.substr(0, head_size), text, place->after);
}

void Headers::replace_value(HeaderId id, std::size_t index, std::string_view value) {
  if (const auto place = find_value(id, index))
    replace_value_text(place->line, place->before, value, place->after);
}

void Headers::remove(HeaderId id) {
  store_.remove_lines(id, 0);
}

void Headers::remove_value(HeaderId id, std::size_t index) {
  const auto place = find_value(id, index);
  if (!place) return;
  std::string_view before = without_lws(place->before);
  std::string_view after = without_lws(place->after);
  if (before.empty() && after.empty()) return store_.remove_line(place->line);
  // One comma goes with the value: the one behind the first value, else the one before it.
  if (before.empty())
    after = without_lws(after.substr(1));
  else
    before = without_lws(before.substr(0, before.size() - 1));
  replace_value_text(place->line, before, {}, after);
}

void Headers::copy_all(const Headers& from, HeaderId id) {
  assert(this != &from);
  for (std::uint16_t i = from.store_.first_of(id); i != kNoLine;
       i = from.store_.line(i).next_same) {
    FieldLine line = from.store_.line(i);
    const TextRange copied = store_.add(from.store_.view(line.line));
    line.value.offset = copied.offset + (line.value.offset - line.line.offset);
    line.line = copied;
    store_.insert_line(store_.lines().size(), line);
  }
}

bool operator==(const Headers& a, const Headers& b) {
  const auto is_same = [](const Field& x, const Field& y) {
    const bool is_same_name = x.id != HeaderId::Extension || iequals(x.name, y.name);
    return x.id == y.id && is_same_name && x.value == y.value;
  };
  const FieldRange left = a.fields();
  const FieldRange right = b.fields();
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(), is_same);
}

std::string& Headers::scratch() {
  thread_local std::string text;
  return text;
}

ParseError Headers::missing(HeaderId id) {
  return {ParseErrc::Missing, 0, "message-header", canonical_name(id)};
}

}  // namespace trapezoid::sip
