#include "sim/element/sip_element.hpp"

#include <cassert>
#include <utility>

#include "sim/sip/headers/via.hpp"
#include "sim/sip/make_response.hpp"
#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"
#include "sim/transport/via_stamp.hpp"

namespace trapezoid::element {
namespace {

// Timers whose name begins so are the scenario's doing, not the protocol's.
constexpr std::string_view kActionPrefix = "action:";

}  // namespace

SipElement::SipElement(SipElementConfig config, const resolve::Zone& zone,
                       const MakeUser& make_user)
    : config_(std::move(config)),
      resolver_(zone, config_.seed, config_.name),
      identifiers_(config_.pinned, config_.seed, config_.name),
      connections_(config_.reuse_accepted),
      user_(make_user(resolver_, identifiers_)),
      layer_(*user_, *this, timers_, identifiers_, config_.timers) {
  assert(!config_.listens.empty());
}

SipElement::~SipElement() = default;

void SipElement::handle(Input input, Instant now) {
  std::visit([&](const auto& one) { on(one, now); }, input);
}

std::optional<Output> SipElement::poll() {
  if (outputs_.empty()) return std::nullopt;
  std::optional<Output> output(std::move(outputs_.front()));
  outputs_.pop_front();
  return output;
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

void SipElement::on(const Started&, Instant now) {
  user_->start(layer_, timers_, Context{now, 0, this});
}

void SipElement::on(const Connected& input, Instant now) {
  Connection* connection = connections_.find(input.connection);
  if (connection == nullptr) {
    connections_.accept(input.connection, input.local, input.remote);
    return;
  }
  connection->local = input.local;
  connection->is_established = true;
  connection->waiting.clear();
  (void)now;
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

void SipElement::on(const TimeReached&, Instant now) {
  while (const auto due = timers_.pop_due(now)) {
    const Context context = next_event(now);
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
    if (due->purpose.owner == transaction::kTransactionTimer)
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
  if (auto* request = std::get_if<sip::Request>(&*message))
    handle_request(std::move(*request), source, context);
  else
    handle_response(std::move(std::get<sip::Response>(*message)), source, context);
}

void SipElement::handle_request(sip::Request request, const Source& source,
                                const Context& context) {
  const auto defects = sip::validate(request, config_.validation);
  const auto stamped = transport::stamp_via(request, source);
  if (!defects.empty()) {
    reject(request, defects.front(), source, context);
    return;
  }
  if (stamped && source.connection >= kFirstAcceptedConnection) {
    if (const auto via = request.headers().first<sip::Via>())
      connections_.add_alias(
          source.connection,
          {source.remote.address,
           via->sent_by.port.value_or(transport::default_port(source.remote.transport)),
           source.remote.transport});
  }
  layer_.handle_request(std::move(request), source, context);
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
      sip::make_response(request, defect.response, identifiers_.next_tag(), defect.reason);
  for (const auto& tag : defect.unsupported)
    response.headers().append_text(sip::HeaderId::Unsupported, tag);
  send_response(response, source, {}, context);
}

void SipElement::handle_response(sip::Response response, const Source& source,
                                 const Context& context) {
  const auto defects = sip::validate(response, config_.validation);
  if (!defects.empty()) {
    drop(response.original_bytes(), defects.front().text, context);
    return;
  }
  layer_.handle_response(std::move(response), source, context);
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

std::string_view SipElement::sent_by(Transport) const {
  return config_.sent_by;
}

void SipElement::send_request(std::string_view bytes, const TransportAddress& to,
                              const transaction::SendInfo& info, const Context& context) {
  if (to.transport == Transport::Udp)
    send_datagram(bytes, to, info, context);
  else
    send_on_stream(bytes, to, info, context);
}

void SipElement::send_on_stream(std::string_view bytes, const TransportAddress& to,
                                const transaction::SendInfo& info, const Context& context) {
  ConnectionId id = connections_.find_for(to);
  if (id == 0) {
    const TransportAddress* listening = find_local(to.transport);
    const TransportAddress local{
        (listening != nullptr ? *listening : config_.listens.front()).address, 0, to.transport};
    id = connections_.open(local, to);
    outputs_.emplace_back(Open{id, local, to});
  }
  Connection& connection = *connections_.find(id);
  if (!connection.is_established && info.transaction != 0)
    connection.waiting.push_back(info.transaction);
  outputs_.emplace_back(SendBytes{id, std::string(bytes), context.cause, info.is_retransmission});
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
  const std::string bytes = sip::to_bytes(response);
  if (to.connection != 0 && connections_.find(to.connection) != nullptr) {
    outputs_.emplace_back(SendBytes{to.connection, bytes, context.cause, info.is_retransmission});
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
