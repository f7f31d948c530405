#include "sim/scenario/scenario.hpp"

#include <algorithm>
#include <iterator>

namespace trapezoid::scenario {

std::string_view to_string(CallOutcome outcome) {
  switch (outcome) {
    case CallOutcome::EstablishedAndEnded: return "established_and_ended";
    case CallOutcome::Established: return "established";
    case CallOutcome::Rejected: return "rejected";
    case CallOutcome::Cancelled: return "cancelled";
    case CallOutcome::Failed: return "failed";
  }
  return "";
}

const Element* Scenario::find_element(std::string_view element_name) const {
  const auto found = std::find_if(elements.begin(), elements.end(), [&](const Element& element) {
    return element.name == element_name;
  });
  return found == elements.end() ? nullptr : &*found;
}

}  // namespace trapezoid::scenario
