#include "sim/sip/headers/from.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<From> From::parse(std::string_view value) {
  Cursor in(value, "from-spec");
  const auto address = take_name_addr(in, Brackets::Optional);
  if (!address) return address.error();
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  return From{*address, *parameters};
}

void From::write(std::string& out) const {
  address.write(out);
  out += parameters.text();
}

}  // namespace trapezoid::sip
