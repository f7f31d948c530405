#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// callid = word [ "@" word ]                                                 RFC 3261 §20.8, §25.1
/// The invariant of a dialog or of all registrations of a client; compared byte for byte.
struct CallId {
  static constexpr HeaderId kId = HeaderId::CallId;

  std::string_view value;

  static Parsed<CallId> parse(std::string_view value);
  void write(std::string& out) const;
};

/// In-Reply-To = callid *(COMMA callid)                                      RFC 3261 §20.21, §25.1
/// One Call-ID that this call returns.
struct InReplyTo {
  static constexpr HeaderId kId = HeaderId::InReplyTo;

  std::string_view call_id;

  static Parsed<InReplyTo> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
