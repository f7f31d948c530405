#include "sim/sip/parameters.hpp"

#include <algorithm>

#include "sim/base/text.hpp"
#include "sim/sip/lws.hpp"

namespace trapezoid::sip {
namespace {

std::size_t name_size(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && text[size] != '=' && text[size] != ';' && !is_lws(text[size]))
    ++size;
  return size;
}

/// The length of the value that `text` starts with: a quoted-string or up to the next separator.
std::size_t value_size(std::string_view text) {
  std::size_t i = 0;
  if (text.empty() || text.front() != '"') {
    while (i < text.size() && text[i] != ';' && !is_lws(text[i])) ++i;
    return i;
  }
  ++i;
  while (i < text.size() && text[i] != '"') i += text[i] == '\\' ? 2U : 1U;
  return std::min(i + 1, text.size());
}

}  // namespace

void Parameters::Iterator::advance() {
  rest_ = without_leading_lws(rest_);
  is_end_ = rest_.empty() || rest_.front() != ';';
  if (is_end_) return;
  rest_ = without_leading_lws(rest_.substr(1));
  current_ = {rest_.substr(0, name_size(rest_)), std::nullopt};
  rest_ = without_leading_lws(rest_.substr(current_.name.size()));
  if (rest_.empty() || rest_.front() != '=') return;
  rest_ = without_leading_lws(rest_.substr(1));
  const std::size_t size = value_size(rest_);
  current_.value = rest_.substr(0, size);
  rest_.remove_prefix(size);
}

std::optional<Parameter> Parameters::find(std::string_view name) const {
  for (const Parameter& parameter : *this)
    if (iequals(parameter.name, name)) return parameter;
  return std::nullopt;
}

std::string_view Parameters::value_of(std::string_view name) const {
  const auto parameter = find(name);
  return parameter && parameter->value ? *parameter->value : std::string_view();
}

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  text = text.substr(1, text.size() - 2);
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

}  // namespace trapezoid::sip
