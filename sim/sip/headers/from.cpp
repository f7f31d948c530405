#include "sim/sip/headers/from.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<From> From::parse(std::string_view value) {
  Cursor in(value, "from-spec");
  From header;
  if (const auto error = take_name_addr(in, Brackets::Optional, header.address)) return *error;
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  header.parameters = *parameters;
  return header;
}

void From::write(std::string& out) const {
  address.write(out);
  out += parameters.text();
}

}  // namespace trapezoid::sip
