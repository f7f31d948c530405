#include "sim/transaction/layer.hpp"

#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "sim/sip/keys.hpp"
#include "sim/sip/serializer.hpp"
#include "sim/transaction/construct.hpp"
#include "sim/transaction/transaction_store.hpp"

namespace trapezoid::transaction {

namespace {

using sip::HeaderId;

// What an event brought with it, for the actions of its arrow.
struct Brought {
  const sip::Response* response = nullptr;
  const sip::Request* ack = nullptr;
  const Source* source = nullptr;
  sip::Response* owned = nullptr;  // the response, when it may be moved from
};

}  // namespace

// While an action calls the user, the user may begin other transactions and step this one, but only
// timers and transport errors end one, and those come from outside: references stay valid.
struct Layer::State {
  TransactionUser& user;
  MessageSender& sender;
  TimerQueue& timers;
  Identifiers& identifiers;
  TimerValues values;
  TransactionStore transactions;
  std::string scratch;                                      // the bytes being sent
  std::array<std::shared_ptr<const Source>, 16> sources{};  // seen lately, by port and connection

  TimerHost host(const Transaction& transaction) { return {timers, values, transaction.id}; }

  // Transactions whose requests came from one place have one copy of it.
  std::shared_ptr<const Source> share(const Source& source) {
    auto& known = sources[(source.connection + source.remote.port) % sources.size()];
    const bool is_known = known && known->connection == source.connection &&
                          known->remote == source.remote && known->local == source.local;
    if (!is_known) known = std::make_shared<const Source>(source);
    return known;
  }

  // Puts this element's Via on top.
  void prepend_via(sip::Request& request, std::string_view branch, Transport transport) {
    scratch.clear();
    append_via(transport, sender.sent_by(transport), branch, scratch);
    request.headers().prepend_text(HeaderId::Via, scratch);
  }

  // Follows the arrow from nowhere.
  void start(Transaction& transaction, const Context& context) {
    std::visit(
        [&](auto& machine) {
          const Step step = machine.start(host(transaction), context);
          note_state(transaction, "", name_of(machine.state()), context);
          perform(transaction, step, {}, context);
        },
        transaction.machine);
  }

  // One event of `machine`, which is that of `transaction`.
  template <class M>
  void handle(Transaction& transaction, M& machine, typename M::Event event, const Brought& brought,
              const Context& context) {
    const auto before = machine.state();
    const Step step = machine.on_event(event, host(transaction), context);
    if (step.is_absorbed())
      note_absorbed(transaction, name_of(event), name_of(before), context);
    else if (machine.state() != before)
      note_state(transaction, name_of(before), name_of(machine.state()), context);
    perform(transaction, step, brought, context);
  }

  void perform(Transaction& transaction, const Step& step, Brought brought,
               const Context& context) {
    if (step.is_absorbed()) return;
    for (const Action action : *step.actions) perform(transaction, action, brought, context);
    if (step.has_ended)
      end(transaction, context);
    else
      forget_idle_request(transaction);
  }

  void perform(Transaction& transaction, Action action, Brought& brought, const Context& context) {
    const TransactionId id = transaction.id;
    switch (action) {
      case Action::SendInvite:
      case Action::SendRequest: send_request(transaction, context); break;
      case Action::SendAck: send_ack(transaction, *brought.response, context); break;
      case Action::SendResponse: send_response(transaction, brought, context); break;
      case Action::Send100: {
        auto trying =
            make_trying(*transaction.request, context.now - transaction.server().received_at);
        Brought made{&trying, nullptr, nullptr, &trying};
        send_response(transaction, made, context);
        break;
      }
      case Action::RequestToTu:
        user.handle_request(id, *transaction.request, *transaction.server().source, context);
        break;
      case Action::AckToTu: user.handle_ack(*brought.ack, *brought.source, context); break;
      case Action::ResponseToTu: user.handle_response(id, *brought.response, context); break;
      case Action::TimeoutToTu: user.handle_timeout(id, context); break;
      case Action::MissingAckToTu: user.handle_missing_ack(id, context); break;
      case Action::TransportErrorToTu: user.handle_transport_error(id, context); break;
      case Action::DoubleA:
      case Action::DoubleE:
      case Action::ResetEToT2:
      case Action::DoubleG:
      case Action::StopTrying100: break;  // the machine has done it
    }
  }

  void send_request(Transaction& transaction, const Context& context) {
    ClientPart& client = transaction.client();
    if (client.bytes) {
      sender.send_request(*client.bytes, client.to, {transaction.id, true}, context);
      return;
    }
    scratch.clear();
    serialize(*transaction.request, scratch);
    if (!is_reliable(client.to.transport)) client.bytes = std::make_unique<std::string>(scratch);
    sender.send_request(scratch, client.to, {transaction.id, false}, context);
  }

  void send_ack(Transaction& transaction, const sip::Response& response, const Context& context) {
    ClientPart& client = transaction.client();
    const bool is_first = !std::exchange(client.has_ack, true);
    if (is_first)
      client.bytes = std::make_unique<std::string>(
          to_bytes(make_ack_for_non_2xx(*transaction.request, response)));
    sender.send_request(*client.bytes, client.to, {transaction.id, !is_first}, context);
  }

  // The response of this event; where there is none, the last one again, if there is one.
  void send_response(Transaction& transaction, Brought& brought, const Context& context) {
    const sip::Response* given = brought.response;
    ServerPart& server = transaction.server();
    SendInfo info{transaction.id, given == nullptr};
    if (given == nullptr) {
      if (server.response) sender.send_response(*server.response, *server.source, info, context);
      return;
    }
    if (sip::is_final(given->status())) server.has_final = true;
    if (transaction.is_invite() && sip::is_success(given->status()))
      info.is_retransmission = note_2xx(transaction, *given);
    if (!is_kept(transaction, *given)) {
      server.response.reset();
    } else if (brought.owned == nullptr) {
      server.response = std::make_unique<sip::Response>(*given);
    } else {
      server.response = std::make_unique<sip::Response>(std::move(*brought.owned));
      brought.owned = nullptr;
      given = brought.response = server.response.get();
    }
    sender.send_response(*given, *server.source, info, context);
  }

  // A response from the user.
  void respond(TransactionId id, const Brought& brought, const Context& context) {
    const sip::StatusCode status = brought.response->status();
    Transaction* known = transactions.find(id);
    if (known == nullptr)
      return note_stray(status, "from TU for a transaction that is over", context);
    if (auto* invite = std::get_if<InviteServer>(&known->machine))
      handle(*known, *invite, InviteServer::event_of(status), brought, context);
    else if (auto* other = std::get_if<NonInviteServer>(&known->machine))
      handle(*known, *other, NonInviteServer::event_of(status), brought, context);
  }

  void end(Transaction& transaction, const Context& context) {
    const TransactionId id = transaction.id;
    transactions.erase(id);
    user.handle_terminated(id, context);
  }
};

Layer::Layer(TransactionUser& user, MessageSender& sender, TimerQueue& timers,
             Identifiers& identifiers, const TimerValues& timer_values)
    : state_(new State{user, sender, timers, identifiers, timer_values, {}, {}, {}}) {}

Layer::~Layer() = default;

void Layer::handle_request(sip::Request request, const Source& source, const Context& context) {
  auto key = sip::server_transaction_key(request);
  handle_request(std::move(request), std::move(key), source, context);
}

void Layer::handle_request(sip::Request request, std::optional<sip::TransactionKey> key,
                           const Source& source, const Context& context) {
  const bool is_ack = request.method_id() == sip::MethodId::Ack;
  if (Transaction* known = state_->transactions.find_server(key)) {
    if (auto* invite = std::get_if<InviteServer>(&known->machine)) {
      if (!is_ack)
        return state_->handle(*known, *invite, InviteServer::Event::GotInvite, {}, context);
      if (is_ack_for(*known, request))
        return state_->handle(*known, *invite, InviteServer::Event::GotAck,
                              {nullptr, &request, &source, nullptr}, context);
    } else if (auto* other = std::get_if<NonInviteServer>(&known->machine)) {
      return state_->handle(*known, *other, NonInviteServer::Event::GotRequest, {}, context);
    }
  }
  if (is_ack) return state_->user.handle_ack(request, source, context);
  if (!key) return note_stray(0, "request without a transaction key, §17.2.3", context);

  const Reliability reliability = reliability_of(source.remote.transport);
  const bool is_invite = request.method_id() == sip::MethodId::Invite;
  Transaction& transaction = state_->transactions.add(
      is_invite ? AnyMachine(InviteServer(reliability)) : AnyMachine(NonInviteServer(reliability)),
      std::move(request), std::move(*key));
  transaction.server().source = state_->share(source);
  transaction.server().received_at = context.now;
  state_->start(transaction, context);
}

void Layer::handle_response(const sip::Response& response, const Source& /*source*/,
                            const Context& context) {
  handle_response(response, sip::client_transaction_key(response).value_or(""), context);
}

void Layer::handle_response(const sip::Response& response, const sip::TransactionKey& key,
                            const Context& context) {
  Transaction* known = state_->transactions.find_client(key);
  if (known == nullptr)
    return note_stray(response.status(), "matches no client transaction, RFC 6026 §8.9", context);
  const Brought brought{&response};
  if (auto* invite = std::get_if<InviteClient>(&known->machine))
    state_->handle(*known, *invite, InviteClient::event_of(response.status()), brought, context);
  else if (auto* other = std::get_if<NonInviteClient>(&known->machine))
    state_->handle(*known, *other, NonInviteClient::event_of(response.status()), brought, context);
}

void Layer::handle_transport_error(TransactionId id, const Context& context) {
  Transaction* known = state_->transactions.find(id);
  if (known == nullptr) return;
  std::visit(
      [&](auto& machine) {
        using Event = typename std::decay_t<decltype(machine)>::Event;
        state_->handle(*known, machine, Event::TransportError, {}, context);
      },
      known->machine);
}

void Layer::handle_timer(const DueTimer& timer, const Context& context) {
  Transaction* known = state_->transactions.find(timer.purpose.key);
  if (known == nullptr) return;
  std::visit(
      [&](auto& machine) {
        const auto event = machine.fire(static_cast<Timer>(timer.purpose.kind));
        state_->handle(*known, machine, event, {}, context);
      },
      known->machine);
}

TransactionId Layer::send_request(sip::Request request, const TransportAddress& to,
                                  const Context& context) {
  const std::string branch = state_->identifiers.next_branch();
  state_->prepend_via(request, branch, to.transport);
  const Reliability reliability = reliability_of(to.transport);
  const bool is_invite = request.method_id() == sip::MethodId::Invite;
  auto key = sip::client_transaction_key(branch, request.method_text());
  Transaction& transaction = state_->transactions.add(
      is_invite ? AnyMachine(InviteClient(reliability)) : AnyMachine(NonInviteClient(reliability)),
      std::move(request), std::move(key));
  transaction.client().to = to;
  state_->start(transaction, context);
  return transaction.id;
}

std::string Layer::send_ack(sip::Request ack, const TransportAddress& to, const Context& context) {
  state_->prepend_via(ack, state_->identifiers.next_branch(), to.transport);
  std::string bytes = to_bytes(ack);
  state_->sender.send_request(bytes, to, {0, false}, context);
  return bytes;
}

void Layer::resend_ack(std::string_view bytes, const TransportAddress& to, const Context& context) {
  state_->sender.send_request(bytes, to, {0, true}, context);
}

TransactionId Layer::send_cancel(TransactionId invite, const Context& context) {
  Transaction* pending = state_->transactions.find(invite);
  if (pending == nullptr) return 0;
  const auto* machine = std::get_if<InviteClient>(&pending->machine);
  if (machine == nullptr || machine->state() != InviteClient::State::Proceeding) return 0;
  if (pending->client().cancel != 0) return pending->client().cancel;

  sip::Request cancel = make_cancel(*pending->request);
  auto key = sip::client_transaction_key(cancel);
  if (!key) return 0;
  Transaction& transaction = state_->transactions.add(NonInviteClient(machine->reliability()),
                                                      std::move(cancel), std::move(*key));
  transaction.client().to = pending->client().to;
  pending->client().cancel = transaction.id;
  state_->start(transaction, context);
  return transaction.id;
}

void Layer::send_response(TransactionId id, const sip::Response& response, const Context& context) {
  state_->respond(id, {&response, nullptr, nullptr, nullptr}, context);
}

void Layer::send_response(TransactionId id, sip::Response&& response, const Context& context) {
  state_->respond(id, {&response, nullptr, nullptr, &response}, context);
}

const sip::Request* Layer::find_request(TransactionId id) const {
  const Transaction* known = state_->transactions.find(id);
  return known == nullptr ? nullptr : known->request.get();
}

void Layer::forget_request(TransactionId id) {
  Transaction* known = state_->transactions.find(id);
  if (known == nullptr || !known->has_final_response()) return;
  known->request.reset();
  if (known->is_client() && !known->client().has_ack) known->client().bytes.reset();
}

bool Layer::has_final_response(TransactionId id) const {
  const Transaction* known = state_->transactions.find(id);
  return known == nullptr || (!known->is_client() && known->server().has_final);
}

TransactionId Layer::find_cancelled(const sip::Request& cancel) const {
  const Transaction* known =
      state_->transactions.find_server(sip::cancelled_transaction_key(cancel));
  return known == nullptr ? 0 : known->id;
}

std::size_t Layer::size() const {
  return state_->transactions.size();
}

}  // namespace trapezoid::transaction
