#include "sim/sip/headers/to.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<To> To::parse(std::string_view value) {
  Cursor in(value, "to-spec");
  To header;
  if (const auto error = take_name_addr(in, Brackets::Optional, header.address)) return *error;
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  header.parameters = *parameters;
  return header;
}

void To::write(std::string& out) const {
  address.write(out);
  out += parameters.text();
}

}  // namespace trapezoid::sip
