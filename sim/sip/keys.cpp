#include "sim/sip/keys.hpp"

#include <utility>

#include "sim/base/text.hpp"
#include "sim/sip/headers/cseq.hpp"
#include "sim/sip/headers/from.hpp"
#include "sim/sip/headers/to.hpp"
#include "sim/sip/headers/via.hpp"

namespace trapezoid::sip {
namespace {

/// The method that a transaction began with: an ACK belongs to its INVITE (§17.1.1.3, §17.2.3).
std::string_view initial_method(std::string_view method) {
  return method == "ACK" ? std::string_view("INVITE") : method;
}

/// branch ";" method
std::optional<TransactionKey> client_key(const Headers& headers) {
  const auto via = headers.first<Via>();
  const auto cseq = headers.first<CSeq>();
  if (!via || !cseq) return std::nullopt;
  return client_transaction_key(via->branch(), cseq->method.name());
}

/// branch ";" sent-by ";" method, §17.2.3 steps 1 to 3.
TransactionKey branch_key(std::string_view branch, const Via& via, std::string_view method) {
  constexpr std::size_t kPortSize = 6;
  TransactionKey key;
  key.reserve(branch.size() + via.sent_by.host.size() + kPortSize + method.size() + 2);
  key += branch;
  key += ';';
  for (const char c : via.sent_by.host) key += to_lower(c);
  if (via.sent_by.port) {
    key += ':';
    key += std::to_string(*via.sent_by.port);
  }
  key += ';';
  key += method;
  return key;
}

/// The tag of a `from-spec` or `to-spec`: among the parameters behind the address, which ends with
/// its angle bracket or, without brackets, at the first semicolon (§20).
std::string_view tag_in(std::string_view value) {
  std::size_t at = 0;
  if (value.starts_with('"'))  // a display name, which may hold either
    for (at = 1; at < value.size() && value[at] != '"'; ++at)
      if (value[at] == '\\') ++at;
  at = value.find_first_of("<;", at);
  if (at != std::string_view::npos && value[at] == '<') at = value.find('>', at);
  if (at == std::string_view::npos) return {};
  return Parameters(value.substr(value[at] == '>' ? at + 1 : at)).value_of("tag");
}

/// The fields that RFC 2543 compared, each behind a space: none of them holds one, save the Via,
/// which comes last.
std::optional<TransactionKey> rfc2543_key(const Request& request, std::string_view method) {
  const Headers& headers = request.headers();
  const auto from = headers.first<From>();
  const auto cseq = headers.first<CSeq>();
  const auto call_id = headers.first_text(HeaderId::CallId);
  const auto via = headers.first_text(HeaderId::Via);
  if (!from || !cseq || !call_id || !via) return std::nullopt;
  const std::string number = std::to_string(cseq->number);
  TransactionKey key(method);
  for (const std::string_view part :
       {request.request_uri_text(), from->tag(), *call_id, std::string_view(number), *via}) {
    key += ' ';
    key += part;
  }
  return key;
}

std::optional<TransactionKey> server_key(const Request& request, const Via& via,
                                         std::string_view method) {
  const std::string_view branch = via.branch();
  return has_magic_cookie(branch) ? branch_key(branch, via, method) : rfc2543_key(request, method);
}

std::optional<TransactionKey> server_key(const Request& request, std::string_view method) {
  const auto via = request.headers().first<Via>();
  if (!via) return std::nullopt;
  return server_key(request, *via, method);
}

enum class Local { FromTag, ToTag };

std::optional<DialogKey> dialog_key(const Headers& headers, Local local) {
  const auto call_id = headers.first_text(HeaderId::CallId);
  const auto from = headers.first<From>();
  const auto to = headers.first<To>();
  if (!call_id || !from || !to) return std::nullopt;
  DialogKey key{std::string(*call_id), std::string(from->tag()), std::string(to->tag())};
  if (local == Local::ToTag) std::swap(key.local_tag, key.remote_tag);
  return key;
}

}  // namespace

std::optional<TransactionKey> client_transaction_key(const Response& response) {
  return client_key(response.headers());
}

std::optional<TransactionKey> client_transaction_key(const Request& request) {
  return client_key(request.headers());
}

TransactionKey client_transaction_key(std::string_view branch, std::string_view method) {
  method = initial_method(method);
  TransactionKey key;
  key.reserve(branch.size() + 1 + method.size());
  key += branch;
  key += ';';
  key += method;
  return key;
}

std::optional<TransactionKey> server_transaction_key(const Request& request) {
  return server_key(request, initial_method(request.method_text()));
}

std::optional<TransactionKey> server_transaction_key(const Request& request, const Via& topmost) {
  return server_key(request, topmost, initial_method(request.method_text()));
}

std::optional<TransactionKey> cancelled_transaction_key(const Request& cancel) {
  return server_key(cancel, "INVITE");
}

bool has_magic_cookie(std::string_view branch) {
  constexpr std::string_view kCookie = "z9hG4bK";
  return branch.size() > kCookie.size() && branch.substr(0, kCookie.size()) == kCookie;
}

std::string_view from_tag(const Headers& headers) {
  return tag_in(headers.first_text(HeaderId::From).value_or(std::string_view{}));
}

std::string_view to_tag(const Headers& headers) {
  return tag_in(headers.first_text(HeaderId::To).value_or(std::string_view{}));
}

std::string to_string(const DialogKey& key) {
  std::string text = key.call_id;
  text += ';';
  text += key.local_tag;
  text += ';';
  text += key.remote_tag;
  return text;
}

std::optional<DialogKey> uas_dialog_key(const Request& request) {
  return dialog_key(request.headers(), Local::ToTag);
}

std::optional<DialogKey> uac_dialog_key(const Response& response) {
  return dialog_key(response.headers(), Local::FromTag);
}

std::optional<DialogKey> uac_dialog_key(const Request& request) {
  return dialog_key(request.headers(), Local::FromTag);
}

std::optional<DialogKey> uas_dialog_key(const Response& response) {
  return dialog_key(response.headers(), Local::ToTag);
}

}  // namespace trapezoid::sip
