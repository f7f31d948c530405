#include <string>
#include <string_view>

#include <fmt/format.h>

#include "sim/render/table.hpp"
#include "sim/render/text.hpp"
#include "sim/trace/printable.hpp"

namespace trapezoid::render {
namespace {

std::string_view fate_text(trace::Fate fate) {
  switch (fate) {
    case trace::Fate::Delivered: return "delivered";
    case trace::Fate::Lost: return "lost";
    case trace::Fate::Refused: return "refused";
    case trace::Fate::InFlight: return "in flight";
  }
  return "";
}

}  // namespace

std::string render_text_times(const trace::Trace& trace) {
  constexpr auto kLeft = Table::Align::Left;
  constexpr auto kRight = Table::Align::Right;
  Table table({kLeft, kRight, kRight, kLeft, kLeft, kLeft, kRight, kLeft});
  table.add({"", "sent ms", "received ms", "from", "", "to", "bytes", "start line"});
  for (const trace::MessageEvent* message : trace::messages(trace)) {
    std::string line(trace::start_line(*message));
    if (const auto* first = trace::find_message(trace, message->retransmission_of))
      line += fmt::format("  (F{} again)", first->f_number);
    table.add({fmt::format("F{}", message->f_number), milliseconds(message->sent_ns),
               message->received_ns ? milliseconds(*message->received_ns)
                                    : std::string(fate_text(message->fate)),
               trace.header.lanes[message->from].label, "->", trace.header.lanes[message->to].label,
               fmt::format("{}", message->bytes.size()), line});
  }
  return table.text();
}

std::string render_model_box(const trace::Header& header) {
  if (header.model_box.empty()) return {};
  std::string out = "Model\n";
  for (const std::string& line : header.model_box)
    out += fmt::format("  {}\n", trace::printable(line));
  return out;
}

}  // namespace trapezoid::render
