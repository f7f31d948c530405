#include <fmt/format.h>

#include "sim/trace/trace.hpp"
#include "tools/trapezoid/command.hpp"

namespace trapezoid::command {

std::string version_text() {
  return fmt::format("trapezoid {}\ntrace format {}\nsimulation {}", TRAPEZOID_VERSION,
                     trace::kFormatVersion,
                     TRAPEZOID_HAS_SIMGRID ? "with SimGrid" : "left out (built without SimGrid)");
}

void add_version(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("version", "Print the version of program and formats");
  command->callback([&action] {
    action = [](Output& output) {
      return output.write(version_text() + "\n") ? ExitCode::Ok : ExitCode::InternalError;
    };
  });
}

}  // namespace trapezoid::command
