#include "sim/sip/headers/cseq.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

// CSeq = 1*DIGIT LWS Method
Parsed<CSeq> CSeq::parse(std::string_view value) {
  Cursor in(value, "CSeq");
  const auto number = take_number<std::uint32_t>(in, "a number below 2^32");
  if (!number) return number.error();
  if (!in.skip_lws()) return in.fail("LWS");
  const std::string_view name = in.take_while(kToken);
  if (name.empty()) return in.fail("Method");
  if (!in.at_end()) return in.fail("end of header field");
  return CSeq{*number, Method(name)};
}

void CSeq::write(std::string& out) const {
  out += std::to_string(number);
  out += ' ';
  out += method.name();
}

}  // namespace trapezoid::sip
