#include "sim/transaction/transaction.hpp"

#include <cstddef>

#include "sim/sip/headers/to.hpp"
#include "sim/sip/headers/via.hpp"

namespace trapezoid::transaction {
namespace {

std::string_view to_tag_of(const sip::Headers& headers) {
  const auto to = headers.first<sip::To>();
  return to ? to->tag() : std::string_view{};
}

// "INVITE client 3".
std::string subject_of(const Transaction& transaction) {
  std::string subject(transaction.method());
  subject += transaction.is_client() ? " client " : " server ";
  subject += std::to_string(transaction.id);
  return subject;
}

void take(Notice::Kind kind, std::string subject, std::string_view from, std::string text,
          const Context& context) {
  Notice notice;
  notice.kind = kind;
  notice.cause = context.cause;
  notice.at = context.now;
  notice.subject = std::move(subject);
  notice.from = from;
  notice.text = std::move(text);
  context.notices->take(std::move(notice));
}

}  // namespace

bool Transaction::has_final_response() const {
  if (const auto* invite = std::get_if<InviteClient>(&machine))
    return invite->state() >= InviteClient::State::Completed;
  if (const auto* other = std::get_if<NonInviteClient>(&machine))
    return other->state() >= NonInviteClient::State::Completed;
  return server().has_final;
}

// A key by RFC 2543 begins with the method, any other ends with it (sip/keys.hpp).
std::string_view Transaction::method() const {
  const std::string_view name = key;
  const std::size_t space = name.find(' ');
  return space == std::string_view::npos ? name.substr(name.rfind(';') + 1) : name.substr(0, space);
}

void forget_idle_request(Transaction& transaction) {
  if (auto* invite = std::get_if<InviteClient>(&transaction.machine)) {
    if (invite->state() != InviteClient::State::Completed) return;
  } else if (auto* other = std::get_if<NonInviteClient>(&transaction.machine)) {
    if (other->state() != NonInviteClient::State::Completed) return;
    transaction.client().bytes.reset();
  } else if (auto* server = std::get_if<InviteServer>(&transaction.machine)) {
    if (server->state() != InviteServer::State::Confirmed) return;
  } else {
    return;
  }
  transaction.request.reset();
}

bool is_ack_for(const Transaction& transaction, const sip::Request& ack) {
  const auto via = ack.headers().first<sip::Via>();
  const auto& response = transaction.server().response;
  if ((via && sip::has_magic_cookie(via->branch())) || !response) return true;
  return to_tag_of(ack.headers()) == to_tag_of(response->headers());
}

bool is_kept(const Transaction& transaction, const sip::Response& response) {
  if (sip::is_provisional(response.status())) return true;
  if (transaction.is_invite()) return !sip::is_success(response.status());
  return !is_reliable(transaction.server().source->remote.transport);
}

bool note_2xx(Transaction& transaction, const sip::Response& response) {
  constexpr std::string_view kTag = ";tag=";
  const std::string_view to = response.headers().first_text(sip::HeaderId::To).value_or("");
  std::string_view tag = to.substr(to.rfind('>') + 1);  // and whatever stands with it
  if (tag.starts_with(kTag)) tag.remove_prefix(kTag.size());
  std::string& sent = transaction.server().tags_of_2xx;
  for (std::size_t begin = 0; begin < sent.size();) {
    const std::size_t end = sent.find('\n', begin);
    if (std::string_view(sent).substr(begin, end - begin) == tag) return true;
    begin = end + 1;
  }
  sent.append(tag).append("\n");
  return false;
}

void note_state(const Transaction& transaction, std::string_view from, std::string_view to,
                const Context& context) {
  if (!context.is_recorded()) return;
  take(Notice::Kind::State, subject_of(transaction), from, std::string(to), context);
}

void note_absorbed(const Transaction& transaction, std::string_view event, std::string_view state,
                   const Context& context) {
  if (!context.is_recorded()) return;
  take(Notice::Kind::Absorbed, subject_of(transaction), state, std::string(event), context);
}

void note_stray(sip::StatusCode status, std::string_view text, const Context& context) {
  if (!context.is_recorded()) return;
  std::string line = status == 0 ? "" : std::to_string(status) + " ";
  line += text;
  take(Notice::Kind::Absorbed, "", "", std::move(line), context);
}

}  // namespace trapezoid::transaction
