#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/auth/authenticator.hpp"
#include "sim/base/identifiers.hpp"
#include "sim/location/location_service.hpp"
#include "sim/proxy/context_store.hpp"
#include "sim/proxy/response_context.hpp"
#include "sim/resolve/resolver.hpp"
#include "sim/transaction/layer.hpp"
#include "sim/transaction/transaction_user.hpp"

namespace trapezoid::proxy {

/// Whether the proxy stays on the path of the dialogs it helps to set up, §16.6 step 4.
enum class RecordRoute : std::uint8_t { No, Yes };

/// When a proxy answers an INVITE with 100 (Trying): it may as soon as it knows that it will take
/// longer than 200 ms (§17.2.1), and a proxy always knows.
enum class Trying : std::uint8_t { AfterForward, BeforeForward, Never };

/// Which requests are challenged with 407 (§22.3), and with whose users.
struct Challenges {
  std::vector<std::string> methods;       ///< Empty: every method but ACK and CANCEL.
  std::vector<std::string> from_domains;  ///< Hosts of From URIs; empty: all.
  auth::Authenticator authenticator;
};

/// Requests for `domain` go to `next_hop` (a URI with `lr`), a local policy of §16.6 step 6.
struct StaticRoute {
  std::string domain;
  std::string next_hop;
};

struct ProxyConfig {
  std::string uri;  ///< How this proxy names itself in routes: "sip:ss1.atlanta.example.com;lr".
  std::vector<std::string> domains;   ///< That it is responsible for, §16.5.
  std::vector<Transport> transports;  ///< In its order of preference.
  RecordRoute record_route = RecordRoute::Yes;
  Trying trying = Trying::AfterForward;
  std::optional<Challenges> challenges;
  location::LocationService location;
  std::vector<StaticRoute> routes;
  std::map<sip::StatusCode, std::string> reason_phrases;  ///< Instead of the usual ones.
  Duration timer_c = std::chrono::seconds(181);           ///< Above 3 minutes, §16.6 step 11.
  /// How long a cancelled branch may take to end before it counts as ended: 64*T1, §9.1.
  Duration cancel_patience = std::chrono::seconds(32);
};

/// A stateful proxy after RFC 3261 §16, in the order of its numbered steps.
class Proxy final : public transaction::TransactionUser {
 public:
  /// `resolver` and `identifiers` are not owned and outlive the proxy.
  Proxy(ProxyConfig config, resolve::Resolver& resolver, Identifiers& identifiers);
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  void start(transaction::Layer& layer, TimerQueue& timers, const Context& context) override;
  void handle_request(transaction::TransactionId id, const sip::Request& request,
                      const Source& source, const Context& context) override;
  void handle_ack(const sip::Request& ack, const Source& source, const Context& context) override;
  void handle_response(transaction::TransactionId id, const sip::Response& response,
                       const Context& context) override;
  void handle_timeout(transaction::TransactionId id, const Context& context) override;
  void handle_transport_error(transaction::TransactionId id, const Context& context) override;
  void handle_missing_ack(transaction::TransactionId id, const Context& context) override;
  void handle_terminated(transaction::TransactionId id, const Context& context) override;
  void handle_timer(const DueTimer& timer, const Context& context) override;

  /// Response contexts that exist now.
  std::size_t size() const { return contexts_.size(); }

 private:
  struct Place {
    ResponseContext* response_context = nullptr;
    Branch* branch = nullptr;
  };
  // A request on its way through the proxy.
  struct Copy {
    sip::Request request;
    sip::Parsed<sip::Uri> uri;  // its Request-URI, in the end the next hop: views into `request`
  };

  // §16.3 to §16.5
  bool is_authorized(transaction::TransactionId id, const sip::Request& request,
                     const Context& context);
  bool must_challenge(const sip::Request& request) const;
  Copy preprocess_route(sip::Request request, const Source& source) const;
  bool strip_own_maddr(sip::Request& request, const sip::Uri& uri, const Source& source) const;
  bool is_own_route(const sip::Request& request) const;
  bool is_own_uri(const sip::Uri& uri) const;
  bool is_at_own_address(const sip::Uri& uri) const;
  bool is_responsible_for(const sip::Uri& uri) const;
  bool has_own_target(const sip::Uri& uri) const;
  void handle_cancel(transaction::TransactionId id, const sip::Request& cancel,
                     const Context& context);

  // §16.6
  static Copy aim(sip::Request request, std::string_view target);
  void complete(Copy& copy) const;
  void add_record_route(Copy& copy, const std::optional<sip::Uri>& route) const;
  void postprocess_route(Copy& copy, std::optional<sip::Uri> route) const;
  resolve::Targets resolve_next_hop(const Copy& copy);
  /// Tells whoever records that nothing is sent, and why.
  static void note_no_target(const resolve::ResolveError& error, const Context& context);
  void forward_next_group(ResponseContext& response_context, const Context& context);
  void forward(ResponseContext& response_context, Copy copy, const Context& context);
  void send_branch(ResponseContext& response_context, Branch& branch, sip::Request request,
                   const TransportAddress& to, const Context& context);
  bool try_next_address(ResponseContext& response_context, Branch& branch, const Context& context);
  void send_trying(ResponseContext& response_context, const Context& context);

  // §16.7 to §16.10
  Place find_branch(transaction::TransactionId client) const;
  void forward_success(ResponseContext& response_context, const sip::Response& copy,
                       const Context& context);
  void accept_final(ResponseContext& response_context, Branch& branch, sip::Response response,
                    const Context& context);
  void fail_branch(ResponseContext& response_context, Branch& branch, sip::StatusCode status,
                   const Context& context);
  void forget_requests(ResponseContext& response_context);
  void finish_if_done(ResponseContext& response_context, const Context& context);
  void cancel_pending(ResponseContext& response_context, const Context& context);
  void cancel_branch(Branch& branch, const Context& context);
  void restart_timer(Branch& branch, Duration span, const char* name, const Context& context);

  sip::Response answer(const sip::Request& request, sip::StatusCode status) const;
  sip::Response answer(const ResponseContext& response_context, sip::StatusCode status) const;
  void respond(transaction::TransactionId id, const sip::Request& request, sip::StatusCode status,
               const Context& context);

  ProxyConfig config_;
  std::optional<sip::Uri> own_uri_;  // of config_.uri
  std::string own_route_;            // the same in angle brackets
  resolve::Resolver* resolver_;
  Identifiers* identifiers_;
  transaction::Layer* layer_ = nullptr;
  TimerQueue* timers_ = nullptr;
  ContextStore contexts_;
};

}  // namespace trapezoid::proxy
