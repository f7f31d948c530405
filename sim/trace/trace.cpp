#include "sim/trace/trace.hpp"

#include <algorithm>
#include <type_traits>

namespace trapezoid::trace {

TraceId id_of(const Event& event) {
  return std::visit([](const auto& e) { return e.id; }, event);
}

TraceId cause_of(const Event& event) {
  return std::visit([](const auto& e) { return e.cause; }, event);
}

std::int64_t time_of(const Event& event) {
  return std::visit(
      [](const auto& e) {
        if constexpr (std::is_same_v<std::decay_t<decltype(e)>, MessageEvent>)
          return e.sent_ns;
        else
          return e.at_ns;
      },
      event);
}

const Event* find_event(const Trace& trace, TraceId id) {
  const auto found =
      std::lower_bound(trace.events.begin(), trace.events.end(), id,
                       [](const Event& e, TraceId wanted) { return id_of(e) < wanted; });
  return found != trace.events.end() && id_of(*found) == id ? &*found : nullptr;
}

const MessageEvent* find_message(const Trace& trace, TraceId id) {
  return std::get_if<MessageEvent>(find_event(trace, id));
}

std::vector<const MessageEvent*> messages(const Trace& trace) {
  std::vector<const MessageEvent*> found;
  for (const Event& event : trace.events)
    if (const auto* message = std::get_if<MessageEvent>(&event)) found.push_back(message);
  return found;
}

std::string_view start_line(const MessageEvent& message) {
  const std::string_view bytes = message.bytes;
  return bytes.substr(0, std::min(bytes.find('\r'), bytes.find('\n')));
}

}  // namespace trapezoid::trace
