#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/trace/trace.hpp"

namespace trapezoid::flows {

/// A reference flow and its deviations, as they stand in scenarios/rfc3665/reference/.
struct Reference {
  nlohmann::json flow;
  nlohmann::json deviations;
};

Reference load_reference(const std::string& section);

/// What is needed to verify a digest.
struct Secret {
  std::string realm;
  std::string username;
  std::string password;
};

/// Every place where the trace is not what the reference says, a line each:
///   "F3 Route[0]: printed nothing, expected ..., found ..."
/// White space and the order of different header fields play no part. A place that a deviation
/// names must have the value that the deviation expects; a deviation that no longer is one (ours is
/// as printed) is a difference too. Empty: the flow is the reference's.
std::vector<std::string> find_differences(const trace::Trace& trace, const Reference& reference,
                                          const Secret& secret);

}  // namespace trapezoid::flows
