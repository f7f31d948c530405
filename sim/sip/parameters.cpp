#include "sim/sip/parameters.hpp"

#include <array>

#include "sim/base/text.hpp"
#include "sim/sip/lws.hpp"
#include "sim/sip/scan.hpp"

namespace trapezoid::sip {
namespace {

/// The bytes that end a bare name or value.
constexpr std::array<bool, 256> make_ends(std::string_view bytes) {
  std::array<bool, 256> ends{};
  for (const char c : bytes) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}
constexpr std::array<bool, 256> kNameEnds = make_ends("=; \t\r\n");
constexpr std::array<bool, 256> kValueEnds = make_ends("; \t\r\n");

const char* skip_lws(const char* at, const char* end) {
  while (at != end && is_lws(*at)) ++at;
  return at;
}

const char* skip_to(const char* at, const char* end, const std::array<bool, 256>& ends) {
  return find_byte(at, end, [&ends](char c) { return ends[static_cast<unsigned char>(c)]; });
}

/// Behind the value that begins at `at`: a quoted-string, or what reaches up to the next separator.
const char* skip_value(const char* at, const char* end) {
  if (at == end || *at != '"') return skip_to(at, end, kValueEnds);
  for (++at; at != end && *at != '"'; ++at)
    if (*at == '\\' && at + 1 != end) ++at;
  return at == end ? end : at + 1;
}

std::string_view between(const char* from, const char* to) {
  return {from, static_cast<std::size_t>(to - from)};
}

}  // namespace

void Parameters::Iterator::advance() {
  const char* const end = rest_.data() + rest_.size();
  const char* at = skip_lws(rest_.data(), end);
  is_end_ = at == end || *at != ';';
  if (!is_end_) {
    at = skip_lws(at + 1, end);
    const char* const name_end = skip_to(at, end, kNameEnds);
    current_.name = between(at, name_end);
    current_.value.reset();
    at = skip_lws(name_end, end);
    if (at != end && *at == '=') {
      at = skip_lws(at + 1, end);
      const char* const value_end = skip_value(at, end);
      current_.value = between(at, value_end);
      at = value_end;
    }
  }
  rest_ = between(at, end);
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
  if (text.find('\\') == std::string_view::npos) return std::string(text);
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

}  // namespace trapezoid::sip
