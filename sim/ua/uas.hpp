#pragma once

#include <string>
#include <string_view>

#include "sim/ua/core.hpp"

namespace trapezoid::ua {

/// The user agent server, RFC 3261 §8.2, §11, §12.2.2, §13.3, §14.2 and §15.1.2: answers requests,
/// and plays the person who is called.
class Uas {
 public:
  explicit Uas(Core& core) : core_(core) {}

  /// A valid request that began a server transaction.
  void handle_request(transaction::TransactionId id, const sip::Request& request,
                      const Context& context);
  /// The ACK to a 2xx.
  void handle_ack(const sip::Request& ack, const Context& context);

  /// 180, and again every minute (§13.3.1.1).
  void ring(Call& call, const Context& context);
  /// The final response that the user has decided on (§13.3.1.3, §13.3.1.4).
  void answer(Call& call, const Context& context);
  /// The Expires of the INVITE is over: 487 (§13.3.1 step 1).
  void expire(Call& call, const Context& context);
  /// The 2xx again, or a BYE when no ACK came for 64*T1 (§13.3.1.4).
  void repeat_success(Call& call, const Context& context);

 private:
  /// One request being answered.
  struct Served {
    transaction::TransactionId id = 0;
    const sip::Request& request;
    const Context& context;
  };

  bool inspect_method(const Served& served);
  bool inspect_headers(const Served& served);
  bool inspect_content(const Served& served);
  bool is_for_us(const sip::Request& request) const;
  void handle_within_dialog(const Served& served);
  void handle_cancel(const Served& served);
  void handle_options(const Served& served);
  void handle_invite(const Served& served);
  void schedule_answer(Call& call, const Served& served);
  void handle_reinvite(Call& call, Leg& leg, const Served& served);
  void handle_bye(Call& call, Leg& leg, const Served& served);
  void accept(Call& call, const Served& served);
  void terminate_invite(Call& call, const Outcome& outcome, dialog::DialogEvent event,
                        const Context& context);

  /// A response by §8.2.6, without Content-Length: `finish` adds that, and the body.
  sip::Response begin(const sip::Request& request, sip::StatusCode status,
                      std::string_view to_tag) const;
  void finish(transaction::TransactionId id, sip::Response& response, std::string_view description,
              const Context& context);
  void respond(const Served& served, sip::StatusCode status);
  void refuse_session(const Served& served, const std::string& to_tag, std::string_view why);
  /// A new tag, if the To of the request has none yet.
  std::string fresh_tag(const sip::Request& request);

  Core& core_;
};

/// From tag, Call-ID and CSeq: what a request that came by two ways has in common (§8.2.2.2).
std::string merge_key_of(const sip::Request& request);

}  // namespace trapezoid::ua
