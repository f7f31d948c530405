#pragma once

#include <string_view>

namespace trapezoid::sdp {

/// IP4-address: four numbers below 256 with dots between them. RFC 8866 §9.
bool is_ipv4_address(std::string_view text);

/// IP6-address: RFC 4291 §2.2 text, "::" and an IPv4 tail included, without brackets.
bool is_ipv6_address(std::string_view text);

/// FQDN of RFC 8866 §9 without its least length of four: letters, digits, "-" and ".".
bool is_host_name(std::string_view text);

}  // namespace trapezoid::sdp
