#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/base/result.hpp"
#include "sim/sdp/session_description.hpp"

namespace trapezoid::sdp {

/// Why a session description was rejected, and where. The views are literals and always valid.
struct ParseError {
  std::size_t offset = 0;     ///< Byte offset in the description.
  std::string_view rule;      ///< RFC 8866 §9 production that failed, for example "media-field".
  std::string_view expected;  ///< What would have been accepted at `offset`.

  friend bool operator==(const ParseError&, const ParseError&) = default;
};

/// "byte 17: origin-field: expected sess-version".
std::string to_string(const ParseError& error);

/// What `parse_sdp` takes at most; more is an error of the rule "limits".
constexpr std::size_t kMaxSdpBytes = 65'536;
constexpr std::size_t kMaxSdpLines = 2'000;
constexpr std::size_t kMaxSdpMedia = 128;

/// A session description by the grammar of RFC 8866 §9, which contains RFC 4566's. The order of
/// lines is the grammar's. Lines may end with CR LF or LF alone, as §5 asks of a parser; the last
/// one need not have an end. A stream that is not rejected must have a `c=` line of its own or the
/// session's. Addresses are IPv4, IPv6, or host names.
Result<SessionDescription, ParseError> parse_sdp(std::string_view text);

}  // namespace trapezoid::sdp
