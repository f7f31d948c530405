#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/identifiers.hpp"
#include "sim/base/notice.hpp"
#include "sim/base/place_index.hpp"
#include "sim/base/timer_queue.hpp"
#include "sim/resolve/resolver.hpp"
#include "sim/sip/keys.hpp"
#include "sim/transaction/layer.hpp"
#include "sim/ua/call.hpp"
#include "sim/ua/config.hpp"
#include "sim/ua/open_transactions.hpp"

namespace trapezoid::ua {

/// How a call ends.
struct Outcome {
  enum class Kind : std::uint8_t { Ended, Failed, TimedOut, Abandoned };
  Kind kind = Kind::Ended;
  sip::StatusCode status = 0;  ///< Of `Failed`.
};

/// What the two halves of a user agent share: its calls and their look-up, its timers, and how a
/// request finds its way. Calls are found by number, transaction or dialog; nothing here iterates
/// over them.
class Core {
 public:
  Core(UserAgentConfig configuration, resolve::Resolver& resolver, Identifiers& identifier_source,
       const transaction::TimerValues& values);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  /// Keeps calls alive while a handler runs: they are erased when the outermost one ends.
  class Visit {
   public:
    explicit Visit(Core& core) : core_(core) { ++core_.depth_; }
    ~Visit() {
      if (--core_.depth_ == 0) core_.erase_ended();
    }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

   private:
    Core& core_;
  };

  const UserAgentConfig config;
  Identifiers& identifiers;
  const transaction::TimerValues timer_values;
  auth::CredentialCache credentials;    ///< Gathered by Call-ID (§22.3).
  transaction::Layer* layer = nullptr;  ///< Set by `UserAgent::start`, as are the timers.
  TimerQueue* timers = nullptr;

  // Calls.

  Call& begin_call(Call::Role role, std::string_view call_id, std::string_view local_tag);
  Call* find_call(CallNumber number);
  /// The call of the dialog that a request is within (§12.2.2), unless the dialog has ended.
  Call* find_call_of(const sip::Request& request);
  std::size_t call_count() const { return call_count_; }
  /// Ends a call: timers stop, media stops, dialogs terminate by `event`; it is told how.
  void end(Call& call, const Outcome& outcome, dialog::DialogEvent event, const Context& context);

  // Dialogs.

  static Leg& add_leg(Call& call, dialog::Dialog dialog);
  static Leg* find_leg(Call& call, std::string_view remote_tag);
  static void change_dialog(Leg& leg, dialog::DialogEvent event, const Context& context);
  /// Tells the state of a dialog that has just come into being.
  static void report_dialog(const Leg& leg, std::string_view from, const Context& context);

  // Transactions.

  /// `merge_key` is empty when the request cannot come by another way.
  void open(transaction::TransactionId id, Call* call, Purpose purpose, std::string merge_key = {});
  const OpenTransaction* find_transaction(transaction::TransactionId id) const {
    return open_.find(id);
  }
  void close(transaction::TransactionId id);
  /// Whether another transaction is serving a request with that merge key (§8.2.2.2).
  bool is_served(std::string_view merge_key) const { return open_.is_served(merge_key); }

  // Sending.

  /// Where the server of a URI is, §8.1.2 and RFC 3263; nothing, with a notice, when no record
  /// says.
  std::optional<TransportAddress> locate(std::string_view uri, const Context& context);
  /// Sends a request of a call through a new client transaction; 0 when its server is not found.
  transaction::TransactionId send(Call& call, sip::Request request, std::string_view next_hop,
                                  Purpose purpose, const Context& context);
  /// Sets the last fields of a request: credentials gathered for its Call-ID, and its body, a
  /// session description or empty.
  void complete(sip::Request& request, std::string_view description);
  /// BYE within a dialog, §15.1.1, without ending the call.
  void send_bye(Call& call, Leg& leg, const Context& context);
  /// BYE, and the call is over.
  void hang_up(Call& call, const Outcome& outcome, const Context& context);
  /// The reason phrase that the configuration has for a status; empty for the RFC's.
  std::string_view reason_of(sip::StatusCode status) const;
  /// Allow, Supported, Accept, where the configuration wants them.
  void add_features(sip::Headers& headers) const;
  /// User-Agent, where the configuration wants it.
  void add_product(sip::Headers& headers, sip::HeaderId id) const;
  std::string_view contact_value() const { return contact_value_; }
  /// The From of this user's own requests, without a tag.
  std::string_view own_address() const { return own_address_; }
  /// The host of our contact.
  std::string_view host() const { return host_; }
  /// The pre-loaded route set of requests outside a dialog.
  const std::vector<std::string>& routes() const { return routes_; }
  std::string_view supported() const { return supported_; }

  // Timers.

  void set_timer(Call& call, UserTimer timer, Duration after, const char* name,
                 const Context& context) const;
  void cancel_timer(Call& call, UserTimer timer) const;
  /// The shorter of the user's `hang_up_after` and `max_talk`, if there is one.
  void set_hang_up_timer(Call& call, const Context& context);

  // Notices.

  static void report(Notice::Kind kind, std::string subject, std::string text,
                     const Context& context, std::string from = {});
  static void report_call(const Call& call, std::string text, const Context& context);
  static void decide(std::string_view text, const Context& context);
  static void set_media(Call& call, bool is_on, const Context& context);

 private:
  static std::uint32_t hash_of(std::string_view call_id, std::string_view local_tag);
  static PlaceIndex::Place place_of(CallNumber number) {
    return static_cast<PlaceIndex::Place>(number);
  }
  Call* call_at(PlaceIndex::Place place) {
    return calls_[static_cast<PlaceIndex::Place>(place - place_of(first_number_))].get();
  }
  void erase(CallNumber number);
  void erase_ended();

  resolve::Resolver& resolver_;
  std::string contact_value_;
  std::string own_address_;
  std::string host_;
  std::string supported_;
  std::vector<std::string> routes_;
  std::deque<std::unique_ptr<Call>> calls_;  // by number, from first_number_ on; null: erased
  CallNumber first_number_ = 1;
  std::size_t call_count_ = 0;
  PlaceIndex by_tag_;  // the place is a call's number, of which 32 bits are enough
  OpenTransactions open_;
  std::vector<CallNumber> ended_;
  int depth_ = 0;
};

/// `Bob <sip:bob@example.com>`, the display name quoted where it is more than tokens (§25.1).
std::string written_address(std::string_view display_name, std::string_view uri);

/// A URI as From and To may hold it: without port, headers, and the parameters that only say how to
/// get there (§19.1.1, Table 1).
std::string identity_form(std::string_view text);

/// The methods that a user agent serves, as an Allow value (§20.5).
constexpr std::string_view kAllow = "INVITE, ACK, CANCEL, OPTIONS, BYE";
constexpr std::string_view kSdp = "application/sdp";

}  // namespace trapezoid::ua
