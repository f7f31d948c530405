#include "sim/transaction/construct.hpp"

#include <cstdint>

#include "sim/sip/headers/cseq.hpp"
#include "sim/sip/headers/max_forwards.hpp"
#include "sim/sip/headers/timestamp.hpp"
#include "sim/sip/make_response.hpp"

namespace trapezoid::transaction {
namespace {

using sip::HeaderId;

// The fields that ACK and CANCEL take over from their INVITE; `to` is where they differ.
sip::Request make_companion(const sip::Method& method, const sip::Request& invite,
                            std::string_view to) {
  const sip::Headers& from = invite.headers();
  sip::Request companion(method, invite.request_uri_text());
  sip::Headers& headers = companion.headers();
  headers.append_text(HeaderId::Via, from.first_text(HeaderId::Via).value_or(""));
  headers.append(sip::MaxForwards{70});
  headers.copy_all(from, HeaderId::Route);
  headers.append_text(HeaderId::From, from.first_text(HeaderId::From).value_or(""));
  headers.append_text(HeaderId::To, to);
  headers.append_text(HeaderId::CallId, from.first_text(HeaderId::CallId).value_or(""));
  const auto cseq = from.first<sip::CSeq>();
  headers.append(sip::CSeq{cseq ? cseq->number : 0, method});
  return companion;
}

// Seconds with as many decimals as they need: "0.2".
std::string decimal_seconds(Duration span) {
  const std::int64_t ns = to_ns(span);
  std::string fraction = std::to_string(ns % 1'000'000'000);
  fraction.insert(0, 9 - fraction.size(), '0');
  fraction.erase(fraction.find_last_not_of('0') + 1);
  std::string out = std::to_string(ns / 1'000'000'000);
  if (!fraction.empty()) out.append(".").append(fraction);
  return out;
}

}  // namespace

sip::Request make_ack_for_non_2xx(const sip::Request& invite, const sip::Response& response) {
  const auto to = response.headers().first_text(HeaderId::To).value_or("");
  sip::Request ack = make_companion(sip::MethodId::Ack, invite, to);
  ack.headers().copy_all(invite.headers(), HeaderId::Authorization);
  ack.headers().copy_all(invite.headers(), HeaderId::ProxyAuthorization);
  ack.set_body({}, {});
  return ack;
}

sip::Request make_cancel(const sip::Request& invite) {
  const auto to = invite.headers().first_text(HeaderId::To).value_or("");
  sip::Request cancel = make_companion(sip::MethodId::Cancel, invite, to);
  cancel.set_body({}, {});
  return cancel;
}

sip::Response make_trying(const sip::Request& invite, Duration held) {
  sip::Response trying = sip::make_response(invite, 100, {});
  if (const auto timestamp = invite.headers().first<sip::Timestamp>()) {
    const std::string delay = decimal_seconds(held);
    trying.headers().append(sip::Timestamp{timestamp->time, delay});
  }
  return trying;
}

void append_via(Transport transport, std::string_view sent_by, std::string_view branch,
                std::string& out) {
  out.append("SIP/2.0/").append(via_token(transport)).append(" ").append(sent_by);
  out.append(";branch=").append(branch);
}

}  // namespace trapezoid::transaction
