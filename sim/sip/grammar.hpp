#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/base/text.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"
#include "sim/sip/scan.hpp"
#include "sim/sip/uri.hpp"

// The words of RFC 3261 §25.1 that the header fields and URIs share.
namespace trapezoid::sip {

/// Sets of bytes, as bits: a byte is in a set when `kCharSets` has that bit.
using CharSet = std::uint16_t;
inline constexpr CharSet kDigit = 1U << 0U;       ///< DIGIT
inline constexpr CharSet kAlpha = 1U << 1U;       ///< ALPHA
inline constexpr CharSet kHex = 1U << 2U;         ///< HEXDIG, either case
inline constexpr CharSet kToken = 1U << 3U;       ///< one character of `token`
inline constexpr CharSet kWord = 1U << 4U;        ///< one character of `word`
inline constexpr CharSet kGenValue = 1U << 5U;    ///< `token`, and "[", "]", ":" for IPv6
inline constexpr CharSet kQdText = 1U << 6U;      ///< `qdtext` without LWS; any byte above 0x7F
inline constexpr CharSet kCText = 1U << 7U;       ///< `ctext` without LWS; any byte above 0x7F
inline constexpr CharSet kHostChar = 1U << 8U;    ///< alphanum, "-", "."
inline constexpr CharSet kUser = 1U << 9U;        ///< `user` without escapes
inline constexpr CharSet kPassword = 1U << 10U;   ///< `password` without escapes
inline constexpr CharSet kUriParam = 1U << 11U;   ///< `paramchar` without escapes
inline constexpr CharSet kUriHeader = 1U << 12U;  ///< `hnv-unreserved` and `unreserved`
inline constexpr CharSet kUric = 1U << 13U;  ///< `uric` without escapes, and "[", "]" (RFC 2732)
inline constexpr CharSet kText = 1U << 14U;  ///< `TEXT-UTF8char`; any byte above 0x7F
inline constexpr CharSet kWsp = 1U << 15U;   ///< SP, HTAB

namespace internal {
constexpr bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}
constexpr unsigned char_sets_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const bool alphanum = is_alpha(c) || is_digit(c);
  const bool unreserved = alphanum || is_one_of(c, "-_.!~*'()");
  const bool token = alphanum || is_one_of(c, "-.!%*_+`'~");
  const bool text = byte >= 0x21 && byte != 0x7f;
  unsigned sets = 0;
  const auto add = [&sets](bool is_in, CharSet set) { sets |= is_in ? set : 0U; };
  add(is_digit(c), kDigit);
  add(is_alpha(c), kAlpha);
  add(is_hex_digit(c), kHex);
  add(token, kToken);
  add(token || is_one_of(c, "()<>:\\\"/[]?{}"), kWord);
  add(token || is_one_of(c, "[]:"), kGenValue);
  add(text && !is_one_of(c, "\"\\"), kQdText);
  add(text && !is_one_of(c, "()\\"), kCText);
  add(alphanum || is_one_of(c, "-."), kHostChar);
  add(unreserved || is_one_of(c, "&=+$,;?/"), kUser);
  add(unreserved || is_one_of(c, "&=+$,"), kPassword);
  add(unreserved || is_one_of(c, "[]/:&+$"), kUriParam);
  add(unreserved || is_one_of(c, "[]/?:+$"), kUriHeader);
  add(unreserved || is_one_of(c, ";/?:@&=+$,[]"), kUric);
  add(text, kText);
  add(c == ' ' || c == '\t', kWsp);
  return sets;
}
constexpr std::array<std::uint16_t, 256> make_char_sets() {
  std::array<std::uint16_t, 256> sets{};
  for (unsigned i = 0; i < 256; ++i)
    sets[i] = static_cast<std::uint16_t>(char_sets_of(static_cast<char>(i)));
  return sets;
}
}  // namespace internal

/// Which sets each byte belongs to.
inline constexpr std::array<std::uint16_t, 256> kCharSets = internal::make_char_sets();

constexpr bool is_in(char c, CharSet set) {
  return (kCharSets[static_cast<unsigned char>(c)] & set) != 0;
}
/// The first byte of [at, end) that is in none of the sets, or `end`.
constexpr const char* skip_while(const char* at, const char* end, unsigned sets) {
  return find_byte(
      at, end, [sets](char c) { return (kCharSets[static_cast<unsigned char>(c)] & sets) == 0; });
}
/// Whether `text` is a token: not empty and nothing else.
constexpr bool is_token(std::string_view text) {
  const char* const end = text.data() + text.size();
  return !text.empty() && skip_while(text.data(), end, kToken) == end;
}

/// Reads one value from left to right. Each `take` returns what it took, empty (or false) when
/// nothing fits; then nothing was consumed.
class Cursor {
 public:
  /// `rule` is a literal: the production that errors name.
  constexpr Cursor(std::string_view text, std::string_view rule) : text_(text), rule_(rule) {}

  constexpr bool at_end() const { return at_ == text_.size(); }
  constexpr bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }
  constexpr bool is_at(CharSet set) const { return at_ < text_.size() && is_in(text_[at_], set); }
  constexpr std::size_t offset() const { return at_; }
  constexpr std::string_view rest() const { return text_.substr(at_); }
  /// What was taken since `from`, an earlier `offset()`.
  constexpr std::string_view taken_since(std::size_t from) const {
    return text_.substr(from, at_ - from);
  }
  constexpr void rewind(std::size_t offset) { at_ = offset; }
  constexpr void skip(std::size_t count) { at_ += count; }

  constexpr bool take(char c) {
    if (!is_at(c)) return false;
    ++at_;
    return true;
  }
  constexpr std::string_view take_while(CharSet set) {
    const char* const from = text_.data() + at_;
    const char* const to = skip_while(from, text_.data() + text_.size(), set);
    const auto size = static_cast<std::size_t>(to - from);
    at_ += size;
    return {from, size};
  }
  /// Characters of `set` and `escaped = "%" HEXDIG HEXDIG`.
  std::string_view take_escaped_while(CharSet set) {
    const std::string_view bare = take_while(set);
    return is_at('%') ? take_more_escaped(bare.size(), set) : bare;
  }
  /// LWS = [*WSP CRLF] 1*WSP. Whether there was any.
  bool skip_lws() {
    // Every byte that can begin LWS is at most SP; most places have none.
    return at_ < text_.size() && static_cast<unsigned char>(text_[at_]) <= ' ' && skip_real_lws();
  }
  /// SWS c SWS: a separator with the white space that the grammar allows round it.
  bool take_separator(char c) {
    const std::size_t from = at_;
    skip_lws();
    if (take(c)) return skip_lws(), true;
    at_ = from;
    return false;
  }
  /// quoted-string, quotes included, without white space before.
  std::string_view take_quoted_string();
  /// comment, parentheses included; nested ones too.
  std::string_view take_comment();

  /// The error at the current place; at the end of the text it is `UnexpectedEnd`.
  ParseError fail(std::string_view expected) const {
    return {at_end() ? ParseErrc::UnexpectedEnd : ParseErrc::UnexpectedByte, at_, rule_, expected};
  }
  /// The error at `part`, a view into the text.
  ParseError fail_at(std::string_view part, ParseErrc code, std::string_view expected) const {
    return {code, static_cast<std::size_t>(part.data() - text_.data()), rule_, expected};
  }
  /// An error that was found while decoding `part` on its own: moved to its place in this text.
  ParseError fail_within(std::string_view part, ParseError error) const {
    error.offset += static_cast<std::size_t>(part.data() - text_.data());
    return error;
  }

 private:
  bool skip_real_lws();
  std::string_view take_more_escaped(std::size_t taken, CharSet set);

  std::string_view text_;
  std::string_view rule_;
  std::size_t at_ = 0;
};

/// `*( SEMI generic-param )`, as many as there are; what follows is left to the caller.
Parsed<Parameters> take_parameters(Cursor& in);

/// `*( SEMI generic-param )` up to the end of the value.
Parsed<Parameters> take_last_parameters(Cursor& in);

/// A number without sign that fits `T`; `expected` says which numbers do.
template <std::unsigned_integral T>
Parsed<T> take_number(Cursor& in, std::string_view expected) {
  const std::string_view digits = in.take_while(kDigit);
  if (digits.empty()) return in.fail("1*DIGIT");
  const std::optional<T> number = to_number<T>(digits);
  if (!number) return in.fail_at(digits, ParseErrc::OutOfRange, expected);
  return *number;
}

/// hostport = host [ ":" port ]. `colon_is_padded`: the COLON of sent-by allows white space round
/// it.
enum class Colon : std::uint8_t { Bare, Padded };
std::optional<ParseError> take_host_port(Cursor& in, Colon colon, HostPort& host_port);

/// `parse_uri` into a place that is there already.
std::optional<ParseError> decode_uri(std::string_view text, Uri& uri);

/// IPv6address, without brackets; also the three colons before an IPv4 tail that the grammar of
/// RFC 3261 led to (RFC 5118 §4.10).
bool is_ipv6_address(std::string_view text);
/// IPv4address with each number below 256.
bool is_ipv4_address(std::string_view text);

/// Appends `*( SEMI generic-param )` as it stands.
inline void write_parameters(const Parameters& parameters, std::string& out) {
  out += parameters.text();
}

/// The whole of `value` is one token.
Parsed<std::string_view> parse_token(std::string_view value, std::string_view rule);

/// The whole of `value` is one number that fits `T`.
template <std::unsigned_integral T>
Parsed<T> parse_number(std::string_view value, std::string_view rule, std::string_view expected) {
  Cursor in(value, rule);
  const Parsed<T> number = take_number<T>(in, expected);
  if (number && !in.at_end()) return in.fail("end of header field");
  return number;
}

}  // namespace trapezoid::sip
