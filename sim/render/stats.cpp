#include "sim/render/stats.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "sim/render/table.hpp"

namespace trapezoid::render {
namespace {

constexpr auto kLeft = Table::Align::Left;
constexpr auto kRight = Table::Align::Right;

/// "66.67 %", rounded half up; "-" when it is undefined.
std::string percent(const stats::Ratio& ratio) {
  if (ratio.of == 0) return "-";
  const std::uint64_t hundredths = (ratio.count * 20000 + ratio.of) / (2 * ratio.of);
  return fmt::format("{}.{:02} %", hundredths / 100, hundredths % 100);
}

std::string outcome(const stats::Call& call) {
  switch (call.outcome) {
    case stats::Outcome::Answered: return fmt::format("{} answered", call.status);
    case stats::Outcome::Redirected: return fmt::format("{} redirected", call.status);
    case stats::Outcome::Failed: return fmt::format("{} failed", call.status);
    case stats::Outcome::Unanswered: return "no answer";
  }
  return "";
}

/// A delay and the messages between which it was measured.
std::string span(const std::optional<std::int64_t>& ns, std::uint32_t from, std::uint32_t to) {
  return ns ? fmt::format("{}  F{}-F{}", milliseconds(*ns), from, to) : "-";
}

/// Delays of the end of a session, marked when that end failed.
std::string at_end(const std::optional<std::int64_t>& ns, const stats::Call& call) {
  return milliseconds(ns) + (ns && call.hung_up && !call.is_completed ? " failed" : "");
}

std::string more(std::size_t count, std::size_t shown) {
  return count > shown ? fmt::format("  ... and {} more\n", count - shown) : "";
}

std::string calls_section(const stats::Metrics& metrics, const trace::Header& header,
                          std::size_t max_rows) {
  Table table({kRight, kLeft, kLeft, kLeft, kRight, kRight, kRight, kRight, kRight});
  table.add({"", "from", "to", "outcome", "SRD, first INVITE", "SRD, accepted INVITE", "SDD",
             "SDT at caller", "SDT at callee"});
  const std::size_t shown = std::min(metrics.calls.size(), max_rows);
  for (std::size_t i = 0; i < shown; ++i) {
    const stats::Call& call = metrics.calls[i];
    table.add({fmt::format("{}", i + 1), header.lanes[call.caller].label,
               call.callee ? header.lanes[*call.callee].label : "-", outcome(call),
               span(call.request_delay_from_first_ns, call.first_invite, call.status_indication),
               span(call.request_delay_from_last_ns, call.last_invite, call.status_indication),
               at_end(call.disconnect_delay_ns, call), at_end(call.duration_at_caller_ns, call),
               at_end(call.duration_at_callee_ns, call)});
  }
  return fmt::format("Calls (RFC 6076, ms)\n{}{}", table.text(2),
                     more(metrics.calls.size(), shown));
}

std::string run_section(const stats::Metrics& metrics) {
  Table table({kLeft, kRight, kRight, kLeft});
  const auto add = [&table](std::string_view name, const stats::Ratio& ratio,
                            std::string_view meaning) {
    table.add({std::string(name), percent(ratio), fmt::format("{} of {}", ratio.count, ratio.of),
               std::string(meaning)});
  };
  add("SER", metrics.establishment, "session establishment ratio");
  add("SEER", metrics.effectiveness, "session establishment effectiveness ratio");
  add("ISA", metrics.ineffective, "ineffective session attempts");
  add("SCR", metrics.completion, "session completion ratio");
  return fmt::format("Run (RFC 6076)\n{}", table.text(2));
}

std::string hops_section(const stats::Metrics& metrics, const trace::Header& header,
                         std::size_t max_rows) {
  Table table({kLeft, kLeft, kLeft, kLeft, kRight, kRight, kRight});
  table.add({"", "from", "", "to", "worked on", "waited", "travelled"});
  const std::size_t shown = std::min(metrics.hops.size(), max_rows);
  for (std::size_t i = 0; i < shown; ++i) {
    const stats::Hop& hop = metrics.hops[i];
    table.add({fmt::format("F{}", hop.f_number), header.lanes[hop.from].label, "->",
               header.lanes[hop.to].label, milliseconds(hop.worked_ns), milliseconds(hop.waited_ns),
               milliseconds(hop.travelled_ns)});
  }
  return fmt::format("Hops (ms)\n{}{}", table.text(2), more(metrics.hops.size(), shown));
}

}  // namespace

std::string render_stats(const stats::Metrics& metrics, const trace::Header& header,
                         const StatsOptions& options) {
  std::string out = calls_section(metrics, header, options.max_rows);
  out += '\n';
  out += run_section(metrics);
  out += '\n';
  out += hops_section(metrics, header, options.max_rows);
  return out;
}

}  // namespace trapezoid::render
