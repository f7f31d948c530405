#pragma once

// Private to the layer: what it keeps of one transaction, and its notices.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "sim/base/connection.hpp"
#include "sim/base/notice.hpp"
#include "sim/base/time.hpp"
#include "sim/sip/keys.hpp"
#include "sim/sip/message.hpp"
#include "sim/transaction/invite_client.hpp"
#include "sim/transaction/invite_server.hpp"
#include "sim/transaction/non_invite_client.hpp"
#include "sim/transaction/non_invite_server.hpp"
#include "sim/transaction/transaction_id.hpp"

namespace trapezoid::transaction {

/// Any of the four machines. Clients come first.
using AnyMachine = std::variant<InviteClient, NonInviteClient, InviteServer, NonInviteServer>;

/// What only a client transaction has.
struct ClientPart {
  TransportAddress to;
  /// To send again: those of the request on an unreliable transport, those of the ACK.
  std::unique_ptr<std::string> bytes;
  bool has_ack = false;      ///< `bytes` are those of the ACK to a non-2xx.
  TransactionId cancel = 0;  ///< The transaction that CANCELs this one.
};

/// What only a server transaction has.
struct ServerPart {
  std::shared_ptr<const Source> source;  ///< One for all requests from there.
  Instant received_at{};
  std::unique_ptr<sip::Response> response;  ///< The last one, while it may have to be sent again.
  std::string tags_of_2xx;  ///< The To tag of each 2xx to an INVITE so far, a line each.
  bool has_final = false;
};

/// One transaction: its machine, and the messages that the machine's actions need. There are many
/// at the same time, most of them waiting for the end of a timer: what can be freed before is
/// behind a pointer.
struct Transaction {
  Transaction(TransactionId number, const AnyMachine& figure, sip::Request first,
              sip::TransactionKey name)
      : id(number),
        machine(figure),
        request(std::make_unique<sip::Request>(std::move(first))),
        key(std::move(name)) {
    if (!is_client()) part.emplace<ServerPart>();
  }

  bool is_client() const { return machine.index() < 2; }
  bool is_invite() const {
    return std::holds_alternative<InviteClient>(machine) ||
           std::holds_alternative<InviteServer>(machine);
  }
  /// Whether a final response was received, or sent.
  bool has_final_response() const;
  /// The method of the request, which may be forgotten; ended by the key.
  std::string_view method() const;

  ClientPart& client() { return *std::get_if<ClientPart>(&part); }
  const ClientPart& client() const { return *std::get_if<ClientPart>(&part); }
  ServerPart& server() { return *std::get_if<ServerPart>(&part); }
  const ServerPart& server() const { return *std::get_if<ServerPart>(&part); }

  TransactionId id;
  AnyMachine machine;
  std::uint32_t place = 0;  ///< In the layer's store.
  std::uint32_t key_hash = 0;
  std::unique_ptr<sip::Request> request;  ///< As sent or received, until it is forgotten.
  sip::TransactionKey key;
  std::variant<ClientPart, ServerPart> part;
};

/// Forgets the request when neither the layer nor its user can need it any more: where on a
/// reliable transport the transaction would be over by now.
void forget_idle_request(Transaction& transaction);

/// Whether an ACK with the key of an INVITE server transaction is for its response: without the
/// magic cookie it must have the response's To tag too (§17.2.3).
bool is_ack_for(const Transaction& transaction, const sip::Request& ack);

/// Whether a response may have to leave again without the user giving it again: not a 2xx to an
/// INVITE (RFC 6026: its user repeats it), nor the final answer to a request that cannot come
/// twice.
bool is_kept(const Transaction& transaction, const sip::Response& response);

/// Notes a 2xx to an INVITE. Whether one with its To tag was sent before: forks have their own
/// tags, and a 2xx that is given again has its To as it was.
bool note_2xx(Transaction& transaction, const sip::Response& response);

/// Tells the recorder, if there is one, that a transaction changed its state.
void note_state(const Transaction& transaction, std::string_view from, std::string_view to,
                const Context& context);
/// Tells the recorder, if there is one, of an event without an arrow.
void note_absorbed(const Transaction& transaction, std::string_view event, std::string_view state,
                   const Context& context);
/// Tells the recorder, if there is one, of a message that belongs to no transaction: the status of
/// a response, or 0, and what became of it.
void note_stray(sip::StatusCode status, std::string_view text, const Context& context);

}  // namespace trapezoid::transaction
