#include "sim/sip/headers/warning.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

// warning-value = warn-code SP warn-agent SP warn-text
Parsed<Warning> Warning::parse(std::string_view value) {
  Cursor in(value, "warning-value");
  const std::string_view code = in.take_while(kDigit);
  const auto number = to_number<std::uint16_t>(code);
  if (code.size() != 3 || !number) return in.fail_at(value, ParseErrc::UnexpectedByte, "3DIGIT");
  Warning warning;
  warning.code = *number;
  if (!in.skip_lws()) return in.fail("SP");
  // hostport and pseudonym: what neither may hold is found by the SP that must follow.
  const std::size_t from = in.offset();
  in.take_while(kGenValue);
  warning.agent = in.taken_since(from);
  if (warning.agent.empty()) return in.fail("warn-agent");
  if (!in.skip_lws()) return in.fail("SP");
  warning.text = in.take_quoted_string();
  if (warning.text.empty()) return in.fail("quoted-string");
  if (!in.at_end()) return in.fail("end of header field");
  return warning;
}

void Warning::write(std::string& out) const {
  out += std::to_string(code);
  out += ' ';
  out += agent;
  out += ' ';
  out += text;
}

}  // namespace trapezoid::sip
