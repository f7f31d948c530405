#include "sim/sip/headers/content_type.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

// media-type = m-type SLASH m-subtype *(SEMI m-parameter)
Parsed<ContentType> ContentType::parse(std::string_view value) {
  Cursor in(value, "media-type");
  ContentType content;
  content.type = in.take_while(kToken);
  if (content.type.empty()) return in.fail("m-type");
  if (!in.take_separator('/')) return in.fail("SLASH");
  content.subtype = in.take_while(kToken);
  if (content.subtype.empty()) return in.fail("m-subtype");
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  content.parameters = *parameters;
  return content;
}

void ContentType::write(std::string& out) const {
  out += type;
  out += '/';
  out += subtype;
  out += parameters.text();
}

bool ContentType::is(std::string_view media_type) const {
  const std::size_t slash = media_type.find('/');
  return slash != std::string_view::npos && iequals(type, media_type.substr(0, slash)) &&
         iequals(subtype, media_type.substr(slash + 1));
}

}  // namespace trapezoid::sip
