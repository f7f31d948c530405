#include "sim/transaction/figures.hpp"

#include <algorithm>
#include <cstddef>

#include "sim/transaction/invite_client.hpp"
#include "sim/transaction/invite_server.hpp"
#include "sim/transaction/non_invite_client.hpp"
#include "sim/transaction/non_invite_server.hpp"

namespace trapezoid::transaction {
namespace {

std::string joined(const std::vector<std::string_view>& words, std::string_view separator) {
  if (words.empty()) return "-";
  std::string out;
  for (const auto& word : words) {
    if (!out.empty()) out += separator;
    out += word;
  }
  return out;
}

using Row = std::vector<std::string>;

// Columns as wide as their widest cell, two spaces between them, none at the end of a line.
void write_table(const std::vector<Row>& rows, std::string& out) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  for (const Row& row : rows) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += ' ';
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - row[i].size() + 1, ' ');
    }
    out += line;
    out += '\n';
  }
}

std::string rfc_text(int rfc) {
  std::string out = "RFC ";
  out += std::to_string(rfc);
  return out;
}

// Event over action, as the figures write it.
std::string mermaid_label(const FigureArrow& arrow) {
  std::string out(arrow.label);
  out += ' ';
  out += arrow.event;
  out += " / ";
  out += joined(arrow.actions, ", ");
  return out;
}

}  // namespace

std::string_view text_of(Action action) {
  switch (action) {
    case Action::SendInvite: return "send INVITE";
    case Action::SendRequest: return "send request";
    case Action::SendAck: return "send ACK";
    case Action::SendResponse: return "send response";
    case Action::Send100: return "send 100";
    case Action::RequestToTu: return "request to TU";
    case Action::AckToTu: return "ACK to TU";
    case Action::ResponseToTu: return "response to TU";
    case Action::TimeoutToTu: return "timeout to TU";
    case Action::MissingAckToTu: return "missing ACK to TU";
    case Action::TransportErrorToTu: return "transport error to TU";
    case Action::DoubleA: return "double timer A";
    case Action::DoubleE: return "double timer E up to T2";
    case Action::ResetEToT2: return "reset timer E to T2";
    case Action::DoubleG: return "double timer G up to T2";
    case Action::StopTrying100: return "stop timer 100";
  }
  return {};
}

std::vector<Figure> figures() {
  return {InviteClient::figure(), NonInviteClient::figure(), InviteServer::figure(),
          NonInviteServer::figure()};
}

std::string to_text(const Figure& figure) {
  const FigureHeading& heading = figure.heading;
  std::string out = "Figure " + std::to_string(heading.number);
  out += ": ";
  out += heading.title;
  out += " (RFC 3261 ";
  out += heading.section;
  out += ")\n\n";

  std::vector<Row> rows{{"arrow", "from", "event", "actions", "to", "governed by"}};
  rows.push_back({"start", "", std::string(heading.start_event), joined(figure.start_actions, ", "),
                  std::string(figure.initial), rfc_text(3261)});
  for (const FigureArrow& arrow : figure.arrows)
    rows.push_back({std::string(arrow.label), std::string(arrow.from), std::string(arrow.event),
                    joined(arrow.actions, ", "), std::string(arrow.to), rfc_text(arrow.rfc)});
  write_table(rows, out);

  out += '\n';
  rows = {{"timer", "runs in", "unreliable", "reliable", "purpose"}};
  for (const FigureTimer& timer : figure.timers)
    rows.push_back({timer.name, joined(timer.runs_in, ", "), timer.unreliable, timer.reliable,
                    std::string(timer.purpose)});
  write_table(rows, out);
  return out;
}

std::string to_mermaid(const Figure& figure) {
  const FigureHeading& heading = figure.heading;
  std::string out = "stateDiagram-v2\n";
  out += "  %% RFC 3261 Figure " + std::to_string(heading.number);
  out += ", ";
  out += heading.title;
  out += "\n  [*] --> ";
  out += figure.initial;
  out += ": ";
  out += heading.start_event;
  out += " / ";
  out += joined(figure.start_actions, ", ");
  out += '\n';
  for (const FigureArrow& arrow : figure.arrows) {
    out += "  ";
    out += arrow.from;
    out += " --> ";
    out += arrow.to;
    out += ": ";
    out += mermaid_label(arrow);
    out += '\n';
  }
  out += "  ";
  out += figure.states.back();
  out += " --> [*]\n";
  return out;
}

}  // namespace trapezoid::transaction
