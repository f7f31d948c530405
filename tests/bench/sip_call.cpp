#include "tests/bench/sip_call.hpp"

#include <utility>

#include "sim/run/assemble.hpp"
#include "sim/scenario/load.hpp"

namespace trapezoid::bench {

scenario::Scenario flagship(const Load& load) {
  auto loaded = scenario::load_scenario(TRAPEZOID_SOURCE_DIR "/scenarios/rfc3665/3.2.json");
  if (!loaded) return {};
  scenario::Scenario scenario = std::move(*loaded);
  for (scenario::Element& element : scenario.elements) element.identifiers = {};
  const scenario::Action action = scenario.actions.front();
  scenario.actions.clear();
  for (std::uint64_t i = 0; i < load.calls; ++i) {
    auto call = std::get<scenario::Call>(action);
    call.at = static_cast<std::int64_t>(i) * load.interval;
    scenario.actions.emplace_back(std::move(call));
  }
  return scenario;
}

std::vector<world::ElementPlace> sip_elements(const scenario::Scenario& scenario,
                                              const resolve::Zone& zone) {
  std::vector<world::ElementPlace> places;
  for (const scenario::Element& element : scenario.elements)
    places.push_back(
        {element.name,
         element.host,
         {{element.address, element.port, element.transports.front()}},
         run::make_element(element, scenario, zone, scenario.seed, element::Recording::Off)});
  return places;
}

}  // namespace trapezoid::bench
