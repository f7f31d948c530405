#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Event = event-type *( SEMI event-param )                                         RFC 3265 §7.2.1
/// Which event package, with templates: "presence.winfo".
struct Event {
  static constexpr HeaderId kId = HeaderId::Event;

  std::string_view package;
  Parameters parameters;

  /// Tells subscriptions of one dialog apart; empty when there is none.
  std::string_view id() const { return parameters.value_of("id"); }

  static Parsed<Event> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Subscription-State = substate-value *( SEMI subexp-params )                      RFC 3265 §7.2.3
/// The state of the subscription that a NOTIFY belongs to.
struct SubscriptionState {
  static constexpr HeaderId kId = HeaderId::SubscriptionState;

  std::string_view state;  ///< "active", "pending", "terminated".
  Parameters parameters;

  static Parsed<SubscriptionState> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
