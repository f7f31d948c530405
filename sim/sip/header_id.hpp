#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace trapezoid::sip {

/// The header fields of RFC 3261 §20 and a few of its companions. Any other is `Extension`.
// clang-format off
enum class HeaderId : std::uint8_t {
  Accept, AcceptEncoding, AcceptLanguage, AlertInfo, Allow, AuthenticationInfo, Authorization,
  CallId, CallInfo, Contact, ContentDisposition, ContentEncoding, ContentLanguage, ContentLength,
  ContentType, CSeq, Date, ErrorInfo, Event, Expires, From, InReplyTo, MaxForwards, MimeVersion,
  MinExpires, Organization, Path, Priority, ProxyAuthenticate, ProxyAuthorization, ProxyRequire,
  RAck, RSeq, Reason, RecordRoute, ReferTo, Replaces, ReplyTo, Require, RetryAfter, Route, Server,
  ServiceRoute, Subject, SubscriptionState, Supported, Timestamp, To, Unsupported, UserAgent, Via,
  Warning, WwwAuthenticate, Extension,
};
// clang-format on
constexpr std::size_t kHeaderIdCount = static_cast<std::size_t>(HeaderId::Extension) + 1;

/// The id of a field name, long or compact form, case ignored (§7.3.1, §7.3.3).
HeaderId find_header_id(std::string_view name);

/// The same for a name that stands in memory where `kMaxHeaderName` bytes from its first can be
/// read.
constexpr std::size_t kMaxHeaderName = 24;
HeaderId find_padded_header_id(std::string_view name);

/// The long form in the RFC's spelling, "Call-ID"; empty for `Extension`.
std::string_view canonical_name(HeaderId id);

/// Whether the grammar of §25.1 makes the field a comma-separated list, so that several lines and
/// one line with commas mean the same (§7.3.1). The four authentication fields are no such lists.
bool is_list(HeaderId id);

}  // namespace trapezoid::sip
