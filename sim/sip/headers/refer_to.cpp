#include "sim/sip/headers/refer_to.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<ReferTo> ReferTo::parse(std::string_view value) {
  Cursor in(value, "Refer-To");
  const auto address = take_name_addr(in, Brackets::Optional);
  if (!address) return address.error();
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  return ReferTo{*address, *parameters};
}

void ReferTo::write(std::string& out) const {
  address.write(out);
  out += parameters.text();
}

}  // namespace trapezoid::sip
