#include "sim/sip/headers/refer_to.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<ReferTo> ReferTo::parse(std::string_view value) {
  Cursor in(value, "Refer-To");
  ReferTo header;
  if (const auto error = take_name_addr(in, Brackets::Optional, header.address)) return *error;
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  header.parameters = *parameters;
  return header;
}

void ReferTo::write(std::string& out) const {
  address.write(out);
  out += parameters.text();
}

}  // namespace trapezoid::sip
