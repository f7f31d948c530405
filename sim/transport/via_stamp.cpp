#include "sim/transport/via_stamp.hpp"

#include <optional>
#include <string_view>

#include "sim/base/text.hpp"
#include "sim/sip/headers/via.hpp"

namespace trapezoid::transport {

using sip::HeaderId;
using sip::ParseErrc;
using sip::ParseError;
using sip::Via;

namespace {

std::optional<Transport> find_transport(std::string_view token) {
  for (const Transport transport : {Transport::Udp, Transport::Tcp, Transport::Tls})
    if (iequals(token, via_token(transport))) return transport;
  return std::nullopt;
}

/// The Via without `received` and without `rport`, and what stands behind it.
std::string without_stamp(std::string_view text, const Via& via) {
  const std::string_view parameters = via.parameters.text();
  std::string bare(parameters.empty() ? text : text.substr(0, text.size() - parameters.size()));
  for (const sip::Parameter& parameter : via.parameters) {
    if (iequals(parameter.name, "received") || iequals(parameter.name, "rport")) continue;
    bare += ';';
    bare += parameter.name;
    if (parameter.value) {
      bare += '=';
      bare += *parameter.value;
    }
  }
  return bare;
}

}  // namespace

sip::Parsed<bool> stamp_via(sip::Request& request, const Source& source) {
  const auto via = request.headers().first<Via>();
  if (!via) return via.error();
  return stamp_via(request, *via, source);
}

bool stamp_via(sip::Request& request, const Via& topmost, const Source& source) {
  sip::Headers& headers = request.headers();
  const bool is_elsewhere = !topmost.sent_by.is_ip_address() ||
                            !iequals(topmost.sent_by.address(), source.remote.address);
  bool has_rport = false;
  bool is_stamped = false;
  for (const sip::Parameter& parameter : topmost.parameters) {
    has_rport = has_rport || iequals(parameter.name, "rport");
    is_stamped = is_stamped || has_rport || iequals(parameter.name, "received");
  }
  if (!has_rport && !is_elsewhere && !is_stamped) return false;

  std::string stamp;
  if (has_rport || is_elsewhere) {
    stamp += ";received=";
    stamp += source.remote.address;
  }
  if (has_rport) {
    stamp += ";rport=";
    stamp += std::to_string(source.remote.port);
  }
  if (is_stamped)
    headers.replace_value(HeaderId::Via, 0,
                          without_stamp(*headers.first_text(HeaderId::Via), topmost) + stamp);
  else
    headers.append_to_first(HeaderId::Via, stamp);
  return true;
}

sip::Parsed<ResponseDestination> response_destination(const sip::Response& response) {
  const auto via = response.headers().first<Via>();
  if (!via) return via.error();
  const auto transport = find_transport(via->transport);
  if (!transport) return ParseError{ParseErrc::UnexpectedByte, 0, "transport", "UDP, TCP or TLS"};
  const std::uint16_t port = via->sent_by.port.value_or(default_port(*transport));
  const auto to_address = [&](std::string_view host, std::uint16_t at) {
    return ResponseDestination{std::string(host), at, *transport, true};
  };
  if (!is_reliable(*transport) && !via->maddr().empty()) {
    const sip::HostPort maddr{via->maddr(), std::nullopt};
    auto destination = to_address(maddr.address(), port);
    destination.is_address = maddr.is_ip_address();
    return destination;
  }
  if (!via->received().empty()) {
    const bool uses_rport = !is_reliable(*transport);
    return to_address(via->received(), uses_rport ? via->rport().value_or(port) : port);
  }
  if (via->sent_by.is_ip_address()) return to_address(via->sent_by.address(), port);
  return ResponseDestination{std::string(via->sent_by.host), via->sent_by.port.value_or(0),
                             *transport, false};
}

}  // namespace trapezoid::transport
