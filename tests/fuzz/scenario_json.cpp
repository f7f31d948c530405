// scenario_json: any bytes are a scenario or have at least one problem, each inside the text and in
// one line that a terminal can take; so with an override out of the same bytes.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sim/scenario/load.hpp"

namespace trapezoid::scenario {
namespace {

void require(bool condition, const char* what) {
  if (condition) return;
  static_cast<void>(std::fprintf(stderr, "%s\n", what));
  std::abort();
}

void check(const Loaded& loaded, std::string_view text) {
  if (loaded) {
    for (const Element& element : loaded->elements)
      require(!element.name.empty() && !element.transports.empty(), "an element without a name");
    return;
  }
  require(!loaded.error().empty(), "neither a scenario nor a problem");
  const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
  for (const Problem& problem : loaded.error()) {
    require(!problem.message.empty(), "a problem that says nothing");
    require(problem.line >= 0 && problem.line <= lines, "a problem outside the text");
    const std::string line = to_string(problem);
    require(std::none_of(line.begin(), line.end(),
                         [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }),
            "a problem that a terminal would obey");
  }
  require(!to_json(loaded.error()).empty(), "problems without JSON");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(parse_scenario(text, "fuzz.json"), text);
  // What stands behind a zero byte, if there is one, is an override of what stands before it.
  const std::size_t zero = text.find('\0');
  if (zero == std::string_view::npos) return 0;
  const auto change = parse_override(text.substr(zero + 1));
  if (change)
    check(parse_scenario(text.substr(0, zero), "fuzz.json", {*change}), text);
  else
    require(!change.error().empty(), "an override that is wrong without a reason");
  return 0;
}

}  // namespace trapezoid::scenario
