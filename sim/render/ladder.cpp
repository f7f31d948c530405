#include "sim/render/ladder.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <variant>

#include <fmt/format.h>

namespace trapezoid::render {
namespace {

using trace::MessageEvent;
using trace::TraceId;

/// "INVITE F1", "407 F2": the method or the status code, and the F-number.
std::string label_of(const MessageEvent& message) {
  std::string_view line = trace::start_line(message);
  if (line.substr(0, 8) == "SIP/2.0 ") line.remove_prefix(8);
  return fmt::format("{} F{}", line.substr(0, line.find(' ')), message.f_number);
}

class Layout {
 public:
  explicit Layout(const trace::Trace& trace)
      : trace_(trace), free_from_(std::max<std::size_t>(trace.header.lanes.size(), 1)) {}

  Ladder run() {
    ladder_.title = trace_.header.title;
    ladder_.stopped_ns = trace_.stopped_ns;
    for (const trace::Lane& lane : trace_.header.lanes) ladder_.columns.push_back(lane.label);
    for (const trace::Event& event : trace_.events) {
      if (const auto* message = std::get_if<MessageEvent>(&event)) place_message(*message);
      if (const auto* media = std::get_if<trace::MediaEvent>(&event)) place_media(*media);
    }
    return std::move(ladder_);
  }

 private:
  void place_message(const MessageEvent& message) {
    Rung rung;
    rung.from = message.from;
    rung.to = message.to;
    rung.label = label_of(message);
    rung.fate = message.fate;
    rung.f_number = message.f_number;
    rung.event = message.id;
    rung.at_ns = message.sent_ns;
    rung.received_ns = message.received_ns;
    rung.row = last_label_row_;
    if (const auto cause = rung_of_.find(message.cause); cause != rung_of_.end())
      rung.row = std::max(rung.row, ladder_.rungs[cause->second].row + 1);
    if (starts_something(message)) rung.row = std::max(rung.row, first_row_below_arrivals(message));
    put(std::move(rung));
    last_label_row_ = ladder_.rungs.back().row;
  }

  void place_media(const trace::MediaEvent& media) {
    if (media.what != trace::MediaEvent::What::Start) return;
    Rung rung;
    rung.kind = Rung::Kind::Media;
    rung.from = std::min(media.from, media.to);
    rung.to = std::max(media.from, media.to);
    rung.label = "Both Way RTP Media";
    rung.event = media.id;
    rung.at_ns = media.at_ns;
    rung.row = last_label_row_;
    put(std::move(rung));
    last_label_row_ = ladder_.rungs.back().row;
  }

  /// Whether a message is drawn as a beginning: not one that passes on or answers hop by hop.
  bool starts_something(const MessageEvent& message) const {
    const std::string& role = trace_.header.lanes[message.from].role;
    return !rung_of_.contains(message.cause) || (role != "proxy" && role != "alg");
  }

  /// Looks back only as far as rows can matter.
  std::size_t first_row_below_arrivals(const MessageEvent& message) const {
    std::size_t row = 0;
    for (auto rung = ladder_.rungs.rbegin(); rung != ladder_.rungs.rend(); ++rung) {
      if (rung->row + 2 <= last_label_row_) break;
      const bool has_arrived = rung->received_ns && *rung->received_ns <= message.sent_ns;
      const bool touches = rung->from == message.from || rung->from == message.to ||
                           rung->to == message.from || rung->to == message.to;
      if (has_arrived && touches && rung->event != message.cause)
        row = std::max(row, rung->row + 2);
    }
    return row;
  }

  /// Moves the rung down to where the gaps it crosses are free, and takes them.
  void put(Rung rung) {
    const auto [left, right] = std::minmax(rung.from, rung.to);
    const std::size_t first = std::min(left, free_from_.size() - 1);
    const std::size_t last = std::max(first + 1, right);
    for (std::size_t gap = first; gap < last; ++gap) rung.row = std::max(rung.row, free_from_[gap]);
    for (std::size_t gap = first; gap < last; ++gap) free_from_[gap] = rung.row + 2;
    ladder_.rows = std::max(ladder_.rows, rung.row + 2);
    rung_of_[rung.event] = ladder_.rungs.size();
    ladder_.rungs.push_back(std::move(rung));
  }

  const trace::Trace& trace_;
  Ladder ladder_;
  std::vector<std::size_t> free_from_;  // by gap: the first free row; the last is for self-arrows
  std::map<TraceId, std::size_t> rung_of_;
  std::size_t last_label_row_ = 0;
};

}  // namespace

Ladder make_ladder(const trace::Trace& trace) {
  return Layout(trace).run();
}

}  // namespace trapezoid::render
