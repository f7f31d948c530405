#pragma once

#include <cstddef>
#include <string_view>

namespace trapezoid::sip {

/// Whether LWS of §25.1 can hold the byte: space, tab, and what a fold is made of.
constexpr bool is_lws(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// `text` from its first byte on that is no white space; empty, at its end, when there is none.
constexpr std::string_view without_leading_lws(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && is_lws(text[size])) ++size;
  return text.substr(size);
}

/// `text` without the white space at its end.
constexpr std::string_view without_trailing_lws(std::string_view text) {
  std::size_t size = text.size();
  while (size > 0 && is_lws(text[size - 1])) --size;
  return text.substr(0, size);
}

/// `text` without the white space at both ends.
constexpr std::string_view without_lws(std::string_view text) {
  return without_trailing_lws(without_leading_lws(text));
}

}  // namespace trapezoid::sip
