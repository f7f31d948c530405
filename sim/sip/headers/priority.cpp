#include "sim/sip/headers/priority.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<Priority> Priority::parse(std::string_view value) {
  const auto token = parse_token(value, "priority-value");
  if (!token) return token.error();
  return Priority{*token};
}
void Priority::write(std::string& out) const {
  out += value;
}

}  // namespace trapezoid::sip
