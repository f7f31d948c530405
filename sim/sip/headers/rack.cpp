#include "sim/sip/headers/rack.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

// response-num = 1*DIGIT: from 1 up (RFC 3262 §3).
namespace {

Parsed<std::uint32_t> take_response_number(Cursor& in) {
  const std::string_view text = in.rest();
  const auto number = take_number<std::uint32_t>(in, "a number from 1 to 2^32 - 1");
  if (number && *number == 0)
    return in.fail_at(text, ParseErrc::OutOfRange, "a number from 1 to 2^32 - 1");
  return number;
}

}  // namespace

Parsed<RSeq> RSeq::parse(std::string_view value) {
  Cursor in(value, "RSeq");
  const auto number = take_response_number(in);
  if (!number) return number.error();
  if (!in.at_end()) return in.fail("end of header field");
  return RSeq{*number};
}
void RSeq::write(std::string& out) const {
  out += std::to_string(number);
}

Parsed<RAck> RAck::parse(std::string_view value) {
  Cursor in(value, "RAck");
  const auto response_number = take_response_number(in);
  if (!response_number) return response_number.error();
  if (!in.skip_lws()) return in.fail("LWS");
  const auto cseq_number = take_number<std::uint32_t>(in, "a number below 2^32");
  if (!cseq_number) return cseq_number.error();
  if (!in.skip_lws()) return in.fail("LWS");
  const std::string_view name = in.take_while(kToken);
  if (name.empty()) return in.fail("Method");
  if (!in.at_end()) return in.fail("end of header field");
  return RAck{*response_number, *cseq_number, Method(name)};
}
void RAck::write(std::string& out) const {
  out += std::to_string(response_number);
  out += ' ';
  out += std::to_string(cseq_number);
  out += ' ';
  out += method.name();
}

}  // namespace trapezoid::sip
