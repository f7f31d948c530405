#pragma once

#include <string_view>
#include <vector>

#include "sim/sip/headers.hpp"
#include "sim/sip/headers/all.hpp"

namespace trapezoid::sip {

/// A value of a header field that does not follow the grammar of its field.
struct MalformedValue {
  HeaderId id = HeaderId::Extension;
  std::string_view value;  ///< As it stands; a view into the message.
  ParseError error;        ///< Its offset is in `value`.
};

/// Whether the grammar lets the field stand without a value: "Supported:" lists nothing.
constexpr bool may_be_empty(HeaderId id) {
  return id == HeaderId::Accept || id == HeaderId::AcceptEncoding ||
         id == HeaderId::AcceptLanguage || id == HeaderId::Allow || id == HeaderId::Supported;
}

namespace internal {
template <class H, class Visitor>
void decode_line(const Field& field, Visitor& visit) {
  if (!is_list(H::kId)) return visit(field.value, H::parse(field.value));
  CommaList values(field.value);
  auto value = values.next();
  if (!value && !may_be_empty(H::kId)) visit(field.value, H::parse(field.value));
  for (; value; value = values.next()) visit(*value, H::parse(*value));
}
}  // namespace internal

/// Decodes the values of one line; calls `visit(std::string_view value, const Parsed<H>& decoded)`
/// for each. Fields without a type are passed over.
template <class Visitor>
void decode(const Field& field, Visitor&& visit) {
  using internal::decode_line;
  switch (field.id) {
    case HeaderId::Accept: return decode_line<Accept>(field, visit);
    case HeaderId::AcceptEncoding: return decode_line<AcceptEncoding>(field, visit);
    case HeaderId::AcceptLanguage: return decode_line<AcceptLanguage>(field, visit);
    case HeaderId::AlertInfo: return decode_line<AlertInfo>(field, visit);
    case HeaderId::Allow: return decode_line<Allow>(field, visit);
    case HeaderId::AuthenticationInfo: return decode_line<AuthenticationInfo>(field, visit);
    case HeaderId::Authorization: return decode_line<Authorization>(field, visit);
    case HeaderId::CallId: return decode_line<CallId>(field, visit);
    case HeaderId::CallInfo: return decode_line<CallInfo>(field, visit);
    case HeaderId::Contact: return decode_line<Contact>(field, visit);
    case HeaderId::ContentDisposition: return decode_line<ContentDisposition>(field, visit);
    case HeaderId::ContentEncoding: return decode_line<ContentEncoding>(field, visit);
    case HeaderId::ContentLanguage: return decode_line<ContentLanguage>(field, visit);
    case HeaderId::ContentLength: return decode_line<ContentLength>(field, visit);
    case HeaderId::ContentType: return decode_line<ContentType>(field, visit);
    case HeaderId::CSeq: return decode_line<CSeq>(field, visit);
    case HeaderId::Date: return decode_line<Date>(field, visit);
    case HeaderId::ErrorInfo: return decode_line<ErrorInfo>(field, visit);
    case HeaderId::Event: return decode_line<Event>(field, visit);
    case HeaderId::Expires: return decode_line<Expires>(field, visit);
    case HeaderId::From: return decode_line<From>(field, visit);
    case HeaderId::InReplyTo: return decode_line<InReplyTo>(field, visit);
    case HeaderId::MaxForwards: return decode_line<MaxForwards>(field, visit);
    case HeaderId::MimeVersion: return decode_line<MimeVersion>(field, visit);
    case HeaderId::MinExpires: return decode_line<MinExpires>(field, visit);
    case HeaderId::Organization: return decode_line<Organization>(field, visit);
    case HeaderId::Path: return decode_line<Path>(field, visit);
    case HeaderId::Priority: return decode_line<Priority>(field, visit);
    case HeaderId::ProxyAuthenticate: return decode_line<ProxyAuthenticate>(field, visit);
    case HeaderId::ProxyAuthorization: return decode_line<ProxyAuthorization>(field, visit);
    case HeaderId::ProxyRequire: return decode_line<ProxyRequire>(field, visit);
    case HeaderId::RAck: return decode_line<RAck>(field, visit);
    case HeaderId::RSeq: return decode_line<RSeq>(field, visit);
    case HeaderId::Reason: return decode_line<Reason>(field, visit);
    case HeaderId::RecordRoute: return decode_line<RecordRoute>(field, visit);
    case HeaderId::ReferTo: return decode_line<ReferTo>(field, visit);
    case HeaderId::Replaces: return decode_line<Replaces>(field, visit);
    case HeaderId::ReplyTo: return decode_line<ReplyTo>(field, visit);
    case HeaderId::Require: return decode_line<Require>(field, visit);
    case HeaderId::RetryAfter: return decode_line<RetryAfter>(field, visit);
    case HeaderId::Route: return decode_line<Route>(field, visit);
    case HeaderId::Server: return decode_line<Server>(field, visit);
    case HeaderId::ServiceRoute: return decode_line<ServiceRoute>(field, visit);
    case HeaderId::Subject: return decode_line<Subject>(field, visit);
    case HeaderId::SubscriptionState: return decode_line<SubscriptionState>(field, visit);
    case HeaderId::Supported: return decode_line<Supported>(field, visit);
    case HeaderId::Timestamp: return decode_line<Timestamp>(field, visit);
    case HeaderId::To: return decode_line<To>(field, visit);
    case HeaderId::Unsupported: return decode_line<Unsupported>(field, visit);
    case HeaderId::UserAgent: return decode_line<UserAgent>(field, visit);
    case HeaderId::Via: return decode_line<Via>(field, visit);
    case HeaderId::Warning: return decode_line<Warning>(field, visit);
    case HeaderId::WwwAuthenticate: return decode_line<WwwAuthenticate>(field, visit);
    case HeaderId::Extension: break;
  }
}

/// Decodes every value of every header field that has a type, in wire order.
template <class Visitor>
void decode_all(const Headers& headers, Visitor&& visit) {
  for (const Field& field : headers.fields()) decode(field, visit);
}

/// Every value that does not follow its grammar, in wire order. An element only looks at the fields
/// it needs (§8.2.2); this is for whoever wants to know all that is wrong.
std::vector<MalformedValue> find_malformed_values(const Headers& headers);

}  // namespace trapezoid::sip
