#include "sim/sdp/address.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "sim/base/text.hpp"

namespace trapezoid::sdp {
namespace {

// Counts the 16-bit groups of `text`, a part of an IPv6 address on one side of its "::".
// The last group may be an IPv4 address, which counts twice. Negative: not well formed.
int count_groups(std::string_view text, bool may_end_with_ipv4) {
  if (text.empty()) return 0;
  int groups = 0;
  while (true) {
    const auto colon = text.find(':');
    const auto group = text.substr(0, colon);
    if (colon == std::string_view::npos && may_end_with_ipv4 && is_ipv4_address(group))
      return groups + 2;
    if (group.empty() || group.size() > 4) return -1;
    for (const char c : group)
      if (!is_hex_digit(c)) return -1;
    ++groups;
    if (colon == std::string_view::npos) return groups;
    text.remove_prefix(colon + 1);
  }
}

}  // namespace

bool is_ipv4_address(std::string_view text) {
  for (int i = 0; i < 4; ++i) {
    const auto dot = text.find('.');
    if ((dot == std::string_view::npos) != (i == 3)) return false;
    const auto part = text.substr(0, dot);
    if (part.size() > 3 || !to_number<std::uint8_t>(part)) return false;
    if (i < 3) text.remove_prefix(dot + 1);
  }
  return true;
}

bool is_ipv6_address(std::string_view text) {
  const auto gap = text.find("::");
  if (gap == std::string_view::npos) return count_groups(text, true) == 8;
  const int before = count_groups(text.substr(0, gap), false);
  const int after = count_groups(text.substr(gap + 2), true);
  return before >= 0 && after >= 0 && before + after <= 7;
}

bool is_host_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '.';
  });
}

}  // namespace trapezoid::sdp
