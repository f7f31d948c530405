// The part of an element that closes connections: under `per_dialog` and `per_transaction`.
#include <algorithm>
#include <memory>
#include <utility>

#include "sim/element/sip_element.hpp"
#include "sim/element/watched_user.hpp"

namespace trapezoid::element {
namespace {

// §18: a connection is kept for at least as long as a transaction may take, in T1.
constexpr int kIdleInT1 = 64;

}  // namespace

void SipElement::after_sending(ConnectionId id, const Exchange& exchange,
                               const transaction::SendInfo& info, const Context& context) {
  if (info.transaction != 0) connections_.begin_use(id, info.transaction);
  if (config_.connection_policy == ConnectionPolicy::PerDialog)
    note_passing(id, exchange, context);
  else if (id < kFirstAcceptedConnection && connections_.find(id)->users == 0)
    close(id, context);  // an ACK to a 2xx: nothing follows
}

void SipElement::note_passing(ConnectionId id, const Exchange& exchange, const Context& context) {
  Connection* connection = connections_.find(id);
  if (connection == nullptr) return;
  connection->last_used = context.now;
  set_idle_timer(id, context);
  for (const ConnectionId released : connections_.note(id, exchange))
    set_idle_timer(released, context);
}

std::unique_ptr<transaction::TransactionUser> SipElement::watch(
    std::unique_ptr<transaction::TransactionUser> user) {
  if (config_.connection_policy == ConnectionPolicy::PerHop) return user;
  return std::make_unique<WatchedUser>(
      std::move(user),
      [this](transaction::TransactionId id, const Context& context) { release(id, context); });
}

// The transaction sends nothing any more.
void SipElement::release(transaction::TransactionId transaction, const Context& context) {
  const ConnectionId id = connections_.end_use(transaction);
  if (id == 0 || id >= kFirstAcceptedConnection) return;  // who opened a connection closes it
  if (config_.connection_policy == ConnectionPolicy::PerTransaction)
    close(id, context);
  else
    set_idle_timer(id, context);
}

// What is kept when its timer fires has none until it is released.
void SipElement::set_idle_timer(ConnectionId id, const Context& context) {
  Connection* connection = connections_.find(id);
  if (connection == nullptr || id >= kFirstAcceptedConnection || connection->has_idle_timer) return;
  connection->has_idle_timer = true;
  const Instant date = connection->last_used + kIdleInT1 * config_.timers.t1;
  timers_.set(context, std::max(date - context.now, Duration{}),
              {transaction::kTransportTimer, 0, id, "idle"});
}

bool SipElement::has_become_idle(ConnectionId id, const Context& context) {
  Connection* connection = connections_.find(id);
  if (connection == nullptr) return false;
  connection->has_idle_timer = false;
  if (connections_.is_kept(*connection)) return false;
  if (connection->last_used + kIdleInT1 * config_.timers.t1 <= context.now) return true;
  set_idle_timer(id, context);
  return false;
}

void SipElement::close(ConnectionId id, const Context& context) {
  outputs_.emplace_back(Close{id, context.cause});
  connections_.remove(id);
}

}  // namespace trapezoid::element
