#include <fmt/format.h>

#include "sim/trace/trace.hpp"
#include "tools/trapezoid/command.hpp"

namespace trapezoid::command {

void add_version(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("version", "Print the version of program and formats");
  command->callback([&action] {
    action = [](Output& output) {
      const std::string text =
          fmt::format("trapezoid {}\ntrace format {}\nsimulation {}\n", TRAPEZOID_VERSION,
                      trace::kFormatVersion,
                      TRAPEZOID_HAS_SIMGRID ? "with SimGrid" : "left out (built without SimGrid)");
      return output.write(text) ? ExitCode::Ok : ExitCode::InternalError;
    };
  });
}

}  // namespace trapezoid::command
