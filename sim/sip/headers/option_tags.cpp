#include "sim/sip/headers/option_tags.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<Require> Require::parse(std::string_view value) {
  const auto token = parse_token(value, "option-tag");
  if (!token) return token.error();
  return Require{*token};
}
void Require::write(std::string& out) const {
  out += option_tag;
}

Parsed<ProxyRequire> ProxyRequire::parse(std::string_view value) {
  const auto token = parse_token(value, "option-tag");
  if (!token) return token.error();
  return ProxyRequire{*token};
}
void ProxyRequire::write(std::string& out) const {
  out += option_tag;
}

Parsed<Supported> Supported::parse(std::string_view value) {
  const auto token = parse_token(value, "option-tag");
  if (!token) return token.error();
  return Supported{*token};
}
void Supported::write(std::string& out) const {
  out += option_tag;
}

Parsed<Unsupported> Unsupported::parse(std::string_view value) {
  const auto token = parse_token(value, "option-tag");
  if (!token) return token.error();
  return Unsupported{*token};
}
void Unsupported::write(std::string& out) const {
  out += option_tag;
}

}  // namespace trapezoid::sip
