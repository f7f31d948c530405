#pragma once

#include <string>
#include <vector>

namespace trapezoid::bench {

/// The 23 messages of one call through two proxies, with a challenge (the shape of RFC 3665 §3.2),
/// built by our own API; or those of the file that TRAPEZOID_BENCH_MESSAGES names, each after a
/// line with its size in bytes.
const std::vector<std::string>& flow_messages();

}  // namespace trapezoid::bench
