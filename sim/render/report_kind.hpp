#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trapezoid::render {

/// What a text is that was given for a trace or a scenario and is neither, as far as its content
/// tells: "a ladder in JSON", "a capture (pcap)". Nothing: it may be anything.
std::optional<std::string> find_report_kind(std::string_view text);

}  // namespace trapezoid::render
