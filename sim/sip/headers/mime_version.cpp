#include "sim/sip/headers/mime_version.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

// MIME-Version = 1*DIGIT "." 1*DIGIT
Parsed<MimeVersion> MimeVersion::parse(std::string_view value) {
  Cursor in(value, "MIME-Version");
  const auto major = take_number<std::uint32_t>(in, "a number below 2^32");
  if (!major) return major.error();
  if (!in.take('.')) return in.fail("\".\"");
  const auto minor = take_number<std::uint32_t>(in, "a number below 2^32");
  if (!minor) return minor.error();
  if (!in.at_end()) return in.fail("end of header field");
  return MimeVersion{*major, *minor};
}

void MimeVersion::write(std::string& out) const {
  out += std::to_string(major_number);
  out += '.';
  out += std::to_string(minor_number);
}

}  // namespace trapezoid::sip
