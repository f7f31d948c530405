#include "sim/sdp/parser.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/sdp/address.hpp"

namespace trapezoid::sdp {
namespace {

constexpr std::string_view kKnownTypes = "vosiuepcbtrzkam";

// Which bytes are token-char of RFC 8866 §9.
constexpr std::array<bool, 256> make_token_chars() {
  std::array<bool, 256> chars{};
  for (const char c : std::string_view("!#$%&'*+-.^_`{|}~"))
    chars[static_cast<unsigned char>(c)] = true;
  for (unsigned i = 0; i < chars.size(); ++i) {
    const char c = static_cast<char>(i);
    chars[i] = chars[i] || is_alpha(c) || is_digit(c);
  }
  return chars;
}
constexpr std::array<bool, 256> kTokenChars = make_token_chars();

bool is_token(std::string_view text) {
  for (const char c : text)
    if (!kTokenChars[static_cast<unsigned char>(c)]) return false;
  return !text.empty();
}

bool is_number(std::string_view text) {
  for (const char c : text)
    if (!is_digit(c)) return false;
  return !text.empty();
}

// proto = token *("/" token)
bool is_protocol(std::string_view text) {
  while (true) {
    const auto slash = text.find('/');
    if (!is_token(text.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    text.remove_prefix(slash + 1);
  }
}

// Takes the lines one after the other; the first error stays.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<SessionDescription, ParseError> parse();

 private:
  bool fail(std::size_t offset, std::string_view rule, std::string_view expected) {
    if (!error_) error_ = ParseError{offset, rule, expected};
    return false;
  }
  bool fail_at(std::string_view part, std::string_view rule, std::string_view expected) {
    return fail(static_cast<std::size_t>(part.data() - text_.data()), rule, expected);
  }

  bool next_line();
  bool is_line(char type) const { return has_line_ && type_ == type; }
  static std::string_view take_word(std::string_view& rest);

  bool parse_version();
  bool parse_origin(Origin& origin);
  bool parse_text(std::optional<std::string>& value, char type, std::string_view rule);
  bool parse_texts(std::vector<std::string>& values, char type, std::string_view rule);
  bool parse_address(std::string_view type, std::string_view address, std::string_view rule,
                     bool may_be_multicast);
  bool parse_connection(Connection& connection);
  bool parse_bandwidths(std::vector<Bandwidth>& bandwidths);
  bool parse_timings(std::vector<Timing>& timings);
  bool parse_attributes(std::vector<Attribute>& attributes, std::vector<UnknownLine>& unknown);
  bool parse_media_line(Media& media);
  bool parse_media(Media& media, bool has_session_connection);
  bool parse_session(SessionDescription& session);

  std::string_view text_;
  std::size_t position_ = 0;  // behind the current line
  std::size_t lines_ = 0;
  bool has_line_ = false;
  std::size_t line_at_ = 0;
  char type_ = 0;
  std::string_view value_;
  std::optional<ParseError> error_;
};

// Reads the next `type "=" value` line, or notes that there is none.
bool Parser::next_line() {
  has_line_ = false;
  line_at_ = position_;
  if (position_ >= text_.size()) return true;
  if (++lines_ > kMaxSdpLines) return fail(position_, "limits", "at most 2000 lines");
  auto end = text_.find('\n', position_);
  if (end == std::string_view::npos) end = text_.size();
  std::string_view line = text_.substr(position_, end - position_);
  position_ = end < text_.size() ? end + 1 : end;
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  const std::size_t wrong = std::min(line.find('\0'), line.find('\r'));
  if (wrong != std::string_view::npos)
    return fail(line_at_ + wrong, "byte-string", "no NUL, no CR");
  if (line.empty() || !is_alpha(line[0]))
    return fail(line_at_, "session-description", "a type letter");
  if (line.size() < 2 || line[1] != '=') return fail(line_at_ + 1, "session-description", "\"=\"");
  type_ = line[0];
  value_ = line.substr(2);
  has_line_ = true;
  return true;
}

// The text up to the next single space; `rest` is what follows it. Empty where there is none.
std::string_view Parser::take_word(std::string_view& rest) {
  const auto space = rest.find(' ');
  const auto word = rest.substr(0, space);
  rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
  return word;
}

// proto-version = %s"v" "=" 1*DIGIT CRLF, of which only 0 is defined
bool Parser::parse_version() {
  if (!is_line('v')) return fail(line_at_, "proto-version", "\"v=\"");
  if (value_ != "0") return fail_at(value_, "proto-version", "\"0\"");
  return next_line();
}

// unicast-address / extn-addr; connection-address when it may be a multicast group
bool Parser::parse_address(std::string_view type, std::string_view address, std::string_view rule,
                           bool may_be_multicast) {
  std::string_view host = address;
  if (may_be_multicast) {
    host = address.substr(0, address.find('/'));
    std::string_view rest = address.substr(host.size());
    const int most = type == "IP6" ? 1 : 2;  // IP4 has a TTL before the number of addresses
    for (int parts = 0; !rest.empty(); ++parts) {
      rest.remove_prefix(1);
      const auto number = rest.substr(0, rest.find('/'));
      if (parts == most || !is_number(number)) return fail_at(rest, rule, "a number after \"/\"");
      rest.remove_prefix(number.size());
    }
  }
  if (type == "IP4") {
    const bool is_numeric = host.find_first_not_of("0123456789.") == std::string_view::npos;
    if (is_numeric ? !is_ipv4_address(host) : !is_host_name(host))
      return fail_at(host, rule, "an IPv4 address or a host name");
  } else if (type == "IP6") {
    const bool is_numeric = host.find(':') != std::string_view::npos;
    if (is_numeric ? !is_ipv6_address(host) : !is_host_name(host))
      return fail_at(host, rule, "an IPv6 address or a host name");
  } else if (host.empty()) {
    return fail_at(host, rule, "an address");
  }
  return true;
}

// origin-field = %s"o" "=" username SP sess-id SP sess-version SP nettype SP addrtype SP
//                unicast-address CRLF
bool Parser::parse_origin(Origin& origin) {
  constexpr std::string_view kRule = "origin-field";
  if (!is_line('o')) return fail(line_at_, kRule, "\"o=\"");
  auto rest = value_;
  const auto username = take_word(rest);
  if (username.empty()) return fail_at(username, kRule, "username");
  const auto id = take_word(rest);
  if (!is_number(id)) return fail_at(id, kRule, "sess-id");
  const auto version = take_word(rest);
  if (!is_number(version)) return fail_at(version, kRule, "sess-version");
  const auto network_type = take_word(rest);
  if (!is_token(network_type)) return fail_at(network_type, kRule, "nettype");
  const auto address_type = take_word(rest);
  if (!is_token(address_type)) return fail_at(address_type, kRule, "addrtype");
  const auto address = take_word(rest);
  if (!parse_address(address_type, address, kRule, false)) return false;
  if (!rest.empty() || value_.back() == ' ') return fail_at(rest, kRule, "end of line");
  origin = {std::string(username),     std::string(id),           std::string(version),
            std::string(network_type), std::string(address_type), std::string(address)};
  return next_line();
}

bool Parser::parse_text(std::optional<std::string>& value, char type, std::string_view rule) {
  if (!is_line(type)) return true;
  if (value_.empty()) return fail_at(value_, rule, "text");
  value = std::string(value_);
  return next_line();
}

bool Parser::parse_texts(std::vector<std::string>& values, char type, std::string_view rule) {
  while (is_line(type)) {
    if (value_.empty()) return fail_at(value_, rule, "text");
    values.emplace_back(value_);
    if (!next_line()) return false;
  }
  return true;
}

// connection-field = %s"c" "=" nettype SP addrtype SP connection-address CRLF
bool Parser::parse_connection(Connection& connection) {
  constexpr std::string_view kRule = "connection-field";
  auto rest = value_;
  const auto network_type = take_word(rest);
  if (!is_token(network_type)) return fail_at(network_type, kRule, "nettype");
  const auto address_type = take_word(rest);
  if (!is_token(address_type)) return fail_at(address_type, kRule, "addrtype");
  const auto address = take_word(rest);
  if (!parse_address(address_type, address, kRule, true)) return false;
  if (!rest.empty() || value_.back() == ' ') return fail_at(rest, kRule, "end of line");
  connection = {std::string(network_type), std::string(address_type), std::string(address)};
  return next_line();
}

// bandwidth-fields = *(%s"b" "=" bwtype ":" bandwidth CRLF)
bool Parser::parse_bandwidths(std::vector<Bandwidth>& bandwidths) {
  constexpr std::string_view kRule = "bandwidth-fields";
  while (is_line('b')) {
    const auto colon = value_.find(':');
    const auto type = value_.substr(0, colon);
    if (!is_token(type)) return fail_at(type, kRule, "bwtype");
    if (colon == std::string_view::npos) return fail_at(value_.substr(type.size()), kRule, "\":\"");
    const auto value = value_.substr(colon + 1);
    if (!is_number(value)) return fail_at(value, kRule, "bandwidth");
    bandwidths.push_back({std::string(type), std::string(value)});
    if (!next_line()) return false;
  }
  return true;
}

// time-description = time-field [repeat-description]; RFC 4566 has the zones behind the last
bool Parser::parse_timings(std::vector<Timing>& timings) {
  constexpr std::string_view kRule = "time-field";
  if (!is_line('t')) return fail(line_at_, kRule, "\"t=\"");
  while (is_line('t')) {
    Timing timing;
    auto rest = value_;
    const auto start = take_word(rest);
    if (!is_number(start)) return fail_at(start, kRule, "start-time");
    if (!is_number(rest)) return fail_at(rest, kRule, "stop-time");
    timing.start = std::string(start);
    timing.stop = std::string(rest);
    if (!next_line() || !parse_texts(timing.repeats, 'r', "repeat-field")) return false;
    if (!parse_text(timing.time_zones, 'z', "zone-field")) return false;
    timings.push_back(std::move(timing));
  }
  return true;
}

// attribute-fields = *(%s"a" "=" attribute CRLF), and whatever unknown lines stand there
bool Parser::parse_attributes(std::vector<Attribute>& attributes,
                              std::vector<UnknownLine>& unknown) {
  while (has_line_) {
    if (kKnownTypes.find(type_) == std::string_view::npos) {
      unknown.push_back({type_, std::string(value_)});
    } else if (type_ == 'a') {
      const auto colon = value_.find(':');
      const auto name = value_.substr(0, colon);
      if (!is_token(name)) return fail_at(name, "attribute-fields", "attribute-name");
      Attribute attribute{std::string(name), std::nullopt};
      if (colon != std::string_view::npos) {
        const auto value = value_.substr(colon + 1);
        if (value.empty()) return fail_at(value, "attribute-fields", "attribute-value");
        attribute.value = std::string(value);
      }
      attributes.push_back(std::move(attribute));
    } else {
      break;
    }
    if (!next_line()) return false;
  }
  return true;
}

// media-field = %s"m" "=" media SP port ["/" integer] SP proto 1*(SP fmt) CRLF
bool Parser::parse_media_line(Media& media) {
  constexpr std::string_view kRule = "media-field";
  auto rest = value_;
  const auto type = take_word(rest);
  if (!is_token(type)) return fail_at(type, kRule, "media");
  const auto ports = take_word(rest);
  const auto slash = ports.find('/');
  const auto port = to_number<std::uint16_t>(ports.substr(0, slash));
  if (!port) return fail_at(ports, kRule, "port");
  if (slash != std::string_view::npos) {
    const auto count = ports.substr(slash + 1);
    if (!is_number(count)) return fail_at(count, kRule, "integer");
    media.port_count = std::string(count);
  }
  const auto protocol = take_word(rest);
  if (!is_protocol(protocol)) return fail_at(protocol, kRule, "proto");
  do {
    const auto format = take_word(rest);
    if (!is_token(format)) return fail_at(format, kRule, "fmt");
    media.formats.emplace_back(format);
  } while (!rest.empty());
  if (value_.back() == ' ') return fail_at(rest, kRule, "fmt");
  media.type = std::string(type);
  media.port = *port;
  media.protocol = std::string(protocol);
  return next_line();
}

bool Parser::parse_media(Media& media, bool has_session_connection) {
  const auto at = line_at_;
  if (!parse_media_line(media)) return false;
  if (!parse_text(media.information, 'i', "information-field")) return false;
  while (is_line('c'))
    if (!parse_connection(media.connections.emplace_back())) return false;
  if (!parse_bandwidths(media.bandwidths)) return false;
  if (!parse_text(media.key, 'k', "key-field")) return false;
  if (!parse_attributes(media.attributes, media.unknown)) return false;
  if (media.port != 0 && media.connections.empty() && !has_session_connection)
    return fail(at, "connection-field", "\"c=\" for this media or for the session");
  return true;
}

bool Parser::parse_session(SessionDescription& session) {
  if (!next_line() || !parse_version() || !parse_origin(session.origin)) return false;
  std::optional<std::string> name;
  if (!is_line('s')) return fail(line_at_, "session-name-field", "\"s=\"");
  if (!parse_text(name, 's', "session-name-field")) return false;
  session.name = std::move(*name);
  if (!parse_text(session.information, 'i', "information-field")) return false;
  if (!parse_text(session.uri, 'u', "uri-field")) return false;
  if (!parse_texts(session.emails, 'e', "email-fields")) return false;
  if (!parse_texts(session.phones, 'p', "phone-fields")) return false;
  if (is_line('c') && !parse_connection(session.connection.emplace())) return false;
  if (!parse_bandwidths(session.bandwidths)) return false;
  if (!parse_timings(session.timings)) return false;
  if (!parse_text(session.key, 'k', "key-field")) return false;
  if (!parse_attributes(session.attributes, session.unknown)) return false;
  while (is_line('m')) {
    if (session.media.size() == kMaxSdpMedia) return fail(line_at_, "limits", "at most 128 media");
    if (!parse_media(session.media.emplace_back(), session.connection.has_value())) return false;
  }
  if (has_line_) return fail(line_at_, "session-description", "lines in the order of the grammar");
  return true;
}

Result<SessionDescription, ParseError> Parser::parse() {
  if (text_.size() > kMaxSdpBytes) return ParseError{kMaxSdpBytes, "limits", "at most 65536 bytes"};
  SessionDescription session;
  if (!parse_session(session)) return *error_;
  return session;
}

}  // namespace

std::string to_string(const ParseError& error) {
  std::string text = "byte ";
  text += std::to_string(error.offset);
  text += ": ";
  text += error.rule;
  text += ": expected ";
  text += error.expected;
  return text;
}

Result<SessionDescription, ParseError> parse_sdp(std::string_view text) {
  return Parser(text).parse();
}

}  // namespace trapezoid::sdp
