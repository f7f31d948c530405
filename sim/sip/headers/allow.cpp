#include "sim/sip/headers/allow.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<Allow> Allow::parse(std::string_view value) {
  const auto token = parse_token(value, "Allow");
  if (!token) return token.error();
  return Allow{*token};
}
void Allow::write(std::string& out) const {
  out += method;
}

}  // namespace trapezoid::sip
