#include "sim/dialog/dialog.hpp"

#include <algorithm>

#include "sim/base/text.hpp"
#include "sim/sip/headers/call_id.hpp"
#include "sim/sip/headers/contact.hpp"
#include "sim/sip/headers/cseq.hpp"
#include "sim/sip/headers/from.hpp"
#include "sim/sip/headers/max_forwards.hpp"
#include "sim/sip/headers/route.hpp"
#include "sim/sip/headers/to.hpp"

namespace trapezoid::dialog {
namespace {

using sip::HeaderId;

std::string text_of(const sip::NameAddr& address) {
  std::string text;
  address.write(text);
  return text;
}

/// The Record-Route values in wire order, all parameters kept.
std::vector<std::string> recorded_routes(const sip::Headers& headers) {
  std::vector<std::string> routes;
  sip::ValueTexts values = headers.values(HeaderId::RecordRoute);
  while (const auto value = values.next()) routes.emplace_back(*value);
  return routes;
}

/// Newest first on the wire; the sender of the request meets the oldest first (§12.1.2).
std::vector<std::string> uac_route_set(const sip::Response& response) {
  std::vector<std::string> routes = recorded_routes(response.headers());
  std::reverse(routes.begin(), routes.end());
  return routes;
}

/// A URI as a Request-URI may hold it: without `method` parameter and headers (§19.1.1, Table 1).
std::string request_uri_form(std::string_view text) {
  const auto uri = sip::parse_uri(text);
  if (!uri || !uri->is_sip_or_sips()) return std::string(text);
  std::string form(text.substr(0, text.find('?')));
  const auto method = uri->parameters.find("method");
  if (!method) return form;
  const auto begin = static_cast<std::size_t>(method->name.data() - text.data());
  std::size_t end = form.find(';', begin);
  if (end == std::string::npos) end = form.size();
  form.erase(begin - 1, end - begin + 1);
  return form;
}

bool is_loose(std::string_view route) {
  const auto uri = sip::parse_uri(route_uri(route));
  return uri.has_value() && uri->is_loose_router();
}

void append_address(sip::Headers& headers, HeaderId id, std::string_view address,
                    std::string_view tag) {
  std::string value(address);
  if (!tag.empty()) {
    value += ";tag=";
    value += tag;
  }
  headers.append_text(id, value);
}

/// The fields that every request within the dialog has, §12.2.1.1.
sip::Request make_request(const Dialog& dialog, const sip::Method& method, std::uint32_t number) {
  sip::Request request = make_routed_request(method, dialog.remote_target, dialog.route_set);
  sip::Headers& headers = request.headers();
  append_address(headers, HeaderId::From, dialog.local_address, dialog.local_tag);
  append_address(headers, HeaderId::To, dialog.remote_address, dialog.remote_tag);
  headers.append_text(HeaderId::CallId, dialog.call_id);
  headers.append(sip::CSeq{number, method});
  return request;
}

}  // namespace

std::string_view name_of(Dialog::State state) {
  switch (state) {
    case Dialog::State::Early: return "Early";
    case Dialog::State::Confirmed: return "Confirmed";
    case Dialog::State::Terminated: return "Terminated";
  }
  return "";
}

sip::Parsed<Dialog> make_uac_dialog(const sip::Request& request, const sip::Response& response) {
  const auto from = request.headers().first<sip::From>();
  if (!from) return from.error();
  const auto to = response.headers().first<sip::To>();
  if (!to) return to.error();
  const auto cseq = request.headers().first<sip::CSeq>();
  if (!cseq) return cseq.error();
  const auto call_id = request.headers().first<sip::CallId>();
  if (!call_id) return call_id.error();
  const auto contact = response.headers().first<sip::Contact>();
  if (!contact) return contact.error();

  Dialog dialog;
  const auto request_uri = request.request_uri();
  dialog.is_secure = request_uri.has_value() && request_uri->scheme == sip::Scheme::Sips;
  dialog.route_set = uac_route_set(response);
  dialog.remote_target = contact->address.uri.text;
  dialog.local_sequence_number = cseq->number;
  dialog.call_id = call_id->value;
  dialog.local_tag = from->tag();
  dialog.remote_tag = to->tag();
  dialog.remote_address = text_of(to->address);
  dialog.local_address = text_of(from->address);
  dialog.state =
      sip::is_success(response.status()) ? Dialog::State::Confirmed : Dialog::State::Early;
  return dialog;
}

sip::Parsed<Dialog> make_uas_dialog(const sip::Request& request, std::string_view local_tag) {
  const auto from = request.headers().first<sip::From>();
  if (!from) return from.error();
  const auto to = request.headers().first<sip::To>();
  if (!to) return to.error();
  const auto cseq = request.headers().first<sip::CSeq>();
  if (!cseq) return cseq.error();
  const auto call_id = request.headers().first<sip::CallId>();
  if (!call_id) return call_id.error();
  const auto contact = request.headers().first<sip::Contact>();
  if (!contact) return contact.error();

  Dialog dialog;
  const auto request_uri = request.request_uri();
  dialog.is_secure = request_uri.has_value() && request_uri->scheme == sip::Scheme::Sips;
  dialog.route_set = recorded_routes(request.headers());
  dialog.remote_target = contact->address.uri.text;
  dialog.remote_sequence_number = cseq->number;
  dialog.call_id = call_id->value;
  dialog.local_tag = local_tag;
  dialog.remote_tag = from->tag();
  dialog.remote_address = text_of(from->address);
  dialog.local_address = text_of(to->address);
  return dialog;
}

void confirm(Dialog& dialog, const sip::Response& success) {
  dialog.state = Dialog::State::Confirmed;
  dialog.route_set = uac_route_set(success);
  refresh_target(dialog, success.headers());
}

sip::Request make_request_within_dialog(Dialog& dialog, const sip::Method& method,
                                        std::uint32_t first_sequence_number) {
  dialog.local_sequence_number =
      dialog.local_sequence_number ? *dialog.local_sequence_number + 1 : first_sequence_number;
  return make_request(dialog, method, *dialog.local_sequence_number);
}

sip::Request make_ack_for_2xx(const Dialog& dialog, const sip::Request& invite) {
  const auto cseq = invite.headers().first<sip::CSeq>();
  sip::Request ack = make_request(dialog, sip::MethodId::Ack, cseq ? cseq->number : 0);
  ack.headers().copy_all(invite.headers(), HeaderId::Authorization);
  ack.headers().copy_all(invite.headers(), HeaderId::ProxyAuthorization);
  return ack;
}

std::string_view next_hop_uri(const Dialog& dialog) {
  if (dialog.route_set.empty()) return dialog.remote_target;
  return route_uri(dialog.route_set.front());
}

sip::Request make_routed_request(const sip::Method& method, std::string_view target,
                                 const std::vector<std::string>& route_set) {
  const bool is_strict = !route_set.empty() && !is_loose(route_set.front());
  sip::Request request(method, is_strict ? request_uri_form(route_uri(route_set.front())) : target);
  request.headers().append(sip::MaxForwards{});
  if (route_set.empty()) return request;
  std::string routes;
  for (std::size_t i = is_strict ? 1 : 0; i < route_set.size(); ++i) {
    if (!routes.empty()) routes += ", ";
    routes += route_set[i];
  }
  if (is_strict) {
    if (!routes.empty()) routes += ", ";
    routes += '<';
    routes += target;
    routes += '>';
  }
  request.headers().append_text(HeaderId::Route, routes);
  return request;
}

std::string_view route_uri(std::string_view route) {
  const auto parsed = sip::Route::parse(route);
  return parsed ? parsed->address.uri.text : std::string_view{};
}

Order accept_sequence_number(Dialog& dialog, const sip::Request& request) {
  const auto cseq = request.headers().first<sip::CSeq>();
  if (!cseq) return Order::OutOfOrder;
  if (dialog.remote_sequence_number && cseq->number < *dialog.remote_sequence_number)
    return Order::OutOfOrder;
  dialog.remote_sequence_number = cseq->number;
  return Order::InOrder;
}

void refresh_target(Dialog& dialog, const sip::Headers& headers) {
  const auto contact = headers.first<sip::Contact>();
  if (contact && !contact->is_star) dialog.remote_target = contact->address.uri.text;
}

}  // namespace trapezoid::dialog
