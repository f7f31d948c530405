#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {
namespace {

std::string_view to_text(ParseErrc code) {
  switch (code) {
    case ParseErrc::UnexpectedByte: return "expected ";
    case ParseErrc::UnexpectedEnd: return "ends, expected ";
    case ParseErrc::OutOfRange: return "out of range, expected ";
    case ParseErrc::Missing: return "missing ";
    case ParseErrc::TooLarge: return "too large, expected ";
    case ParseErrc::Duplicate: return "stands twice, expected ";
  }
  return "";
}

}  // namespace

std::string to_string(const ParseError& error) {
  std::string text = "byte ";
  text += std::to_string(error.offset);
  text += ": ";
  text += error.rule;
  text += ": ";
  text += to_text(error.code);
  text += error.expected;
  return text;
}

}  // namespace trapezoid::sip
