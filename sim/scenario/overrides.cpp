#include "sim/scenario/overrides.hpp"

#include <optional>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/scenario/positions.hpp"

namespace trapezoid::scenario {

namespace {

/// The reference tokens of an RFC 6901 pointer, or nothing when "~" is misused.
std::optional<std::vector<std::string>> split_pointer(std::string_view pointer) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      tokens.emplace_back();
    } else if (pointer[i] == '~') {
      const char next = i + 1 < pointer.size() ? pointer[i + 1] : '\0';
      if (next != '0' && next != '1') return std::nullopt;
      tokens.back() += next == '0' ? '~' : '/';
      ++i;
    } else {
      tokens.back() += pointer[i];
    }
  }
  return tokens;
}

/// An array index without sign and leading zeros (RFC 6901 §4).
std::optional<std::size_t> to_index(std::string_view token) {
  if (token.size() > 1 && token.front() == '0') return std::nullopt;
  return to_number<std::size_t>(token);
}

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

/// What is at `token` of `parent`, or null; then `why` says why there is nothing.
Json* step(Json& parent, const std::string& token, bool is_last, std::string& why) {
  if (parent.is_object()) {
    const auto found = parent.find(token);
    if (found != parent.end()) return &*found;
    if (is_last) return &parent[token];
    why = fmt::format("there is no \"{}\"", token);
    if (const auto guess = nearest(token, keys_of(parent)))
      why += fmt::format(", did you mean \"{}\"?", *guess);
    return nullptr;
  }
  if (parent.is_array()) {
    const std::size_t size = parent.size();
    const auto index = token == "-" ? std::optional(size) : to_index(token);
    if (index && *index < size) return &parent[*index];
    if (index && *index == size && is_last) return &parent.emplace_back();
    why = fmt::format("the array has {} entries, expected an index from 0 to {}, not \"{}\"", size,
                      size, token);
    return nullptr;
  }
  why = "what is there is no object or array";
  return nullptr;
}

Json value_of(const std::string& text) {
  if (scan_json(text, kMaxDepth).is_json) {
    Json value = Json::parse(text, nullptr, false);
    if (!value.is_discarded()) return value;
  }
  return text;
}

std::optional<std::string> apply(Json& document, const Override& override) {
  if (override.pointer.empty() || override.pointer.front() != '/')
    return "expected a JSON pointer that starts with \"/\"";
  const auto tokens = split_pointer(override.pointer);
  if (!tokens) return "\"~\" must be followed by 0 or 1 in a JSON pointer";
  if (find_invalid_utf8(override.pointer) || find_invalid_utf8(override.value))
    return "expected UTF-8";
  Json* at = &document;
  std::string done;
  for (std::size_t i = 0; i < tokens->size(); ++i) {
    std::string why;
    at = step(*at, (*tokens)[i], i + 1 == tokens->size(), why);
    if (at == nullptr) return done.empty() ? why : fmt::format("in {}: {}", done, why);
    done += '/';
    done += escape_token((*tokens)[i]);
  }
  *at = value_of(override.value);
  return std::nullopt;
}

}  // namespace

Result<Override, std::string> parse_override(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos)
    return fmt::format("expected /json/pointer=value, not \"{}\"", text);
  if (text.front() != '/')
    return fmt::format(R"(expected a JSON pointer that starts with "/", not "{}")",
                       text.substr(0, equals));
  return Override{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

void apply_overrides(Json& document, const std::vector<Override>& overrides,
                     std::vector<Problem>& problems) {
  for (const Override& override : overrides)
    if (const auto why = apply(document, override))
      problems.push_back({"--set " + override.pointer, 0, 0, "", *why});
}

}  // namespace trapezoid::scenario
