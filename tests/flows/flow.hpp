#pragma once

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/run/simulate.hpp"
#include "sim/trace/trace.hpp"

namespace trapezoid::flows {

using Json = nlohmann::ordered_json;
/// A change to a scenario's JSON before it is read.
using Change = std::function<void(Json&)>;

/// The JSON of a shipped scenario, "rfc3665/3.2".
Json scenario_json(const std::string& name);

/// Runs a shipped scenario, changed, in a child process. A scenario that cannot be read or run
/// fails the test at hand and gives an empty trace.
trace::Trace run_scenario(const std::string& name, const Change& change = {},
                          const run::RunOptions& options = {});

/// The element of that name in a scenario's JSON.
Json& element(Json& scenario, const std::string& name);

/// Gives the scenario the platform's network as an inline one, with these latencies.
void use_inline_network(Json& scenario, double alice_proxy1_ms, double proxy1_proxy2_ms,
                        double proxy2_bob_ms);

/// A line a message: "F1 Alice -> Proxy 1 INVITE sip:bob@biloxi.example.com".
std::string summary(const trace::Trace& trace);

/// The values of one field of the n-th message (from 1 up), as they stand on the wire.
std::vector<std::string> values(const trace::Trace& trace, std::size_t number,
                                const std::string& field);

}  // namespace trapezoid::flows
