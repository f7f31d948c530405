#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/render/ladder.hpp"
#include "sim/trace/trace.hpp"

namespace trapezoid::render {

/// How wide a text ladder is.
struct TextOptions {
  std::size_t width = 0;  ///< Characters a line; 0: 17 a gap, as in RFC 3665. Labels may widen it.
};

/// The ladder in the layout of RFC 3665: a label above its arrow, "|<====>|" for media. A message
/// that never arrived ends in an "X" on its way, one that was refused at its start, one still on
/// its way when the trace ends in "...".
std::string render_text(const Ladder& ladder, const TextOptions& options = {});

/// One line a message: F-number, sent and received in ms, from and to, size, start line.
std::string render_text_times(const trace::Trace& trace);

/// What is modelled and what is not, under a heading; empty when the trace does not say.
std::string render_model_box(const trace::Header& header);

/// How a trace ends that was stopped before it was over: the date, the reason if there is one, and
/// what was going on, "stopped at 30 s, with 1 call not hung up". Else empty.
std::string describe_stop(const trace::Trace& trace, std::string_view reason = {});
/// The same under a heading; empty when the trace was over by itself.
std::string render_end(const trace::Trace& trace);

/// The ladder for other programs: one JSON object, its keys in a fixed order.
std::string render_json(const Ladder& ladder);

}  // namespace trapezoid::render
