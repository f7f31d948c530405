#include "sim/sip/headers/accept.hpp"

#include <algorithm>

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

// media-range = ( "*/*" / ( m-type SLASH "*" ) / ( m-type SLASH m-subtype ) ) *( SEMI m-parameter )
// "*" is a token character, so a range is spelled like a media type.
Parsed<Accept> Accept::parse(std::string_view value) {
  Cursor in(value, "accept-range");
  Accept accept;
  accept.type = in.take_while(kToken);
  if (accept.type.empty()) return in.fail("media-range");
  if (!in.take_separator('/')) return in.fail("SLASH");
  accept.subtype = in.take_while(kToken);
  if (accept.subtype.empty()) return in.fail("m-subtype");
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  accept.parameters = *parameters;
  return accept;
}
void Accept::write(std::string& out) const {
  out += type;
  out += '/';
  out += subtype;
  out += parameters.text();
}

bool Accept::covers(std::string_view media_type) const {
  const std::size_t slash = std::min(media_type.find('/'), media_type.size());
  if (type == "*") return true;
  if (!iequals(type, media_type.substr(0, slash))) return false;
  return subtype == "*" ||
         iequals(subtype, media_type.substr(std::min(slash + 1, media_type.size())));
}

Parsed<AcceptEncoding> AcceptEncoding::parse(std::string_view value) {
  Cursor in(value, "encoding");
  const std::string_view token = in.take_while(kToken);
  if (token.empty()) return in.fail("codings");
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  return AcceptEncoding{token, *parameters};
}
void AcceptEncoding::write(std::string& out) const {
  out += coding;
  out += parameters.text();
}

// language-range = ( ( 1*8ALPHA *( "-" 1*8ALPHA ) ) / "*" )
Parsed<AcceptLanguage> AcceptLanguage::parse(std::string_view value) {
  Cursor in(value, "language");
  if (!in.take('*')) {
    do {
      const std::size_t from = in.offset();
      const std::string_view subtag = in.take_while(kAlpha);
      if (subtag.size() <= 8 && !subtag.empty()) continue;
      in.rewind(from);
      return in.fail("1*8ALPHA");
    } while (in.take('-'));
  }
  const std::string_view range = in.taken_since(0);
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  return AcceptLanguage{range, *parameters};
}
void AcceptLanguage::write(std::string& out) const {
  out += range;
  out += parameters.text();
}

}  // namespace trapezoid::sip
