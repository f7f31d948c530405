#include "sim/sip/headers/expires.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<Expires> Expires::parse(std::string_view value) {
  const auto number = parse_number<std::uint32_t>(value, "delta-seconds", "a number below 2^32");
  if (!number) return number.error();
  return Expires{*number};
}
void Expires::write(std::string& out) const {
  out += std::to_string(seconds);
}

Parsed<MinExpires> MinExpires::parse(std::string_view value) {
  const auto number = parse_number<std::uint32_t>(value, "delta-seconds", "a number below 2^32");
  if (!number) return number.error();
  return MinExpires{*number};
}
void MinExpires::write(std::string& out) const {
  out += std::to_string(seconds);
}

}  // namespace trapezoid::sip
