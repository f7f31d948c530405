#include "sim/sip/headers/event.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

Parsed<Event> Event::parse(std::string_view value) {
  Cursor in(value, "Event");
  const std::string_view token = in.take_while(kToken);
  if (token.empty()) return in.fail("event-type");
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  return Event{token, *parameters};
}
void Event::write(std::string& out) const {
  out += package;
  out += parameters.text();
}

Parsed<SubscriptionState> SubscriptionState::parse(std::string_view value) {
  Cursor in(value, "Subscription-State");
  const std::string_view token = in.take_while(kToken);
  if (token.empty()) return in.fail("substate-value");
  const auto parameters = take_last_parameters(in);
  if (!parameters) return parameters.error();
  return SubscriptionState{token, *parameters};
}
void SubscriptionState::write(std::string& out) const {
  out += state;
  out += parameters.text();
}

}  // namespace trapezoid::sip
