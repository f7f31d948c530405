#include "sim/element/sip_element.hpp"

#include <cassert>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/sip/headers/via.hpp"
#include "sim/sip/keys.hpp"
#include "sim/sip/make_response.hpp"
#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"
#include "sim/transport/via_stamp.hpp"

namespace trapezoid::element {
namespace {

// Timers whose name begins so are the scenario's doing, not the protocol's.
constexpr std::string_view kActionPrefix = "action:";

// For how long an answer without a transaction is remembered, in T1: that of a transaction.
constexpr int kMemoryInT1 = 64;

}  // namespace

SipElement::SipElement(SipElementConfig config, const resolve::Zone& zone,
                       const MakeUser& make_user)
    : config_(std::move(config)),
      resolver_(zone, config_.seed, config_.name),
      identifiers_(config_.pinned, config_.seed, config_.name),
      own_via_("SIP/2.0/TCP " + config_.sent_by),
      connections_(config_.connection_policy, config_.reuse_accepted),
      user_(watch(make_user(resolver_, identifiers_))),
      layer_(*user_, *this, timers_, identifiers_, config_.timers) {
  assert(!config_.listens.empty());
  if (const auto via = sip::Via::parse(own_via_)) own_sent_by_ = via->sent_by;
}

SipElement::~SipElement() = default;

void SipElement::handle(Input input, Instant now) {
  std::visit([&](const auto& one) { on(one, now); }, input);
}

std::optional<Output> SipElement::poll() {
  if (next_output_ == outputs_.size()) {
    outputs_.clear();  // keeps its memory
    next_output_ = 0;
    return std::nullopt;
  }
  return std::move(outputs_[next_output_++]);
}

std::optional<Instant> SipElement::next_deadline() const {
  return timers_.next_deadline();
}

Context SipElement::next_event(Instant now) {
  return {now, ++last_event_, this};
}

void SipElement::take(Notice notice) {
  outputs_.emplace_back(std::move(notice));
}

void SipElement::on(const Started& /*input*/, Instant now) {
  user_->start(layer_, timers_, Context{now, 0, this});
}

void SipElement::on(const Connected& input, Instant /*now*/) {
  Connection* connection = connections_.find(input.connection);
  if (connection == nullptr) {
    connections_.accept(input.connection, input.local, input.remote);
    return;
  }
  connection->local = input.local;
  connection->is_established = true;
  connection->waiting.clear();
}

void SipElement::on(const Arrived& input, Instant now) {
  Connection* connection = connections_.find(input.connection);
  if (connection == nullptr) return;  // closed by us meanwhile
  const Source source{connection->remote, connection->local, input.connection};
  connection->framer.append(input.bytes);
  while (connection != nullptr) {
    const auto message = connection->framer.next();
    if (!message) return;
    if (!*message) {
      const Context context = next_event(now);
      drop(connection->framer.pending(), to_string(message->error()), context);
      outputs_.emplace_back(Close{input.connection, context.cause});
      connections_.remove(input.connection);
      return;
    }
    handle_message(**message, source, now);
    connection = connections_.find(input.connection);
  }
}

void SipElement::on(const Datagram& input, Instant now) {
  handle_message(input.bytes, Source{input.remote, input.local, 0}, now);
}

void SipElement::on(const Closed& input, Instant now) {
  if (const auto connection = connections_.remove(input.connection))
    report_failures(connection->waiting, now);
}

void SipElement::on(const Refused& input, Instant now) {
  if (const auto connection = connections_.remove(input.connection))
    report_failures(connection->waiting, now);
}

// §18.4: an error of the transport is the business of the transactions whose messages it carried.
void SipElement::report_failures(const std::vector<transaction::TransactionId>& transactions,
                                 Instant now) {
  const Context context = next_event(now);
  for (const auto id : transactions) layer_.handle_transport_error(id, context);
}

void SipElement::on(const TimeReached& /*input*/, Instant now) {
  while (const auto due = timers_.pop_due(now)) {
    const Context context = next_event(now);
    const bool is_idle_timer = due->purpose.owner == transaction::kTransportTimer;
    if (is_idle_timer && !has_become_idle(due->purpose.key, context)) continue;
    const std::string_view name = due->purpose.name;
    if (is_listening()) {
      Notice notice;
      const bool is_action = name.substr(0, kActionPrefix.size()) == kActionPrefix;
      notice.kind = is_action ? Notice::Kind::Action : Notice::Kind::TimerFired;
      notice.event = context.cause;
      notice.cause = due->armed_by;
      notice.at = now;
      notice.armed_at = due->armed_at;
      (is_action ? notice.text : notice.subject) =
          is_action ? name.substr(kActionPrefix.size()) : name;
      take(std::move(notice));
    }
    if (is_idle_timer)
      close(due->purpose.key, context);
    else if (due->purpose.owner == transaction::kTransactionTimer)
      layer_.handle_timer(*due, context);
    else
      user_->handle_timer(*due, context);
  }
}

void SipElement::handle_message(std::string_view bytes, const Source& source, Instant now) {
  const Context context = next_event(now);
  if (is_listening()) {
    Notice notice;
    notice.kind = Notice::Kind::MessageReceived;
    notice.event = context.cause;
    notice.at = now;
    notice.connection = source.connection;
    notice.bytes = bytes;
    take(std::move(notice));
  }
  auto message = sip::parse_message(
      bytes, source.connection != 0 ? sip::MessageBounds::Stream : sip::MessageBounds::Datagram);
  if (!message) {
    drop(bytes, to_string(message.error()), context);
    return;
  }
  if (config_.connection_policy == ConnectionPolicy::PerDialog && source.connection != 0)
    note_passing(source.connection,
                 std::visit([](const auto& one) { return exchange_of(one); }, *message), context);
  if (auto* request = std::get_if<sip::Request>(&*message))
    handle_request(std::move(*request), source, context);
  else
    handle_response(std::get<sip::Response>(*message), context);
}

void SipElement::handle_request(sip::Request request, const Source& source,
                                const Context& context) {
  sip::Essentials read;
  const auto defects = sip::validate(request, config_.validation, &read);
  if (read.via) transport::stamp_via(request, *read.via, source);
  if (!defects.empty()) {
    reject(request, defects.front(), source, context);
    return;
  }
  auto key = sip::server_transaction_key(request, *read.via);
  const bool is_ack = request.method_id() == sip::MethodId::Ack;
  if (is_ack && key && rejections_.find(*key) != rejections_.end()) {
    drop(request.original_bytes(), "ACK to a response without a transaction, §8.2.7", context);
    return;
  }
  if (config_.reuse_accepted == ReuseAccepted::Yes &&
      source.connection >= kFirstAcceptedConnection) {
    const TransportAddress peer{
        source.remote.address,
        read.via->sent_by.port.value_or(transport::default_port(source.remote.transport)),
        source.remote.transport};
    if (config_.connection_policy == ConnectionPolicy::PerHop)
      connections_.add_alias(source.connection, peer);
    else
      connections_.add_alias(source.connection, peer, exchange_of(request));
  }
  layer_.handle_request(std::move(request), std::move(key), source, context);
}

// §8.2, §16.3: a broken request is answered without a transaction; an ACK is never answered.
void SipElement::reject(const sip::Request& request, const sip::Defect& defect,
                        const Source& source, const Context& context) {
  if (defect.response == 0 || request.method_id() == sip::MethodId::Ack ||
      !request.headers().first<sip::Via>()) {
    drop(request.original_bytes(), defect.text, context);
    return;
  }
  if (is_listening()) {
    Notice notice;
    notice.kind = Notice::Kind::MessageRejected;
    notice.cause = context.cause;
    notice.at = context.now;
    notice.text = defect.text;
    take(std::move(notice));
  }
  sip::Response response =
      sip::make_response(request, defect.response, rejection_tag(request, context), defect.reason);
  for (const auto& tag : defect.unsupported)
    response.headers().append_text(sip::HeaderId::Unsupported, tag);
  send_response(response, source, {}, context);
}

// A request that comes again gets the same answer, and the ACK to it ends here (§8.2.7).
std::string SipElement::rejection_tag(const sip::Request& request, const Context& context) {
  while (!rejection_dates_.empty() && rejection_dates_.front().first <= context.now) {
    rejections_.erase(rejection_dates_.front().second);
    rejection_dates_.pop_front();
  }
  std::string tag = identifiers_.next_tag();
  auto key = sip::server_transaction_key(request);
  if (!key) return tag;
  const auto [place, is_new] = rejections_.try_emplace(*key, tag);
  if (is_new)
    rejection_dates_.emplace_back(context.now + kMemoryInT1 * config_.timers.t1, std::move(*key));
  return place->second;
}

// §18.1.2: whether the topmost Via is one that this element put there.
bool SipElement::is_own(const sip::Via& via) const {
  if (!own_sent_by_) return true;
  if (!iequals(via.sent_by.host, own_sent_by_->host)) return false;
  const std::uint16_t port =
      transport::default_port(iequals(via.transport, "TLS") ? Transport::Tls : Transport::Tcp);
  return via.sent_by.port.value_or(port) == own_sent_by_->port.value_or(port);
}

void SipElement::handle_response(const sip::Response& response, const Context& context) {
  sip::Essentials read;
  const auto defects = sip::validate(response, config_.validation, &read);
  if (!defects.empty()) {
    drop(response.original_bytes(), defects.front().text, context);
    return;
  }
  if (!is_own(*read.via)) {
    drop(response.original_bytes(), "The topmost Via is another element's, §18.1.2.", context);
    return;
  }
  layer_.handle_response(
      response, sip::client_transaction_key(read.via->branch(), read.cseq->method.name()), context);
}

void SipElement::drop(std::string_view bytes, std::string why, const Context& context) {
  if (!is_listening()) return;
  Notice notice;
  notice.kind = Notice::Kind::MessageRejected;
  notice.cause = context.cause;
  notice.at = context.now;
  notice.text = std::move(why);
  notice.bytes = bytes;
  take(std::move(notice));
}

const TransportAddress* SipElement::find_local(Transport transport) const {
  for (const auto& address : config_.listens)
    if (address.transport == transport) return &address;
  return nullptr;
}

std::string_view SipElement::sent_by(Transport /*transport*/) const {
  return config_.sent_by;
}

// DEVIATION RFC 3261 §18.1.1: no switch to TCP above 1300 bytes; the target says the transport.
void SipElement::send_request(std::string_view bytes, const TransportAddress& to,
                              const transaction::SendInfo& info, const Context& context) {
  if (to.transport == Transport::Udp)
    send_datagram(bytes, to, info, context);
  else
    send_on_stream(bytes, to, info, context);
}

void SipElement::send_on_stream(std::string_view bytes, const TransportAddress& to,
                                const transaction::SendInfo& info, const Context& context) {
  const bool is_per_hop = config_.connection_policy == ConnectionPolicy::PerHop;
  Exchange exchange;
  if (!is_per_hop) exchange = exchange_of(bytes);
  ConnectionId id =
      is_per_hop ? connections_.find_for(to) : connections_.take(to, exchange, info.transaction);
  if (id == 0) {
    const TransportAddress* listening = find_local(to.transport);
    const TransportAddress local{
        (listening != nullptr ? *listening : config_.listens.front()).address, 0, to.transport};
    id = is_per_hop ? connections_.open(local, to) : connections_.open(local, to, exchange);
    outputs_.emplace_back(Open{id, local, to});
  }
  Connection& connection = *connections_.find(id);
  if (!connection.is_established && info.transaction != 0)
    connection.waiting.push_back(info.transaction);
  outputs_.emplace_back(SendBytes{id, std::string(bytes), context.cause, info.is_retransmission});
  if (!is_per_hop) after_sending(id, exchange, info, context);
}

void SipElement::send_datagram(std::string_view bytes, const TransportAddress& to,
                               const transaction::SendInfo& info, const Context& context) {
  const TransportAddress* local = find_local(Transport::Udp);
  if (local == nullptr) local = &config_.listens.front();
  outputs_.emplace_back(
      SendDatagram{*local, to, std::string(bytes), context.cause, info.is_retransmission});
}

// §18.2.2: on the connection of the request while it is open, else where the topmost Via says.
void SipElement::send_response(const sip::Response& response, const Source& to,
                               const transaction::SendInfo& info, const Context& context) {
  std::string bytes = sip::to_bytes(response);
  if (to.connection != 0 && connections_.find(to.connection) != nullptr) {
    if (config_.connection_policy == ConnectionPolicy::PerDialog)
      note_passing(to.connection, exchange_of(response), context);
    outputs_.emplace_back(
        SendBytes{to.connection, std::move(bytes), context.cause, info.is_retransmission});
    return;
  }
  const auto destination = transport::response_destination(response);
  if (!destination) {
    drop(bytes, to_string(destination.error()), context);
    return;
  }
  const auto targets =
      resolver_.resolve_response(destination->host, destination->port, destination->transport);
  if (!targets) {
    drop(bytes, targets.error().text, context);
    return;
  }
  send_request(bytes, targets->front(), info, context);
}

}  // namespace trapezoid::element
