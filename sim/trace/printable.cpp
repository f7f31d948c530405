#include "sim/trace/printable.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "sim/base/text.hpp"

namespace trapezoid::trace {
namespace {

/// The first character of well-formed UTF-8; `size` is how many bytes it has.
std::uint32_t first_character(std::string_view text, std::size_t& size) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  size = byte(0) < 0x80 ? 1 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
  if (size == 1) return byte(0);
  std::uint32_t character = byte(0) & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) character = character << 6U | (byte(i) & 0x3fU);
  return character;
}

bool is_control(std::uint32_t character) {
  return character < 0x20 || (character >= 0x7f && character < 0xa0) ||
         (character >= 0x2028 && character <= 0x202e) ||  // ends of lines, directions
         (character >= 0x2066 && character <= 0x2069);
}

}  // namespace

std::string printable(std::string_view text) {
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7f; };
  if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string shown;
  while (!text.empty()) {
    const std::string_view valid = text.substr(0, find_invalid_utf8(text).value_or(text.size()));
    for (std::size_t at = 0, size = 0; at < valid.size(); at += size) {
      const std::uint32_t character = first_character(valid.substr(at), size);
      if (is_control(character))
        shown += fmt::format("\\u{:04x}", character);
      else
        shown += valid.substr(at, size);
    }
    text.remove_prefix(valid.size());
    if (text.empty()) break;
    shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    text.remove_prefix(1);
  }
  return shown;
}

}  // namespace trapezoid::trace
