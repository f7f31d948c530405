#pragma once

// Private to the four machines: their tables in words.

#include <string_view>
#include <utility>
#include <vector>

#include "sim/transaction/figures.hpp"
#include "sim/transaction/machine.hpp"

namespace trapezoid::transaction {

/// The RFC of an arrow: `amended_by`, else the label's own number when it is no figure's.
constexpr int rfc_of(std::string_view label, int amended_by) {
  if (amended_by != 0) return amended_by;
  int number = 0;
  for (const char c : label.substr(0, label.find('.'))) number = 10 * number + (c - '0');
  return number < 1000 ? 3261 : number;
}

/// The words of a list of actions.
inline std::vector<std::string_view> texts_of(const ActionList& actions) {
  std::vector<std::string_view> texts;
  for (const Action action : actions) texts.push_back(text_of(action));
  return texts;
}

/// The table of `F` in words. `last_event` is the last enumerator of its events; Terminated is that
/// of its states.
template <class F>
Figure describe(const FigureHeading& heading, typename F::Event last_event) {
  using State = typename F::State;
  using Event = typename F::Event;
  const auto& table = F::table();
  Figure figure;
  figure.heading = heading;
  figure.start_actions = texts_of(table.start);
  figure.initial = name_of(table.initial);
  for (unsigned i = 0; i <= static_cast<unsigned>(State::Terminated); ++i)
    figure.states.push_back(name_of(static_cast<State>(i)));
  for (unsigned i = 0; i <= static_cast<unsigned>(last_event); ++i)
    figure.events.push_back(name_of(static_cast<Event>(i)));
  for (const auto& arrow : table.arrows)
    figure.arrows.push_back({arrow.label, rfc_of(arrow.label, arrow.amended_by),
                             name_of(arrow.from), name_of(arrow.event), texts_of(arrow.actions),
                             name_of(arrow.to)});
  for (const auto& row : table.timers) {
    FigureTimer timer{
        name_of(row.timer), {}, row.unreliable.text(), row.reliable.text(), row.purpose};
    for (unsigned i = 0; i <= static_cast<unsigned>(State::Terminated); ++i)
      if (row.runs_in.contains(static_cast<State>(i)))
        timer.runs_in.push_back(name_of(static_cast<State>(i)));
    figure.timers.push_back(std::move(timer));
  }
  return figure;
}

}  // namespace trapezoid::transaction
