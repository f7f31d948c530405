#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/identifiers.hpp"
#include "sim/base/timer_queue.hpp"
#include "sim/element/connection_table.hpp"
#include "sim/element/element.hpp"
#include "sim/resolve/resolver.hpp"
#include "sim/sip/validate.hpp"
#include "sim/transaction/layer.hpp"
#include "sim/transaction/transaction_user.hpp"

namespace trapezoid::element {

/// Whether an element describes what it does in notices. Without them it is faster.
enum class Recording : std::uint8_t { Off, On };

/// What makes an element of a transaction user: its place in the network and its settings.
struct SipElementConfig {
  std::string name;  ///< Seeds the element's identifiers.
  std::uint64_t seed = 0;
  std::vector<TransportAddress>
      listens;          ///< At least one; responses and requests leave from these.
  std::string sent_by;  ///< For the Via: "client.atlanta.example.com:5060".
  ConnectionPolicy connection_policy = ConnectionPolicy::PerHop;
  ReuseAccepted reuse_accepted = ReuseAccepted::Yes;
  transaction::TimerValues timers;
  sip::ValidationOptions validation;
  PinnedIdentifiers pinned;
  Recording recording = Recording::On;
};

/// A SIP element: transport (§18), transaction layer (§17) and one transaction user. See `Element`
/// for the contract.
class SipElement final : public Element, private transaction::MessageSender, private NoticeSink {
 public:
  /// Makes the transaction user; both arguments belong to the element and outlive the user.
  using MakeUser = std::function<std::unique_ptr<transaction::TransactionUser>(resolve::Resolver&,
                                                                               Identifiers&)>;

  /// `zone` is where names are looked up (RFC 3263); it is not owned and outlives the element.
  SipElement(SipElementConfig config, const resolve::Zone& zone, const MakeUser& make_user);
  ~SipElement() override;

  void handle(Input input, Instant now) override;
  std::optional<Output> poll() override;
  std::optional<Instant> next_deadline() const override;

  const transaction::Layer& transactions() const { return layer_; }

 private:
  void on(const Started& input, Instant now);
  void on(const Connected& input, Instant now);
  void on(const Arrived& input, Instant now);
  void on(const Closed& input, Instant now);
  void on(const Refused& input, Instant now);
  void on(const Datagram& input, Instant now);
  void on(const TimeReached& input, Instant now);

  void handle_message(std::string_view bytes, const Source& source, Instant now);
  void handle_request(sip::Request request, const Source& source, const Context& context);
  void handle_response(const sip::Response& response, const Context& context);
  void reject(const sip::Request& request, const sip::Defect& defect, const Source& source,
              const Context& context);
  void drop(std::string_view bytes, std::string why, const Context& context);
  std::string rejection_tag(const sip::Request& request, const Context& context);
  bool is_own(const sip::Via& via) const;
  void report_failures(const std::vector<transaction::TransactionId>& transactions, Instant now);
  Context next_event(Instant now);

  void send_request(std::string_view bytes, const TransportAddress& to,
                    const transaction::SendInfo& info, const Context& context) override;
  void send_response(const sip::Response& response, const Source& to,
                     const transaction::SendInfo& info, const Context& context) override;
  std::string_view sent_by(Transport transport) const override;
  void send_on_stream(std::string_view bytes, const TransportAddress& to,
                      const transaction::SendInfo& info, const Context& context);
  void send_datagram(std::string_view bytes, const TransportAddress& to,
                     const transaction::SendInfo& info, const Context& context);
  const TransportAddress* find_local(Transport transport) const;

  std::unique_ptr<transaction::TransactionUser> watch(
      std::unique_ptr<transaction::TransactionUser> user);
  void release(transaction::TransactionId transaction, const Context& context);
  void after_sending(ConnectionId id, const Exchange& exchange, const transaction::SendInfo& info,
                     const Context& context);
  void note_passing(ConnectionId id, const Exchange& exchange, const Context& context);
  void set_idle_timer(ConnectionId id, const Context& context);
  bool has_become_idle(ConnectionId id, const Context& context);
  void close(ConnectionId id, const Context& context);

  bool is_listening() const override { return config_.recording == Recording::On; }
  void take(Notice notice) override;

  SipElementConfig config_;
  resolve::Resolver resolver_;
  Identifiers identifiers_;
  TimerQueue timers_;
  std::string own_via_;
  std::optional<sip::HostPort> own_sent_by_;       // of own_via_
  std::map<std::string, std::string> rejections_;  // the tags of answers without a transaction
  std::deque<std::pair<Instant, std::string>> rejection_dates_;  // when they are forgotten
  ConnectionTable connections_;
  std::unique_ptr<transaction::TransactionUser> user_;
  transaction::Layer layer_;
  std::vector<Output> outputs_;  // of the last input
  std::size_t next_output_ = 0;  // the first that was not polled
  EventId last_event_ = 0;
};

}  // namespace trapezoid::element
