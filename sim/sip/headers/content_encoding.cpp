#include "sim/sip/headers/content_encoding.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<ContentEncoding> ContentEncoding::parse(std::string_view value) {
  const auto token = parse_token(value, "content-coding");
  if (!token) return token.error();
  return ContentEncoding{*token};
}
void ContentEncoding::write(std::string& out) const {
  out += coding;
}

Parsed<ContentLanguage> ContentLanguage::parse(std::string_view value) {
  Cursor in(value, "language-tag");
  do {
    const std::size_t from = in.offset();
    const std::string_view subtag = in.take_while(kAlpha);
    if (subtag.size() <= 8 && !subtag.empty()) continue;
    in.rewind(from);
    return in.fail("1*8ALPHA");
  } while (in.take('-'));
  if (!in.at_end()) return in.fail("end of header field");
  return ContentLanguage{value};
}
void ContentLanguage::write(std::string& out) const {
  out += tag;
}

}  // namespace trapezoid::sip
