#include "sim/sip/headers/via.hpp"

#include <utility>

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

// sent-protocol = protocol-name SLASH protocol-version SLASH transport
std::optional<ParseError> Via::decode(std::string_view value, Via& via) {
  Cursor in(value, "via-parm");
  via.protocol = in.take_while(kToken);
  if (via.protocol.empty()) return in.fail("protocol-name");
  if (!in.take_separator('/')) return in.fail("SLASH");
  via.version = in.take_while(kToken);
  if (via.version.empty()) return in.fail("protocol-version");
  if (!in.take_separator('/')) return in.fail("SLASH");
  via.transport = in.take_while(kToken);
  if (via.transport.empty()) return in.fail("transport");
  if (!in.skip_lws()) return in.fail("LWS");
  if (auto error = take_host_port(in, Colon::Padded, via.sent_by)) return error;
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  via.parameters = *parameters;
  return std::nullopt;
}

Parsed<Via> Via::parse(std::string_view value) {
  Parsed<Via> via(std::in_place);
  if (const auto error = decode(value, *via)) via = *error;
  return via;
}

void Via::write(std::string& out) const {
  out += protocol;
  out += '/';
  out += version;
  out += '/';
  out += transport;
  out += ' ';
  sent_by.write(out);
  out += parameters.text();
}

std::string_view Via::received() const {
  const std::string_view address = parameters.value_of("received");
  const bool has_brackets = address.size() > 1 && address.front() == '[' && address.back() == ']';
  return has_brackets ? address.substr(1, address.size() - 2) : address;
}

std::optional<std::uint16_t> Via::rport() const {
  return to_number<std::uint16_t>(parameters.value_of("rport"));
}

std::optional<std::uint8_t> Via::ttl() const {
  return to_number<std::uint8_t>(parameters.value_of("ttl"));
}

}  // namespace trapezoid::sip
