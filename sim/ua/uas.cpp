#include "sim/ua/uas.hpp"

#include "sim/base/text.hpp"
#include "sim/sip/headers/content_disposition.hpp"
#include "sim/sip/headers/content_encoding.hpp"
#include "sim/sip/headers/content_type.hpp"
#include "sim/sip/headers/option_tags.hpp"
#include "sim/sip/keys.hpp"
#include "sim/sip/make_response.hpp"
#include "sim/ua/session.hpp"

namespace trapezoid::ua {
namespace {

using dialog::DialogEvent;
using sip::HeaderId;
using sip::MethodId;

bool has_to_tag(const sip::Request& request) {
  return !sip::to_tag(request.headers()).empty();
}

std::string_view user_of(const sip::Parsed<sip::Uri>& uri) {
  return uri && uri->user ? *uri->user : std::string_view{};
}

}  // namespace

std::string merge_key_of(const sip::Request& request) {
  const sip::Headers& headers = request.headers();
  std::string key(sip::from_tag(headers));
  key += '\n';
  key += headers.first_text(HeaderId::CallId).value_or("");
  key += '\n';
  key += headers.first_text(HeaderId::CSeq).value_or("");
  return key;
}

// §8.2 UAS Behavior: the steps in the order of the sections. Authentication comes first there; this
// user agent asks for none.
void Uas::handle_request(transaction::TransactionId id, const sip::Request& request,
                         const Context& context) {
  const Served served{id, request, context};
  if (request.method_id() == MethodId::Cancel) {
    handle_cancel(served);
    return;
  }
  if (!inspect_method(served)) return;   // 8.2.1 Method Inspection
  if (!inspect_headers(served)) return;  // 8.2.2 Header Inspection
  if (!inspect_content(served))
    return;                   // 8.2.3 Content Processing
                              // 8.2.4 Applying Extensions: none
  if (has_to_tag(request)) {  // 8.2.5 Processing the Request
    handle_within_dialog(served);
    return;
  }
  if (request.method_id() == MethodId::Invite) {
    handle_invite(served);
    return;
  }
  core_.open(id, nullptr, Purpose::Served, merge_key_of(request));
  if (request.method_id() == MethodId::Options)
    handle_options(served);
  else
    respond(served, 481);  // §15.1.2: a BYE without a dialog
}

bool Uas::inspect_method(const Served& served) {
  switch (served.request.method_id()) {
    case MethodId::Invite:
    case MethodId::Bye:
    case MethodId::Options: return true;
    default: break;
  }
  // §21.5.2: 501 for a method that is not recognized, §8.2.1: 405 for one that is not supported.
  const bool is_known = served.request.method_id() != MethodId::Extension;
  sip::Response response = begin(served.request, is_known ? 405 : 501, fresh_tag(served.request));
  response.headers().set_text(HeaderId::Allow, kAllow);
  finish(served.id, response, {}, served.context);
  return false;
}

bool Uas::inspect_headers(const Served& served) {
  const sip::Request& request = served.request;
  if (!has_to_tag(request)) {
    // 8.2.2.1 To and Request-URI: any To is accepted.
    if (!is_for_us(request)) {
      respond(served, 404);
      return false;
    }
    // 8.2.2.2 Merged Requests
    if (core_.is_served(merge_key_of(request))) {
      Core::decide("§8.2.2.2: the same request came by another way", served.context);
      respond(served, 482);
      return false;
    }
  }
  // 8.2.2.3 Require
  std::string unsupported;
  for (const auto required : request.headers().all<sip::Require>()) {
    if (!required) continue;
    bool is_supported = false;
    for (const std::string& tag : core_.config.option_tags)
      is_supported = is_supported || iequals(tag, required->option_tag);
    if (is_supported) continue;
    if (!unsupported.empty()) unsupported += ", ";
    unsupported += required->option_tag;
  }
  if (unsupported.empty()) return true;
  sip::Response response = begin(request, 420, fresh_tag(request));
  response.headers().append_text(HeaderId::Unsupported, unsupported);
  finish(served.id, response, {}, served.context);
  return false;
}

/// Whether the Request-URI names this user: by the user part of its address or of its contact.
bool Uas::is_for_us(const sip::Request& request) const {
  const auto uri = request.request_uri();
  if (!uri || !uri->is_sip_or_sips()) return true;  // other schemes: §8.2.2.1 RECOMMENDED
  const std::string_view user = user_of(uri);
  if (user.empty()) return true;
  return sip::unescaped(user) ==
             sip::unescaped(user_of(sip::parse_uri(core_.config.address_of_record))) ||
         sip::unescaped(user) == sip::unescaped(user_of(sip::parse_uri(core_.config.contact)));
}

bool Uas::inspect_content(const Served& served) {
  const sip::Request& request = served.request;
  if (request.body().empty()) return true;
  const auto disposition = request.headers().first<sip::ContentDisposition>();
  if (disposition && disposition->is_optional()) return true;
  const auto type = request.headers().first<sip::ContentType>();
  const auto encoding = request.headers().first<sip::ContentEncoding>();
  const bool is_encoded = encoding && !iequals(encoding->coding, "identity");
  if (type && type->is(kSdp) && !is_encoded) return true;
  sip::Response response = begin(request, 415, fresh_tag(request));
  response.headers().set_text(HeaderId::Accept, kSdp);
  if (is_encoded) response.headers().set_text(HeaderId::AcceptEncoding, "identity");
  finish(served.id, response, {}, served.context);
  return false;
}

// §12.2.2 UAS Behavior.
void Uas::handle_within_dialog(const Served& served) {
  Call* call = core_.find_call_of(served.request);
  if (call == nullptr) {
    respond(served, 481);
    return;
  }
  Leg* leg = Core::find_leg(*call, sip::from_tag(served.request.headers()));
  if (dialog::accept_sequence_number(leg->dialog, served.request) == dialog::Order::OutOfOrder) {
    Core::decide("§12.2.2: the request is out of order", served.context);
    respond(served, 500);
    return;
  }
  switch (served.request.method_id()) {
    case MethodId::Bye: handle_bye(*call, *leg, served); break;
    case MethodId::Invite: handle_reinvite(*call, *leg, served); break;
    default: handle_options(served); break;  // §12.2.2: as outside the dialog
  }
}

// §9.2 Server Behavior.
void Uas::handle_cancel(const Served& served) {
  const auto target = core_.layer->find_cancelled(served.request);
  const OpenTransaction* open = target == 0 ? nullptr : core_.find_transaction(target);
  Call* call = open == nullptr ? nullptr : core_.find_call(open->call);
  if (target == 0) {
    respond(served, 481);
    return;
  }
  // The To tag SHOULD be that of the response to the INVITE.
  sip::Response response =
      begin(served.request, 200, call == nullptr ? fresh_tag(served.request) : call->local_tag);
  finish(served.id, response, {}, served.context);
  if (call == nullptr || call->invite != target || call->phase != Call::Phase::Inviting) {
    Core::decide("§9.2: the INVITE has its final response: the CANCEL has no effect",
                 served.context);
    return;
  }
  terminate_invite(*call, {Outcome::Kind::Abandoned, 0}, DialogEvent::Cancelled, served.context);
}

// §11.2 Processing of OPTIONS Request: the status that an INVITE would get.
void Uas::handle_options(const Served& served) {
  const auto& rejection = core_.config.answering.rejection;
  sip::Response response =
      begin(served.request, rejection ? rejection->status : 200, fresh_tag(served.request));
  sip::Headers& headers = response.headers();
  headers.append_text(HeaderId::Contact, core_.contact_value());
  headers.append_text(HeaderId::Allow, kAllow);
  headers.append_text(HeaderId::Accept, kSdp);
  headers.append_text(HeaderId::AcceptEncoding, "identity");
  headers.append_text(HeaderId::AcceptLanguage, "en");
  headers.append_text(HeaderId::Supported, core_.supported());
  finish(served.id, response, {}, served.context);
}

sip::Response Uas::begin(const sip::Request& request, sip::StatusCode status,
                         std::string_view to_tag) const {
  sip::Response response = sip::make_response(request, status, to_tag, core_.reason_of(status));
  response.headers().remove(HeaderId::ContentLength);
  return response;
}

void Uas::finish(transaction::TransactionId id, sip::Response& response,
                 std::string_view description, const Context& context) {
  core_.add_product(response.headers(), HeaderId::Server);
  response.set_body(description, description.empty() ? std::string_view{} : kSdp);
  core_.layer->send_response(id, response, context);
}

void Uas::respond(const Served& served, sip::StatusCode status) {
  sip::Response response = begin(served.request, status, fresh_tag(served.request));
  finish(served.id, response, {}, served.context);
}

std::string Uas::fresh_tag(const sip::Request& request) {
  return has_to_tag(request) ? std::string() : core_.identifiers.next_tag();
}

}  // namespace trapezoid::ua
