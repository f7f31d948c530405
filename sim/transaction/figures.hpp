#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace trapezoid::transaction {

/// One arrow of a figure, in words.
struct FigureArrow {
  std::string_view label;  ///< "5.4", "6026.1".
  int rfc = 3261;          ///< The RFC that governs the arrow: 3261, or the one that amended it.
  std::string_view from;
  std::string_view event;                 ///< Over the bar.
  std::vector<std::string_view> actions;  ///< Under the bar, in the figure's order.
  std::string_view to;
};

/// One timer of a figure, in words.
struct FigureTimer {
  std::string name;  ///< "A"; "100" for the 200 ms one of §17.2.1.
  std::vector<std::string_view> runs_in;
  std::string unreliable;  ///< "64*T1", "0 s", "never".
  std::string reliable;
  std::string_view purpose;
};

/// What a figure is called.
struct FigureHeading {
  std::string_view name;         ///< The class: "InviteClient".
  std::string_view title;        ///< "INVITE client transaction".
  int number = 0;                ///< Of the figure in RFC 3261.
  std::string_view section;      ///< "§17.1.1.2".
  std::string_view start_event;  ///< Over the bar of the arrow from nowhere.
};

/// A machine as data: what tests walk and `trapezoid machines` prints.
struct Figure {
  FigureHeading heading;
  std::vector<std::string_view> start_actions;
  std::string_view initial;
  std::vector<std::string_view> states;  ///< Terminated is the last.
  std::vector<std::string_view> events;
  std::vector<FigureArrow> arrows;
  std::vector<FigureTimer> timers;
};

/// The four machines of §17: Figures 5 to 8, in this order.
std::vector<Figure> figures();

/// The figure as a table of arrows and one of timers: fixed-width text, lines end in "\n".
std::string to_text(const Figure& figure);

/// The figure as a Mermaid `stateDiagram-v2`.
std::string to_mermaid(const Figure& figure);

}  // namespace trapezoid::transaction
