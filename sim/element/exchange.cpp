#include "sim/element/exchange.hpp"

#include <algorithm>
#include <variant>

#include "sim/sip/headers/cseq.hpp"
#include "sim/sip/headers/via.hpp"
#include "sim/sip/keys.hpp"
#include "sim/sip/parser.hpp"
#include "sim/sip/status.hpp"

namespace trapezoid::element {
namespace {

Exchange read(const sip::Headers& headers) {
  Exchange exchange;
  if (const auto via = headers.first<sip::Via>()) exchange.branch = via->branch();
  exchange.call_id = headers.first_text(sip::HeaderId::CallId).value_or("");
  const std::string_view from = sip::from_tag(headers);
  const std::string_view to = sip::to_tag(headers);
  if (!from.empty() && !to.empty()) {
    exchange.dialog.append(exchange.call_id).append(1, '\n');
    exchange.dialog.append(std::min(from, to)).append(1, '\n').append(std::max(from, to));
  }
  return exchange;
}

}  // namespace

Exchange exchange_of(const sip::Request& request) {
  Exchange exchange = read(request.headers());
  exchange.method = request.method_id();
  exchange.is_request = true;
  return exchange;
}

Exchange exchange_of(const sip::Response& response) {
  Exchange exchange = read(response.headers());
  if (const auto cseq = response.headers().first<sip::CSeq>()) exchange.method = cseq->method.id();
  exchange.is_success = sip::is_success(response.status());
  return exchange;
}

Exchange exchange_of(std::string_view bytes) {
  const auto message = sip::parse_message(bytes, sip::MessageBounds::Stream);
  if (!message) return {};
  return std::visit([](const auto& one) { return exchange_of(one); }, *message);
}

}  // namespace trapezoid::element
