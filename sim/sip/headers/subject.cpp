#include "sim/sip/headers/subject.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

namespace {

// TEXT-UTF8-TRIM = 1*TEXT-UTF8char *(*LWS TEXT-UTF8char)
Parsed<std::string_view> parse_text(std::string_view value, std::string_view rule) {
  Cursor in(value, rule);
  while (!in.at_end())
    if (in.take_while(kText).empty() && !in.skip_lws()) return in.fail("TEXT-UTF8char");
  return value;
}

}  // namespace

Parsed<Subject> Subject::parse(std::string_view value) {
  const auto text = parse_text(value, "Subject");
  if (!text) return text.error();
  return Subject{*text};
}
void Subject::write(std::string& out) const {
  out += text;
}

Parsed<Organization> Organization::parse(std::string_view value) {
  const auto text = parse_text(value, "Organization");
  if (!text) return text.error();
  return Organization{*text};
}
void Organization::write(std::string& out) const {
  out += text;
}

}  // namespace trapezoid::sip
