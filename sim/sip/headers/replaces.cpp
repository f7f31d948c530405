#include "sim/sip/headers/replaces.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

// Replaces = callid *(SEMI replaces-param)
Parsed<Replaces> Replaces::parse(std::string_view value) {
  Cursor in(value, "Replaces");
  Replaces replaces;
  if (in.take_while(kWord).empty()) return in.fail("callid");
  if (in.take('@') && in.take_while(kWord).empty()) return in.fail("word");
  replaces.call_id = in.taken_since(0);
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  replaces.parameters = *parameters;
  int to_tags = 0;
  int from_tags = 0;
  for (const Parameter& parameter : *parameters) {
    int& count = iequals(parameter.name, "to-tag") ? to_tags : from_tags;
    const bool is_tag = &count == &to_tags || iequals(parameter.name, "from-tag");
    if (is_tag && ++count > 1) return in.fail_at(parameter.name, ParseErrc::Duplicate, "one tag");
  }
  if (replaces.to_tag().empty()) return in.fail("to-tag");
  if (replaces.from_tag().empty()) return in.fail("from-tag");
  return replaces;
}
void Replaces::write(std::string& out) const {
  out += call_id;
  out += parameters.text();
}

}  // namespace trapezoid::sip
