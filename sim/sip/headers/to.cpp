#include "sim/sip/headers/to.hpp"

#include <utility>

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<To> To::parse(std::string_view value) {
  Parsed<To> header(std::in_place);
  Cursor in(value, "to-spec");
  if (const auto error =
          take_last_address(in, Brackets::Optional, header->address, header->parameters))
    header = *error;
  return header;
}

void To::write(std::string& out) const {
  address.write(out);
  out += parameters.text();
}

}  // namespace trapezoid::sip
