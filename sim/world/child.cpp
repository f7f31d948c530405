#include "sim/world/child.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace trapezoid::world {
namespace {

struct Pipe {
  int ends[2] = {-1, -1};
  bool is_open = pipe(ends) == 0;
};

void write_all(int file, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t count = write(file, text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    done += static_cast<std::size_t>(count);
  }
}

/// Reads both pipes until both are at their end: a child must never wait for us to read.
void read_both(int result_file, int said_file, ChildOutcome& outcome) {
  pollfd files[2] = {{result_file, POLLIN, 0}, {said_file, POLLIN, 0}};
  std::string* const texts[2] = {&outcome.result, &outcome.said};
  char buffer[65536];
  while (files[0].fd >= 0 || files[1].fd >= 0) {
    if (poll(files, 2, -1) < 0 && errno != EINTR) return;
    for (int i = 0; i < 2; ++i) {
      if (files[i].fd < 0 || files[i].revents == 0) continue;
      const ssize_t count = read(files[i].fd, buffer, sizeof buffer);
      if (count > 0)
        texts[i]->append(buffer, static_cast<std::size_t>(count));
      else if (count == 0 || errno != EINTR)
        files[i].fd = -1;
    }
  }
}

/// SimGrid throws some of its complaints: they become last words too.
[[noreturn]] void live_as_child(const std::function<std::string()>& body, int result_file) {
  int exit_code = EXIT_SUCCESS;
  try {
    write_all(result_file, body());
  } catch (const std::exception& complaint) {
    write_all(STDERR_FILENO, complaint.what());
    exit_code = EXIT_FAILURE;
  }
  static_cast<void>(std::fflush(nullptr));
  _exit(exit_code);
}

}  // namespace

ChildOutcome run_in_child(const std::function<std::string()>& body) {
  ChildOutcome outcome;
  const Pipe result;
  const Pipe said;
  if (!result.is_open || !said.is_open) return outcome;
  static_cast<void>(std::fflush(nullptr));
  const pid_t child = fork();
  if (child == 0) {
    dup2(said.ends[1], STDERR_FILENO);
    live_as_child(body, result.ends[1]);
  }
  close(result.ends[1]);
  close(said.ends[1]);
  if (child > 0) read_both(result.ends[0], said.ends[0], outcome);
  close(result.ends[0]);
  close(said.ends[0]);
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  outcome.has_ended_well = child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
  return outcome;
}

}  // namespace trapezoid::world
