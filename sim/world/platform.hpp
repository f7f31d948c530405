#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/time.hpp"

namespace trapezoid::world {

/// A SimGrid platform in XML.
struct PlatformFile {
  std::string path;
};

/// A link of an inline platform: both directions, each with its own queue and the full bandwidth.
struct PlatformLink {
  std::string name;
  std::string from;  ///< A host.
  std::string to;    ///< Another.
  Duration latency{};
  std::uint64_t bits_per_second = 0;
};

/// A platform given by value. Hosts without a link between them talk over the fewest links; of
/// several such routes, over the one whose links stand first in the list.
struct InlinePlatform {
  std::vector<std::string> hosts;
  std::vector<PlatformLink> links;
};

using PlatformSource = std::variant<PlatformFile, InlinePlatform>;

/// A change to a link of the platform, both directions.
struct LinkChange {
  std::string link;
  std::optional<Duration> latency;
  std::optional<std::uint64_t> bits_per_second;
};

/// The route of each pair of hosts, as indices of links and whether each is travelled from its
/// `from` to its `to`.
struct InlineHop {
  std::size_t link = 0;
  bool is_forward = true;
};
std::optional<std::vector<InlineHop>> find_inline_route(const InlinePlatform& platform,
                                                        const std::string& from,
                                                        const std::string& to);

/// What is wrong with a platform for elements on `hosts`: all mistakes of an inline one; the first
/// that SimGrid finds in a file, or else all hosts, routes and links that are missing. Empty: none.
/// SimGrid aborts the process on a bad file, so this loads it in a child process first.
std::vector<std::string> find_platform_mistakes(const PlatformSource& source,
                                                const std::vector<LinkChange>& changes,
                                                const std::vector<std::string>& hosts);

}  // namespace trapezoid::world
