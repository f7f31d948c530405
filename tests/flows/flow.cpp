#include "tests/flows/flow.hpp"

#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sim/scenario/load.hpp"
#include "sim/sip/parser.hpp"

namespace trapezoid::flows {
namespace {

std::string path_of(const std::string& name) {
  return std::string(TRAPEZOID_SOURCE_DIR) + "/scenarios/" + name + ".json";
}

}  // namespace

Json scenario_json(const std::string& name) {
  std::ifstream file(path_of(name));
  return Json::parse(file);
}

trace::Trace run_scenario(const std::string& name, const Change& change,
                          const run::RunOptions& options) {
  Json json = scenario_json(name);
  if (change) change(json);
  const auto scenario = scenario::parse_scenario(json.dump(2), path_of(name));
  if (!scenario) {
    for (const auto& problem : scenario.error())
      ADD_FAILURE() << problem.pointer << ": " << problem.message;
    return {};
  }
  auto trace = run::simulate_in_child(*scenario, options);
  if (!trace) {
    for (const auto& mistake : trace.error()) ADD_FAILURE() << mistake;
    return {};
  }
  return std::move(*trace);
}

Json& element(Json& scenario, const std::string& name) {
  for (auto& one : scenario.at("elements"))
    if (one.at("name") == name) return one;
  ADD_FAILURE() << "no element " << name;
  return scenario;
}

void use_inline_network(Json& scenario, double alice_proxy1_ms, double proxy1_proxy2_ms,
                        double proxy2_bob_ms) {
  const auto link = [](const char* from, const char* to, double latency_ms) {
    return Json{{"name", fmt::format("{}-{}", from, to)},
                {"between", {from, to}},
                {"latency_ms", latency_ms},
                {"bandwidth_bps", 100'000'000}};
  };
  Json& network = scenario.at("network");
  network.erase("platform");
  network["hosts"] = {"alice", "proxy1", "proxy2", "bob"};
  network["links"] = Json::array({link("alice", "proxy1", alice_proxy1_ms),
                                  link("proxy1", "proxy2", proxy1_proxy2_ms),
                                  link("proxy2", "bob", proxy2_bob_ms)});
}

std::string summary(const trace::Trace& trace) {
  std::string text = "\n";
  for (const auto* message : trace::messages(trace)) {
    std::string_view line = trace::start_line(*message);
    if (line.substr(0, 8) == "SIP/2.0 ")
      line.remove_prefix(8);
    else
      line.remove_suffix(8);
    fmt::format_to(std::back_inserter(text), "F{} {} -> {} {}\n", message->f_number,
                   trace.header.lanes[message->from].label, trace.header.lanes[message->to].label,
                   line);
  }
  return text;
}

std::vector<std::string> values(const trace::Trace& trace, std::size_t number,
                                const std::string& field) {
  std::vector<std::string> found;
  const auto messages = trace::messages(trace);
  if (number > messages.size()) return found;
  const auto parsed = sip::parse_message(messages[number - 1]->bytes);
  if (!parsed) return found;
  auto texts = sip::headers_of(*parsed).values(sip::find_header_id(field));
  while (const auto text = texts.next()) found.emplace_back(*text);
  return found;
}

}  // namespace trapezoid::flows
