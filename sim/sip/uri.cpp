#include "sim/sip/uri.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {
namespace {

// userinfo = ( user / telephone-subscriber ) [ ":" password ] "@"
// An "@" stands nowhere else in a SIP URI, so the first one ends the userinfo.
std::optional<ParseError> take_userinfo(Cursor& in, Uri& uri) {
  if (in.rest().find('@') == std::string_view::npos) return std::nullopt;
  uri.user = in.take_escaped_while(kUser);
  if (uri.user->empty()) return in.fail("user");
  if (in.take(':')) uri.password = in.take_escaped_while(kPassword);
  if (!in.take('@')) return in.fail(uri.password ? "password" : "user");
  return std::nullopt;
}

// uri-parameters = *( ";" pname [ "=" pvalue ] )
std::optional<ParseError> take_uri_parameters(Cursor& in, Uri& uri) {
  const std::size_t from = in.offset();
  while (in.take(';')) {
    if (in.take_escaped_while(kUriParam).empty()) return in.fail("pname");
    if (in.take('=') && in.take_escaped_while(kUriParam).empty()) return in.fail("pvalue");
  }
  uri.parameters = Parameters(in.taken_since(from));
  return std::nullopt;
}

// headers = "?" header *( "&" header )         header = hname "=" hvalue
std::optional<ParseError> take_uri_headers(Cursor& in, Uri& uri) {
  if (!in.take('?')) return std::nullopt;
  const std::size_t from = in.offset();
  do {
    if (in.take_escaped_while(kUriHeader).empty()) return in.fail("hname");
    if (!in.take('=')) return in.fail("\"=\"");
    in.take_escaped_while(kUriHeader);
  } while (in.take('&'));
  uri.headers = in.taken_since(from);
  return std::nullopt;
}

std::optional<ParseError> take_sip_parts(Cursor& in, Uri& uri) {
  if (auto error = take_userinfo(in, uri)) return error;
  if (auto error = take_host_port(in, Colon::Bare, uri.host_port)) return error;
  if (auto error = take_uri_parameters(in, uri)) return error;
  return take_uri_headers(in, uri);
}

// telephone-uri = "tel:" telephone-subscriber                                         RFC 3966 §3
std::optional<ParseError> take_tel_parts(Cursor& in, Uri& uri) {
  const std::size_t from = in.offset();
  const bool is_global = in.take('+');
  std::size_t digits = 0;
  for (; !in.at_end() && !in.is_at(';'); in.skip(1)) {
    const char c = in.rest().front();
    const bool is_digit_here = is_global ? is_digit(c) : is_hex_digit(c) || c == '*' || c == '#';
    if (!is_digit_here && c != '-' && c != '.' && c != '(' && c != ')')
      return in.fail("phonedigit");
    digits += is_digit_here ? 1 : 0;
  }
  if (digits == 0) return in.fail("phonedigit");
  uri.opaque = in.taken_since(from);
  return take_uri_parameters(in, uri);
}

Scheme scheme_of(std::string_view name) {
  if (iequals(name, "sip")) return Scheme::Sip;
  if (iequals(name, "sips")) return Scheme::Sips;
  return iequals(name, "tel") ? Scheme::Tel : Scheme::Other;
}

// scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )
std::string_view take_scheme(Cursor& in) {
  if (in.rest().starts_with("sip:")) {  // as nearly always
    in.skip(3);
    return in.taken_since(in.offset() - 3);
  }
  const std::size_t from = in.offset();
  if (!in.is_at(kAlpha)) return {};
  do in.take_while(kHostChar);
  while (in.take('+'));
  return in.taken_since(from);
}

/// One character of a URI component with its escape undone. An escaped character of the reserved
/// set is not equivalent to the bare one (§19.1.4), so it is numbered apart.
class Unescaper {
 public:
  explicit Unescaper(std::string_view text) : rest_(text) {}
  bool at_end() const { return rest_.empty(); }
  char next_byte() { return take().first; }
  int next_code() {
    const auto [byte, was_escaped] = take();
    const bool is_reserved = internal::is_one_of(byte, ";/?:@&=+$,");
    return static_cast<unsigned char>(byte) + (was_escaped && is_reserved ? 256 : 0);
  }

 private:
  static int digit(char c) { return is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10; }
  std::pair<char, bool> take() {
    const bool is_escape =
        rest_.size() > 2 && rest_[0] == '%' && is_hex_digit(rest_[1]) && is_hex_digit(rest_[2]);
    const char byte =
        is_escape ? static_cast<char>(digit(rest_[1]) * 16 + digit(rest_[2])) : rest_[0];
    rest_.remove_prefix(is_escape ? 3 : 1);
    return {byte, is_escape};
  }
  std::string_view rest_;
};

enum class Case : std::uint8_t { Sensitive, Ignored };

bool are_equal(std::string_view a, std::string_view b, Case letters) {
  Unescaper left(a);
  Unescaper right(b);
  while (!left.at_end() && !right.at_end()) {
    int x = left.next_code();
    int y = right.next_code();
    if (letters == Case::Ignored && x < 128 && y < 128) {
      x = static_cast<unsigned char>(to_lower(static_cast<char>(x)));
      y = static_cast<unsigned char>(to_lower(static_cast<char>(y)));
    }
    if (x != y) return false;
  }
  return left.at_end() && right.at_end();
}

bool are_equal(std::optional<std::string_view> a, std::optional<std::string_view> b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return are_equal(*a, *b, Case::Sensitive);
}

std::optional<Parameter> find_unescaped(const Parameters& parameters, std::string_view name) {
  for (const Parameter& parameter : parameters)
    if (are_equal(parameter.name, name, Case::Ignored)) return parameter;
  return std::nullopt;
}

/// Each parameter of `a` against its namesake in `b`. One that stands in `a` only is ignored, but
/// for those whose default value is no default for comparison.
bool do_parameters_agree(const Parameters& a, const Parameters& b) {
  constexpr std::array<std::string_view, 5> kNeverIgnored{"user", "ttl", "method", "maddr",
                                                          "transport"};
  for (const Parameter& parameter : a) {
    const auto other = find_unescaped(b, parameter.name);
    if (other) {
      if (!are_equal(parameter.value.value_or(""), other->value.value_or(""), Case::Ignored))
        return false;
      continue;
    }
    for (const std::string_view name : kNeverIgnored)
      if (are_equal(parameter.name, name, Case::Ignored)) return false;
  }
  return true;
}

/// Takes the next `hname=hvalue` off `headers`.
std::string_view pop_header(std::string_view& headers) {
  const std::string_view header = headers.substr(0, headers.find('&'));
  headers.remove_prefix(std::min(header.size() + 1, headers.size()));
  return header;
}

std::size_t count_header(std::string_view headers, std::string_view wanted) {
  const std::size_t wanted_equal = wanted.find('=');
  std::size_t count = 0;
  while (!headers.empty()) {
    const std::string_view header = pop_header(headers);
    const std::size_t equal = header.find('=');
    if (are_equal(header.substr(0, equal), wanted.substr(0, wanted_equal), Case::Ignored) &&
        are_equal(header.substr(equal + 1), wanted.substr(wanted_equal + 1), Case::Sensitive))
      ++count;
  }
  return count;
}

bool do_headers_agree(std::string_view a, std::string_view b) {
  for (std::string_view rest = a; !rest.empty();) {
    const std::string_view header = pop_header(rest);
    if (count_header(a, header) != count_header(b, header)) return false;
  }
  return true;
}

/// The digits of a telephone number: visual separators play no part, RFC 3966 §4.
std::string tel_digits(std::string_view number) {
  std::string digits;
  for (const char c : number)
    if (!internal::is_one_of(c, "-.()")) digits += to_lower(c);
  return digits;
}

bool are_equivalent_numbers(const Uri& a, const Uri& b) {
  if (tel_digits(a.opaque) != tel_digits(b.opaque)) return false;
  for (const auto* uris : {&a, &b}) {  // parameters: the same names and values, in any order
    const Parameters& others = (uris == &a ? b : a).parameters;
    for (const Parameter& parameter : uris->parameters) {
      const auto other = find_unescaped(others, parameter.name);
      if (!other || !iequals(parameter.value.value_or(""), other->value.value_or(""))) return false;
    }
  }
  return true;
}

/// One way to write a user part: whatever may stand bare stands bare.
void append_canonical_user(std::string_view user, std::string& out) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (Unescaper in(user); !in.at_end();) {
    const char c = in.next_byte();
    if (is_in(c, kUser)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
}

}  // namespace

std::string_view HostPort::address() const {
  return is_ipv6_reference() ? host.substr(1, host.size() - 2) : host;
}

bool HostPort::is_ip_address() const {
  return is_ipv6_reference() || is_ipv4_address(host);
}

void HostPort::write(std::string& out) const {
  out += host;
  if (port) {
    out += ':';
    out += std::to_string(*port);
  }
}

std::optional<ParseError> decode_uri(std::string_view text, Uri& uri) {
  Cursor in(text, "addr-spec");
  uri.text = text;
  uri.scheme_text = take_scheme(in);
  if (uri.scheme_text.empty()) return in.fail("scheme");
  if (!in.take(':')) return in.fail("\":\" after the scheme");
  uri.scheme = scheme_of(uri.scheme_text);
  std::optional<ParseError> error;
  switch (uri.scheme) {
    case Scheme::Sip:
    case Scheme::Sips: error = take_sip_parts(in, uri); break;
    case Scheme::Tel: error = take_tel_parts(in, uri); break;
    case Scheme::Other:  // absoluteURI = scheme ":" ( hier-part / opaque-part )
      uri.opaque = in.take_escaped_while(kUric);
      if (uri.opaque.empty()) error = in.fail("hier-part or opaque-part");
      break;
  }
  if (!error && !in.at_end()) error = in.fail("end of URI");
  return error;
}

Parsed<Uri> parse_uri(std::string_view text) {
  Parsed<Uri> uri(std::in_place);
  if (const auto error = decode_uri(text, *uri)) uri = *error;
  return uri;
}

bool are_equivalent(const Uri& a, const Uri& b) {
  if (a.scheme != b.scheme) return false;
  if (a.scheme == Scheme::Tel) return are_equivalent_numbers(a, b);
  if (!a.is_sip_or_sips()) return a.text == b.text;
  return are_equal(a.user, b.user) && are_equal(a.password, b.password) &&
         iequals(a.host_port.host, b.host_port.host) && a.host_port.port == b.host_port.port &&
         do_parameters_agree(a.parameters, b.parameters) &&
         do_parameters_agree(b.parameters, a.parameters) &&
         do_headers_agree(a.headers, b.headers) && do_headers_agree(b.headers, a.headers);
}

std::string unescaped(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (Unescaper in(text); !in.at_end();) plain += in.next_byte();
  return plain;
}

std::string canonical_address_of_record(const Uri& uri) {
  if (uri.scheme == Scheme::Other) return std::string(uri.text);
  std::string out = to_lower(uri.scheme_text);
  out += ':';
  if (uri.scheme == Scheme::Tel) return out += tel_digits(uri.opaque);
  if (uri.user) {
    append_canonical_user(*uri.user, out);
    out += '@';
  }
  out += to_lower(uri.host_port.host);
  if (uri.host_port.port) {
    out += ':';
    out += std::to_string(*uri.host_port.port);
  }
  return out;
}

}  // namespace trapezoid::sip
