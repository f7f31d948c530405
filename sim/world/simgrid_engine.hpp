#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/world/platform.hpp"
#include "sim/world/simgrid_compat.hpp"

namespace trapezoid::world {

/// SimGrid's engine with a platform loaded and sealed. One a process: SimGrid's clock never goes
/// back.
class SimGridEngine {
 public:
  /// `source` and `changes` must be free of mistakes (`find_platform_mistakes`), `settings` too
  /// (`find_setting_mistake`): SimGrid aborts on them.
  SimGridEngine(const PlatformSource& source, const std::vector<LinkChange>& changes,
                const std::vector<std::string>& settings);
  ~SimGridEngine();
  SimGridEngine(const SimGridEngine&) = delete;
  SimGridEngine& operator=(const SimGridEngine&) = delete;

  simgrid::s4u::Engine& engine() { return *engine_; }

 private:
  std::vector<std::string> arguments_;  // the engine keeps pointers into them
  std::vector<char*> argument_pointers_;
  int argument_count_ = 0;
  std::unique_ptr<simgrid::s4u::Engine> engine_;
};

/// The links of a name: itself, or the two directions of a split-duplex link. Empty: none.
std::vector<simgrid::s4u::Link*> find_links(const std::string& name);

}  // namespace trapezoid::world
