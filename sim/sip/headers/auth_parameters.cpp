#include "sim/sip/headers/auth_parameters.hpp"

#include <algorithm>

#include "sim/sip/grammar.hpp"
#include "sim/sip/lws.hpp"

namespace trapezoid::sip {

namespace {

void skip_space(std::string_view& text) {
  text = without_leading_lws(text);
}

/// How much of `text` stands before `end`, a comma or white space.
std::size_t size_before(std::string_view text, char end) {
  const char* const found = find_byte(text.data(), text.data() + text.size(),
                                      [end](char c) { return c == end || c == ',' || is_lws(c); });
  return static_cast<std::size_t>(found - text.data());
}

/// The size of the value that checked text begins with: a quoted-string, or up to the next comma.
std::size_t value_size(std::string_view text) {
  if (!text.starts_with('"')) return size_before(text, ',');
  const char* const end = text.data() + text.size();
  for (const char* at = text.data() + 1;; at += 2) {
    at = find_byte(at, end, [](char c) { return c == '"' || c == '\\'; });
    if (at == end || *at == '"')
      return std::min(static_cast<std::size_t>(at - text.data()) + 1, text.size());
    if (end - at < 2) return text.size();
  }
}

// auth-param = auth-param-name EQUAL ( token / quoted-string )
std::optional<ParseError> take_auth_parameter(Cursor& in) {
  if (in.take_while(kToken).empty()) return in.fail("auth-param-name");
  if (!in.take_separator('=')) return in.fail("EQUAL");
  const bool is_quoted = in.is_at('"');
  if ((is_quoted ? in.take_quoted_string() : in.take_while(kToken)).empty())
    return in.fail("token or quoted-string");
  return std::nullopt;
}

Parsed<AuthParameters> take_auth_parameters(Cursor& in) {
  const std::size_t from = in.offset();
  do {
    if (const auto error = take_auth_parameter(in)) return *error;
  } while (in.take_separator(','));
  if (!in.at_end()) return in.fail("COMMA or end of header field");
  return AuthParameters(in.taken_since(from));
}

/// auth-scheme LWS auth-param *(COMMA auth-param): a challenge and credentials are spelled alike.
template <class T>
Parsed<T> parse_scheme_and_parameters(std::string_view value, std::string_view rule) {
  Cursor in(value, rule);
  const std::string_view scheme = in.take_while(kToken);
  if (scheme.empty()) return in.fail("auth-scheme");
  if (!in.skip_lws()) return in.fail("LWS");
  const auto parameters = take_auth_parameters(in);
  if (!parameters) return parameters.error();
  return T{scheme, *parameters};
}

void write_scheme_and_parameters(std::string_view scheme, const AuthParameters& parameters,
                                 std::string& out) {
  out += scheme;
  out += ' ';
  out += parameters.text();
}

}  // namespace

void AuthParameters::Iterator::advance() {
  skip_space(rest_);
  if (rest_.starts_with(',')) rest_.remove_prefix(1);
  skip_space(rest_);
  is_end_ = rest_.empty();
  if (is_end_) return;
  const std::size_t name_size = size_before(rest_, '=');
  current_ = {rest_.substr(0, name_size), std::nullopt};
  rest_.remove_prefix(name_size);
  skip_space(rest_);
  if (!rest_.starts_with('=')) return;
  rest_.remove_prefix(1);
  skip_space(rest_);
  const std::size_t size = value_size(rest_);
  current_.value = rest_.substr(0, size);
  rest_.remove_prefix(size);
}

std::optional<Parameter> AuthParameters::find(std::string_view name) const {
  for (const Parameter& parameter : *this)
    if (iequals(parameter.name, name)) return parameter;
  return std::nullopt;
}

std::string AuthParameters::value_of(std::string_view name) const {
  const auto parameter = find(name);
  return parameter && parameter->value ? unquoted(*parameter->value) : std::string();
}

Parsed<AuthParameters> AuthParameters::parse(std::string_view text) {
  Cursor in(text, "auth-param");
  return take_auth_parameters(in);
}

Parsed<Challenge> Challenge::parse(std::string_view value) {
  return parse_scheme_and_parameters<Challenge>(value, "challenge");
}
void Challenge::write(std::string& out) const {
  write_scheme_and_parameters(scheme, parameters, out);
}

Parsed<Credentials> Credentials::parse(std::string_view value) {
  return parse_scheme_and_parameters<Credentials>(value, "credentials");
}
void Credentials::write(std::string& out) const {
  write_scheme_and_parameters(scheme, parameters, out);
}

}  // namespace trapezoid::sip
