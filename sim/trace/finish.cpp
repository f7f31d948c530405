// Recorder::finish: from events in the order in which they happened to the order of a trace.

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <queue>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "sim/sip/keys.hpp"
#include "sim/sip/parser.hpp"
#include "sim/trace/recorder.hpp"

namespace trapezoid::trace {
namespace {

/// Puts events in time order. Those of one date: what is no message as soon as its cause stands
/// before it; then messages by the F-number of the nearest message among their causes, then in the
/// order of sending.
class Ordering {
 public:
  /// `events` are numbered by their place, from 1 up, every cause before its effects.
  explicit Ordering(const std::vector<Event>& events)
      : events_(events), nearest_f_(events.size()), effects_(events.size()) {}

  /// The places of the events in their final order.
  std::vector<std::size_t> run() {
    std::vector<std::size_t> by_time(events_.size());
    std::iota(by_time.begin(), by_time.end(), std::size_t{0});
    std::stable_sort(by_time.begin(), by_time.end(), [this](std::size_t a, std::size_t b) {
      return time_of(events_[a]) < time_of(events_[b]);
    });
    for (auto first = by_time.begin(); first != by_time.end();) {
      const std::int64_t date = time_of(events_[*first]);
      auto last = first;
      while (last != by_time.end() && time_of(events_[*last]) == date) ++last;
      order_date({&*first, static_cast<std::size_t>(last - first)}, date);
      first = last;
    }
    return std::move(ordered_);
  }

 private:
  using Rank = std::tuple<bool, std::uint32_t, std::size_t>;  // message?, F-number, place

  void order_date(std::span<const std::size_t> places, std::int64_t date) {
    std::priority_queue<Rank, std::vector<Rank>, std::greater<>> ready;
    for (const std::size_t place : places) {
      const TraceId cause = trace::cause_of(events_[place]);
      if (cause != 0 && cause - 1 < place && time_of(events_[cause - 1]) == date)
        effects_[cause - 1].push_back(place);
      else
        ready.push(rank(place));
    }
    while (!ready.empty()) {
      const std::size_t place = std::get<2>(ready.top());
      ready.pop();
      put(place);
      for (const std::size_t effect : effects_[place]) ready.push(rank(effect));
    }
  }

  Rank rank(std::size_t place) const {
    const TraceId cause = trace::cause_of(events_[place]);
    return {std::holds_alternative<MessageEvent>(events_[place]),
            cause == 0 ? 0 : nearest_f_[cause - 1], place};
  }

  void put(std::size_t place) {
    const TraceId cause = trace::cause_of(events_[place]);
    if (std::holds_alternative<MessageEvent>(events_[place]))
      nearest_f_[place] = ++last_f_;
    else if (cause != 0)
      nearest_f_[place] = nearest_f_[cause - 1];
    ordered_.push_back(place);
  }

  const std::vector<Event>& events_;
  std::vector<std::uint32_t> nearest_f_;           // by place
  std::vector<std::vector<std::size_t>> effects_;  // by place: those of the same date
  std::vector<std::size_t> ordered_;
  std::uint32_t last_f_ = 0;
};

/// "call-id;tag;tag", the tags in alphabetical order, so that both ends and both directions agree.
std::string dialog_text(sip::DialogKey key) {
  if (key.local_tag.empty() || key.remote_tag.empty()) return {};
  if (key.remote_tag < key.local_tag) std::swap(key.local_tag, key.remote_tag);
  return sip::to_string(key);
}

}  // namespace

void Recorder::mark_refused() {
  for (const Sent& sent : sent_)
    if (sent.connection != 0 && connections_[sent.connection - 1].is_refused)
      std::get<MessageEvent>(events_[sent.id - 1]).fate = Fate::Refused;
}

void Recorder::mark_retransmissions() {
  const auto repeats = [](const Sent& sent) { return sent.is_retransmission; };
  if (std::none_of(sent_.begin(), sent_.end(), repeats)) return;
  std::map<std::pair<LaneIndex, std::string_view>, TraceId> first;
  for (const Sent& sent : sent_) {
    auto& event = std::get<MessageEvent>(events_[sent.id - 1]);
    const auto [found, is_new] = first.try_emplace({event.from, event.bytes}, sent.id);
    if (sent.is_retransmission && !is_new) event.retransmission_of = found->second;
  }
}

void Recorder::name_transactions_and_dialogs() {
  for (const Sent& sent : sent_) {
    auto& event = std::get<MessageEvent>(events_[sent.id - 1]);
    const auto parsed = sip::parse_message(event.bytes);
    if (!parsed) continue;
    std::visit(
        [&event](const auto& message) {
          event.transaction = sip::client_transaction_key(message).value_or("");
          if (auto dialog = sip::uac_dialog_key(message))
            event.dialog = dialog_text(std::move(*dialog));
        },
        *parsed);
  }
}

Trace Recorder::finish() {
  mark_refused();
  mark_retransmissions();
  name_transactions_and_dialogs();
  const std::vector<std::size_t> order = Ordering(events_).run();
  std::vector<TraceId> renumbered(events_.size() + 1);
  Trace trace{std::move(header_), {}};
  trace.events.reserve(order.size());
  std::uint32_t f_number = 0;
  for (const std::size_t place : order) {
    Event event = std::move(events_[place]);
    const TraceId id = trace.events.size() + 1;
    renumbered[place + 1] = id;
    std::visit([&](auto& e) { e.id = id, e.cause = renumbered[e.cause]; }, event);
    if (auto* message = std::get_if<MessageEvent>(&event)) {
      message->f_number = ++f_number;
      message->retransmission_of = renumbered[message->retransmission_of];
    }
    trace.events.push_back(std::move(event));
  }
  *this = Recorder(Header{});
  return trace;
}

}  // namespace trapezoid::trace
