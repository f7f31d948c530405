#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// `hostport` of RFC 3261 §25.1. `host` is as on the wire: a name, an IPv4 address, or an IPv6
/// reference with its brackets.
struct HostPort {
  std::string_view host;
  std::optional<std::uint16_t> port;

  bool is_ipv6_reference() const { return !host.empty() && host.front() == '['; }
  /// The address without the brackets of an IPv6 reference.
  std::string_view address() const;
  /// Whether `host` is an IPv4 address or IPv6 reference, not a name.
  bool is_ip_address() const;
  /// As it stands: host, and ":" port where there is one.
  void write(std::string& out) const;
};

enum class Scheme : std::uint8_t { Sip, Sips, Tel, Other };

/// A URI as it stands on the wire, taken apart (RFC 3261 §19.1, RFC 3966, RFC 3986): views into the
/// text it was parsed from, which must outlive it. Nothing is unescaped; `unescaped()` does that.
struct Uri {
  std::string_view text;  ///< The whole URI.
  Scheme scheme = Scheme::Sip;
  std::string_view scheme_text;  ///< "sip", "SIPS", "http": as written.

  // sip and sips
  std::optional<std::string_view> user;  ///< Escaped, as written; may hold ";" and "?".
  std::optional<std::string_view> password;
  HostPort host_port;
  Parameters parameters;     ///< uri-parameters; of a tel URI its `par` list.
  std::string_view headers;  ///< After "?", without it.

  std::string_view opaque;  ///< tel: the number; other schemes: everything after the colon.

  bool is_sip_or_sips() const { return scheme == Scheme::Sip || scheme == Scheme::Sips; }
  /// Whether the URI has `;lr`: a loose router, §19.1.1.
  bool is_loose_router() const { return parameters.contains("lr"); }
};

/// SIP-URI / SIPS-URI / tel URI / absoluteURI, the whole of `text`. §25.1.
Parsed<Uri> parse_uri(std::string_view text);

/// URI comparison of §19.1.4 (sip, sips) and RFC 3966 §4 (tel); other schemes byte for byte.
bool are_equivalent(const Uri& a, const Uri& b);

/// Replaces each %HH by its byte, §19.1.2. The result may hold any byte, NUL included.
std::string unescaped(std::string_view text);

/// The address-of-record form for look-up in a location service, §10.3 step 5: scheme, user
/// (unescaped and escaped again in one way) and host in lower case, port where given, without
/// password, parameters and headers.
std::string canonical_address_of_record(const Uri& uri);

}  // namespace trapezoid::sip
