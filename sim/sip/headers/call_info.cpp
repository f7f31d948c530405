#include "sim/sip/headers/call_info.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

namespace {

// LAQUOT absoluteURI RAQUOT *( SEMI generic-param ): the three of them are spelled alike.
template <class T>
Parsed<T> parse_info(std::string_view value, std::string_view rule) {
  Cursor in(value, rule);
  if (!in.take('<')) return in.fail("LAQUOT");
  const std::string_view text = in.rest().substr(0, in.rest().find('>'));
  const auto uri = parse_uri(text);
  if (!uri) return in.fail_within(text, uri.error());
  in.skip(text.size());
  if (!in.take('>')) return in.fail("RAQUOT");
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  return T{*uri, *parameters};
}

template <class T>
void write_info(const T& info, std::string& out) {
  out += '<';
  out += info.uri.text;
  out += '>';
  out += info.parameters.text();
}

}  // namespace

Parsed<AlertInfo> AlertInfo::parse(std::string_view value) {
  return parse_info<AlertInfo>(value, "alert-param");
}
void AlertInfo::write(std::string& out) const {
  write_info(*this, out);
}

Parsed<CallInfo> CallInfo::parse(std::string_view value) {
  return parse_info<CallInfo>(value, "info");
}
void CallInfo::write(std::string& out) const {
  write_info(*this, out);
}

Parsed<ErrorInfo> ErrorInfo::parse(std::string_view value) {
  return parse_info<ErrorInfo>(value, "error-uri");
}
void ErrorInfo::write(std::string& out) const {
  write_info(*this, out);
}

}  // namespace trapezoid::sip
