#include "sim/sip/headers/content_length.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<ContentLength> ContentLength::parse(std::string_view value) {
  const auto number = parse_number<std::uint32_t>(value, "Content-Length", "a number below 2^32");
  if (!number) return number.error();
  return ContentLength{*number};
}
void ContentLength::write(std::string& out) const {
  out += std::to_string(bytes);
}

}  // namespace trapezoid::sip
