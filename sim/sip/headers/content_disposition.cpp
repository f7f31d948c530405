#include "sim/sip/headers/content_disposition.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<ContentDisposition> ContentDisposition::parse(std::string_view value) {
  Cursor in(value, "Content-Disposition");
  const std::string_view token = in.take_while(kToken);
  if (token.empty()) return in.fail("disp-type");
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  return ContentDisposition{token, *parameters};
}
void ContentDisposition::write(std::string& out) const {
  out += type;
  out += parameters.text();
}

bool ContentDisposition::is_optional() const {
  return iequals(parameters.value_of("handling"), "optional");
}

}  // namespace trapezoid::sip
