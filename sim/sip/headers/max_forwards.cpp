#include "sim/sip/headers/max_forwards.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<MaxForwards> MaxForwards::parse(std::string_view value) {
  const auto number = parse_number<std::uint8_t>(value, "Max-Forwards", "a number below 256");
  if (!number) return number.error();
  return MaxForwards{*number};
}
void MaxForwards::write(std::string& out) const {
  out += std::to_string(hops);
}

}  // namespace trapezoid::sip
