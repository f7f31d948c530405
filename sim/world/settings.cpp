#include "sim/world/settings.hpp"

#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "sim/base/text.hpp"

namespace trapezoid::world {
namespace {

constexpr std::array<std::string_view, 3> kKeys{"contexts/factory", "contexts/stack-size",
                                                "contexts/guard-size"};

std::optional<std::string> find_range_mistake(std::string_view key, std::string_view value,
                                              std::uint32_t least, std::uint32_t most) {
  const auto number = to_number<std::uint32_t>(value);
  if (number && *number >= least && *number <= most) return std::nullopt;
  return fmt::format("{} must be a number from {} to {}, not \"{}\"", key, least, most, value);
}

}  // namespace

std::optional<std::string> find_setting_mistake(std::string_view setting) {
  const std::size_t colon = setting.find(':');
  if (colon == std::string_view::npos)
    return fmt::format("\"{}\" has no colon: expected KEY:VALUE", setting);
  const std::string_view key = setting.substr(0, colon);
  const std::string_view value = setting.substr(colon + 1);
  if (key == "contexts/factory") {
    if (value == "raw" || value == "thread") return std::nullopt;
    return fmt::format("contexts/factory must be raw or thread, not \"{}\"", value);
  }
  if (key == "contexts/stack-size") return find_range_mistake(key, value, 16, 65536);
  if (key == "contexts/guard-size") return find_range_mistake(key, value, 1, 16);
  std::string mistake = fmt::format("\"{}\" is not a setting that may be changed", key);
  if (const auto near = nearest(key, kKeys)) mistake += fmt::format("; did you mean {}?", *near);
  return mistake;
}

}  // namespace trapezoid::world
