#include "sim/sip/headers/reason.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<Reason> Reason::parse(std::string_view value) {
  Cursor in(value, "reason-value");
  const std::string_view token = in.take_while(kToken);
  if (token.empty()) return in.fail("protocol");
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  return Reason{token, *parameters};
}
void Reason::write(std::string& out) const {
  out += protocol;
  out += parameters.text();
}

std::optional<std::uint32_t> Reason::cause() const {
  return to_number<std::uint32_t>(parameters.value_of("cause"));
}

}  // namespace trapezoid::sip
