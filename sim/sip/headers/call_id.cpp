#include "sim/sip/headers/call_id.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

namespace {

// callid = word [ "@" word ]
Parsed<std::string_view> parse_call_id(std::string_view value, std::string_view rule) {
  Cursor in(value, rule);
  if (in.take_while(kWord).empty()) return in.fail("word");
  if (in.take('@') && in.take_while(kWord).empty()) return in.fail("word");
  if (!in.at_end()) return in.fail("end of header field");
  return value;
}

}  // namespace

Parsed<CallId> CallId::parse(std::string_view value) {
  const auto text = parse_call_id(value, "callid");
  if (!text) return text.error();
  return CallId{*text};
}
void CallId::write(std::string& out) const {
  out += value;
}

Parsed<InReplyTo> InReplyTo::parse(std::string_view value) {
  const auto text = parse_call_id(value, "callid");
  if (!text) return text.error();
  return InReplyTo{*text};
}
void InReplyTo::write(std::string& out) const {
  out += call_id;
}

}  // namespace trapezoid::sip
