#include "sim/sip/grammar.hpp"

#include <algorithm>

namespace trapezoid::sip {

/// Goes on at a "%", `taken` bytes after the component began.
std::string_view Cursor::take_more_escaped(std::size_t taken, CharSet set) {
  const std::size_t from = at_ - taken;
  while (text_.size() - at_ > 2 && text_[at_] == '%' && is_in(text_[at_ + 1], kHex) &&
         is_in(text_[at_ + 2], kHex)) {
    at_ += 3;
    take_while(set);
  }
  return taken_since(from);
}

bool Cursor::skip_real_lws() {
  const std::size_t from = at_;
  while (true) {
    while (is_at(kWsp)) ++at_;
    const bool is_fold = text_.size() - at_ > 2 && text_[at_] == '\r' && text_[at_ + 1] == '\n' &&
                         is_in(text_[at_ + 2], kWsp);
    if (!is_fold) break;
    at_ += 3;
  }
  return at_ != from;
}

// quoted-string = SWS DQUOTE *(qdtext / quoted-pair ) DQUOTE
// quoted-pair   = "\" (%x00-09 / %x0B-0C / %x0E-7F)
std::string_view Cursor::take_quoted_string() {
  const std::size_t from = at_;
  if (!take('"')) return {};
  while (!at_end()) {
    take_while(kQdText);
    if (take('"')) return taken_since(from);
    if (take('\\')) {
      const bool is_pair = !at_end() && text_[at_] != '\r' && text_[at_] != '\n' &&
                           static_cast<unsigned char>(text_[at_]) < 0x80;
      if (!is_pair) break;
      ++at_;
    } else if (!skip_lws()) {
      break;
    }
  }
  at_ = from;
  return {};
}

// comment = LPAREN *(ctext / quoted-pair / comment) RPAREN
std::string_view Cursor::take_comment() {
  const std::size_t from = at_;
  std::size_t depth = 0;
  while (!at_end()) {
    if (take('(')) {
      ++depth;
    } else if (depth > 0 && take(')')) {
      if (--depth == 0) return taken_since(from);
    } else if (depth > 0 && take('\\')) {
      if (at_end() || text_[at_] == '\r' || text_[at_] == '\n') break;
      ++at_;
    } else if (depth == 0 || (take_while(kCText).empty() && !skip_lws())) {
      break;
    }
  }
  at_ = from;
  return {};
}

namespace {

// gen-value = token / host / quoted-string
// An IPv6 address stands with brackets (host) or without (via-received); both are taken everywhere.
// DEVIATION RFC 3261 §25.1: received=[2001:db8::1] is accepted too, as RFC 5118 §4.5 asks.
bool take_gen_value(Cursor& in) {
  if (in.is_at('"')) return !in.take_quoted_string().empty();
  const std::size_t from = in.offset();
  std::string_view value = in.take_while(kToken);
  if (!in.is_at(kGenValue)) return !value.empty();
  in.rewind(from);
  value = in.take_while(kGenValue);
  if (value.front() == '[' && value.back() == ']') value = value.substr(1, value.size() - 2);
  if (is_ipv6_address(value)) return true;
  in.rewind(from);
  return false;
}

}  // namespace

// generic-param = token [ EQUAL gen-value ]
Parsed<Parameters> take_parameters(Cursor& in) {
  const std::size_t from = in.offset();
  while (in.take_separator(';')) {
    if (in.take_while(kToken).empty()) return in.fail("token");
    if (in.take_separator('=') && !take_gen_value(in))
      return in.fail("token, host or quoted-string");
  }
  return Parameters(in.taken_since(from));
}

Parsed<Parameters> take_last_parameters(Cursor& in) {
  const auto parameters = take_parameters(in);
  if (parameters && !in.at_end()) return in.fail("SEMI or end of header field");
  return parameters;
}

Parsed<std::string_view> parse_token(std::string_view value, std::string_view rule) {
  Cursor in(value, rule);
  const std::string_view token = in.take_while(kToken);
  if (token.empty()) return in.fail("token");
  if (!in.at_end()) return in.fail("end of header field");
  return token;
}

bool is_ipv4_address(std::string_view text) {
  int numbers = 0;
  while (true) {
    std::size_t digits = 0;
    unsigned number = 0;
    while (digits < text.size() && is_digit(text[digits]) && digits < 4)
      number = number * 10 + static_cast<unsigned>(text[digits++] - '0');
    if (digits == 0 || digits > 3 || number > 255) return false;
    text.remove_prefix(digits);
    if (++numbers == 4) return text.empty();
    if (text.empty() || text.front() != '.') return false;
    text.remove_prefix(1);
  }
}

namespace {

// Takes what stands between two groups: ":", or "::" where nothing was compressed before.
bool take_colons(std::string_view& text, bool& is_compressed) {
  if (text.front() != ':') return false;
  text.remove_prefix(1);
  if (text.empty()) return false;
  if (text.front() != ':') return true;
  if (is_compressed) return false;
  is_compressed = true;
  text.remove_prefix(1);
  // DEVIATION RFC 4291 §2.2: "2001:db8:::192.0.2.1" is what the ABNF of RFC 3261 produces.
  if (text.starts_with(':') && is_ipv4_address(text.substr(1))) text.remove_prefix(1);
  return true;
}

}  // namespace

bool is_ipv6_address(std::string_view text) {
  std::size_t groups = 0;  // of 16 bits
  bool is_compressed = false;
  if (text.starts_with("::")) {
    is_compressed = true;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    std::size_t digits = 0;
    while (digits < text.size() && is_in(text[digits], kHex)) ++digits;
    if (digits < text.size() && text[digits] == '.') {
      groups += 2;
      return is_ipv4_address(text) && (is_compressed ? groups <= 8 : groups == 8);
    }
    if (digits == 0 || digits > 4) return false;
    ++groups;
    text.remove_prefix(digits);
    if (!text.empty() && !take_colons(text, is_compressed)) return false;
  }
  return is_compressed ? groups < 8 : groups == 8;
}

namespace {

// hostname = *( domainlabel "." ) toplabel [ "." ]
// The offset of the first character that does not fit; nothing when all do.
std::optional<std::size_t> find_bad_hostname_char(std::string_view name) {
  for (std::size_t label = 0;;) {
    const std::size_t end = std::min(name.find('.', label), name.size());
    const bool is_end = end == name.size();
    if (is_end && end == label && label > 0) return std::nullopt;  // the dot that may end the name
    if (end == label || name[label] == '-') return label;
    if (name[end - 1] == '-') return end - 1;
    const bool is_last = end + 1 >= name.size();
    if (is_last && !is_alpha(name[label])) return label;
    if (is_end) return std::nullopt;
    label = end + 1;
  }
}

/// The size of the hostname that `text` begins with if it is an ordinary one, as nearly all are:
/// labels of letters and digits with hyphens inside, the last one beginning with a letter. 0 when
/// it must be looked at more closely.
std::size_t measure_plain_hostname(std::string_view text) {
  constexpr unsigned kAlphanum = kAlpha | kDigit;
  const char* const end = text.data() + text.size();
  const char* label = text.data();
  for (;;) {
    const char* at = skip_while(label, end, kAlphanum);
    if (at == label) return 0;
    while (at != end && *at == '-') {
      const char* const part = at + 1;
      at = skip_while(part, end, kAlphanum);
      if (at == part) return 0;
    }
    if (at != end && *at == '.')
      label = at + 1;
    else
      return is_alpha(*label) ? static_cast<std::size_t>(at - text.data()) : 0;
  }
}

std::optional<ParseError> take_host(Cursor& in, std::string_view& host) {
  if (const std::size_t size = measure_plain_hostname(in.rest()); size != 0) {
    host = in.rest().substr(0, size);
    in.skip(size);
    return std::nullopt;
  }
  if (in.is_at('[')) {
    const std::size_t end = in.rest().find(']');
    const std::string_view inside =
        in.rest().substr(1, end == std::string_view::npos ? end : end - 1);
    if (end == std::string_view::npos || !is_ipv6_address(inside))
      return in.fail_at(inside, ParseErrc::UnexpectedByte, "IPv6address \"]\"");
    host = in.rest().substr(0, end + 1);
    in.skip(end + 1);
    return std::nullopt;
  }
  const std::size_t from = in.offset();
  host = in.take_while(kHostChar);
  if (host.empty()) return in.fail("host");
  if (!is_alpha(host.front()) && is_ipv4_address(host)) return std::nullopt;
  if (const auto bad = find_bad_hostname_char(host)) {
    in.rewind(from + *bad);
    return in.fail("hostname or IPv4address");
  }
  return std::nullopt;
}

}  // namespace

std::optional<ParseError> take_host_port(Cursor& in, Colon colon, HostPort& host_port) {
  if (const auto error = take_host(in, host_port.host)) return error;
  host_port.port.reset();
  if (!(colon == Colon::Padded ? in.take_separator(':') : in.take(':'))) return std::nullopt;
  const auto port = take_number<std::uint16_t>(in, "a port below 65536");
  if (!port) return port.error();
  host_port.port = *port;
  return std::nullopt;
}

}  // namespace trapezoid::sip
