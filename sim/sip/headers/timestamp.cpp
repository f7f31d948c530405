#include "sim/sip/headers/timestamp.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

namespace {

// 1*(DIGIT) [ "." *(DIGIT) ] and *(DIGIT) [ "." *(DIGIT) ]
std::string_view take_decimal(Cursor& in) {
  const std::size_t from = in.offset();
  in.take_while(kDigit);
  if (in.take('.')) in.take_while(kDigit);
  return in.taken_since(from);
}

}  // namespace

Parsed<Timestamp> Timestamp::parse(std::string_view value) {
  Cursor in(value, "Timestamp");
  if (!in.is_at(kDigit)) return in.fail("1*DIGIT");
  Timestamp timestamp;
  timestamp.time = take_decimal(in);
  if (in.skip_lws()) timestamp.delay = take_decimal(in);
  if (!in.at_end()) return in.fail("end of header field");
  return timestamp;
}

void Timestamp::write(std::string& out) const {
  out += time;
  if (delay.empty()) return;
  out += ' ';
  out += delay;
}

}  // namespace trapezoid::sip
