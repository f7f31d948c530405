#include "sim/sip/headers/name_addr.hpp"

#include <algorithm>

#include "sim/sip/grammar.hpp"
#include "sim/sip/lws.hpp"

namespace trapezoid::sip {

namespace {

// display-name = *(token LWS) / quoted-string
// DEVIATION RFC 3261 §25.1: no LWS is needed before "<", as RFC 4475 §3.1.1.6 asks.
bool take_display_name(Cursor& in, NameAddr& address) {
  const std::size_t from = in.offset();
  std::size_t end = from;
  if (in.is_at('"')) {
    if (in.take_quoted_string().empty()) return false;
    end = in.offset();
    in.skip_lws();
  } else {
    while (!in.take_while(kToken).empty()) {
      end = in.offset();
      in.skip_lws();
    }
  }
  const std::size_t after = in.offset();
  in.rewind(end);
  address.display_name = in.taken_since(from);
  in.rewind(after);
  return true;
}

bool is_bare(std::string_view text) {
  // addr-spec begins with a scheme and a colon; a display name is followed by "<".
  for (const char c : text)
    if (c == ':' || c == '<' || c == '"') return c == ':';
  return false;
}

std::optional<ParseError> take_bare_address(Cursor& in, NameAddr& address) {
  const auto* const end = std::find_if(in.rest().begin(), in.rest().end(),
                                       [](char c) { return c == ';' || is_lws(c); });
  const auto text = in.rest().substr(0, static_cast<std::size_t>(end - in.rest().begin()));
  // Without brackets "?" and "," are not allowed (§20), so that nobody has to guess.
  const std::size_t bad = text.find_first_of("?,");
  if (bad != std::string_view::npos) {
    in.skip(bad);
    return in.fail(R"(name-addr, for a URI with "?" or ",")");
  }
  if (const auto error = decode_uri(text, address.uri)) return in.fail_within(text, *error);
  in.skip(text.size());
  return std::nullopt;
}

}  // namespace

// name-addr = [ display-name ] LAQUOT addr-spec RAQUOT
std::optional<ParseError> take_name_addr(Cursor& in, Brackets brackets, NameAddr& address) {
  if (brackets == Brackets::Optional && is_bare(in.rest())) return take_bare_address(in, address);
  if (!take_display_name(in, address)) return in.fail("quoted-string");
  if (!in.take('<')) return in.fail("LAQUOT");
  const std::size_t end = in.rest().find('>');
  const std::string_view text = in.rest().substr(0, end);
  if (const auto error = decode_uri(text, address.uri)) return in.fail_within(text, *error);
  in.skip(text.size());
  if (!in.take('>')) return in.fail("RAQUOT");
  return std::nullopt;
}

std::optional<ParseError> take_last_address(Cursor& in, Brackets brackets, NameAddr& address,
                                            Parameters& parameters) {
  if (auto error = take_name_addr(in, brackets, address)) return error;
  const auto taken = take_last_parameters(in);
  if (!taken) return taken.error();
  parameters = *taken;
  return std::nullopt;
}

Parsed<NameAddr> NameAddr::parse(std::string_view text) {
  Cursor in(text, "name-addr");
  NameAddr address;
  if (const auto error = take_name_addr(in, Brackets::Optional, address)) return *error;
  if (!in.at_end()) return in.fail("end of address");
  return address;
}

void NameAddr::write(std::string& out) const {
  if (!display_name.empty()) {
    out += display_name;
    out += ' ';
  }
  out += '<';
  out += uri.text;
  out += '>';
}

}  // namespace trapezoid::sip
