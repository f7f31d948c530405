#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "sim/element/element.hpp"
#include "sim/element/sip_element.hpp"
#include "sim/resolve/zone.hpp"
#include "sim/scenario/scenario.hpp"

namespace trapezoid::run {

/// The name data of a scenario, for the resolvers of its elements.
resolve::Zone make_zone(const scenario::Scenario& scenario);

/// One element of a scenario as a protocol engine. `zone` is not owned and outlives the element;
/// the seed stands in for the scenario's own.
std::unique_ptr<element::Element> make_element(const scenario::Element& element,
                                               const scenario::Scenario& scenario,
                                               const resolve::Zone& zone, std::uint64_t seed,
                                               element::Recording recording);

/// The role of an element's lane in a trace: "user_agent", "proxy".
std::string_view role_of(const scenario::Element& element);

}  // namespace trapezoid::run
