#include "sim/sip/headers/from.hpp"

#include <utility>

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<From> From::parse(std::string_view value) {
  Parsed<From> header(std::in_place);
  Cursor in(value, "from-spec");
  if (const auto error =
          take_last_address(in, Brackets::Optional, header->address, header->parameters))
    header = *error;
  return header;
}

void From::write(std::string& out) const {
  address.write(out);
  out += parameters.text();
}

}  // namespace trapezoid::sip
