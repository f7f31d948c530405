#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/trace/trace.hpp"

namespace trapezoid::render {

/// One arrow or bar of a ladder. Its label stands in `row`, the arrow or bar in `row + 1`.
struct Rung {
  enum class Kind : std::uint8_t { Message, Media };

  Kind kind = Kind::Message;
  std::size_t from = 0;  ///< Column.
  std::size_t to = 0;    ///< Column; may lie several columns away, or be `from` itself.
  std::size_t row = 0;
  std::string label;  ///< "INVITE F1", "Both Way RTP Media".
  trace::Fate fate = trace::Fate::Delivered;
  std::uint32_t f_number = 0;  ///< 0: no message.
  trace::TraceId event = 0;
  std::int64_t at_ns = 0;                   ///< When it was sent, or media started.
  std::optional<std::int64_t> received_ns;  ///< Absent when it never arrived, and for media.
};

/// A flow as the figures of RFC 3665 draw it, before any spelling: columns for elements, rungs for
/// messages. Decided once, for all renderers.
struct Ladder {
  std::string title;
  std::vector<std::string> columns;
  std::vector<Rung> rungs;                 ///< In the order of F-numbers; media where it started.
  std::size_t rows = 0;                    ///< One above the last row of a rung.
  std::optional<std::int64_t> stopped_ns;  ///< As in the trace.
};

/// Lays out a trace. Rungs of different gaps share rows as RFC 3665's figures do:
///
///  - a message keeps two rows in every gap that it crosses to itself;
///  - its label stands no higher than the arrow that caused it, nor than the label before it;
///  - what a user agent sends, or what no message caused, stands below every arrow that had already
///    arrived at one of its two ends;
///  - media stands below everything that had been sent between its ends.
Ladder make_ladder(const trace::Trace& trace);

}  // namespace trapezoid::render
