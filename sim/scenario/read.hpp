#pragma once

#include "sim/scenario/reader.hpp"
#include "sim/scenario/scenario.hpp"

/// The parts of a scenario, each read by one function. They check what can be checked inside the
/// part; `check_references` then checks what one part says about another.
namespace trapezoid::scenario {

/// A scenario together with where its parts were read, for checks that need several parts.
struct Draft {
  Scenario scenario;
  std::string platform;  ///< As written in the file.
  Reader document;       ///< The whole document.
};

void read_scenario(Draft& draft);
Network read_network(const Reader& reader, std::string& platform);
std::vector<NameRecord> read_names(const Reader& reader);
Element read_element(const Reader& reader);
std::vector<Action> read_actions(const Reader& reader);

constexpr std::uint64_t kMaxBandwidth = 1'000'000'000'000'000;  ///< 1 Pbit/s.

/// Hosts and links of a platform file, as far as they are written in it one by one.
struct PlatformNames {
  std::vector<std::string> hosts;
  std::vector<std::string> links;
  /// Whether something in it makes hosts or links whose names are not written (cluster, peer, ...).
  bool is_complete = true;
};

/// Finds the names in a SimGrid platform file; nothing when the text is no platform.
std::optional<PlatformNames> find_platform_names(std::string_view xml);

/// Hosts and links that elements and overrides name, against those that exist; routes between
/// elements; elements that actions name. `platform` is null when the platform was not opened.
void check_references(const Draft& draft, const PlatformNames* platform);

}  // namespace trapezoid::scenario
