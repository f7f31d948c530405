#include "tools/trapezoid/troubles.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "sim/render/table.hpp"

namespace trapezoid::command {

namespace {

constexpr std::size_t kMostShown = 20;

/// How a decision begins that found no address to send to.
constexpr std::string_view kNowhere[] = {"RFC 3263", "§8.1.2: the next hop"};

/// Timers whose firing means that somebody waited in vain.
constexpr std::pair<std::string_view, std::string_view> kTimeouts[] = {
    {"B", "no response to the INVITE (§17.1.1.2)"},
    {"C", "no final response to the INVITE that was forwarded (§16.6)"},
    {"F", "no final response (§17.1.2.2)"},
    {"H", "no ACK (§17.2.1)"}};

/// Says of an event what is wrong about it, or nothing.
class Trouble {
 public:
  explicit Trouble(const trace::Trace& trace) : trace_(trace) {}

  std::optional<std::string> operator()(const trace::NoteEvent& note) {
    lane = note.lane;
    if (note.what == trace::NoteEvent::What::Rejected)
      return "a message was rejected: " + note.text;
    if (note.what != trace::NoteEvent::What::Decision) return std::nullopt;
    for (const std::string_view start : kNowhere)
      if (note.text.substr(0, start.size()) == start) return "nowhere to send to: " + note.text;
    return std::nullopt;
  }

  std::optional<std::string> operator()(const trace::ConnectionEvent& connection) {
    lane = connection.from;
    if (connection.what != trace::ConnectionEvent::What::Refused) return std::nullopt;
    return fmt::format("connection to {} refused: nobody listens at {} for {}",
                       label(connection.to), connection.to_address,
                       via_token(connection.transport));
  }

  std::optional<std::string> operator()(const trace::MessageEvent& message) {
    lane = message.from;
    if (message.fate == trace::Fate::Lost)
      return fmt::format("F{} to {} was lost", message.f_number, label(message.to));
    if (message.fate == trace::Fate::InFlight)
      return fmt::format("F{} to {} was still on its way at the end", message.f_number,
                         label(message.to));
    return std::nullopt;
  }

  std::optional<std::string> operator()(const trace::TimerEvent& timer) {
    lane = timer.lane;
    for (const auto& [name, meaning] : kTimeouts)
      if (timer.name == name) return fmt::format("timer {} ran out: {}", name, meaning);
    return std::nullopt;
  }

  template <class Other>
  std::optional<std::string> operator()(const Other& /*other*/) {
    return std::nullopt;
  }

  std::string label(trace::LaneIndex index) const {
    return index < trace_.header.lanes.size() ? trace_.header.lanes[index].label : "?";
  }

  trace::LaneIndex lane = 0;  ///< Whom the event that was seen last happened to.

 private:
  const trace::Trace& trace_;
};

}  // namespace

std::string render_troubles(const trace::Trace& trace) {
  using Align = render::Table::Align;
  render::Table table({Align::Right, Align::Left, Align::Left});
  std::size_t count = 0;
  Trouble trouble(trace);
  bool has_messages = false;
  for (const trace::Event& event : trace.events) {
    has_messages = has_messages || std::holds_alternative<trace::MessageEvent>(event);
    auto text = std::visit(trouble, event);
    if (!text || ++count > kMostShown) continue;
    table.add({render::milliseconds(trace::time_of(event)), trouble.label(trouble.lane),
               std::move(*text)});
  }
  if (count == 0 && has_messages) return "";
  std::string said = "What went wrong (ms)\n" + table.text(2);
  if (count > kMostShown) said += fmt::format("  and {} more\n", count - kMostShown);
  if (!has_messages) said += "  No message was sent.\n";
  return said;
}

}  // namespace trapezoid::command
