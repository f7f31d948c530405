#include "tools/trapezoid/output.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/trace/printable.hpp"

namespace trapezoid::command {

namespace {

/// Writes everything, or returns the error number.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

std::string cannot_write(const std::string& path, int error) {
  return fmt::format("cannot write \"{}\": {}", path, std::strerror(error));
}

/// For devices and pipes, which cannot be replaced.
std::string write_in_place(const std::string& path, std::string_view text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return cannot_write(path, errno);
  const int error = write_all(descriptor, text);
  ::close(descriptor);
  return error == 0 || error == EPIPE ? "" : cannot_write(path, error);
}

mode_t usual_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

std::string write_file(const std::string& path, std::string_view text) {
  std::error_code ignored;
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return cannot_write(path, EISDIR);
  if (exists && !S_ISREG(status.st_mode)) return write_in_place(path, text);

  // A link stays a link: what it points at is replaced.
  const std::string target =
      exists ? std::filesystem::canonical(path, ignored).string() : std::string(path);
  std::string temporary = target + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return cannot_write(path, errno);
  int error = write_all(descriptor, text);
  const mode_t mode = exists ? status.st_mode & 07777U : usual_mode();
  if (error == 0 && ::fchmod(descriptor, mode) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(temporary.c_str(), target.c_str()) != 0) error = errno;
  if (error == 0) return "";
  ::unlink(temporary.c_str());
  return cannot_write(path, error);
}

Output::Output(Color color) : is_colored_(color == Color::Always) {
  const char* const no_color = std::getenv("NO_COLOR");
  if (color == Color::Auto)
    is_colored_ = (no_color == nullptr || *no_color == '\0') && ::isatty(diagnostics_) == 1;
}

bool Output::write(std::string_view text, const std::string& path) const {
  if (path.empty() || path == "-") {
    const int failure = write_all(results_, text);
    if (failure == 0 || failure == EPIPE) return true;
    error(fmt::format("cannot write to standard output: {}", std::strerror(failure)));
    return false;
  }
  const std::string mistake = write_file(path, text);
  if (!mistake.empty()) error(mistake);
  return mistake.empty();
}

void Output::error(std::string_view text) const {
  const std::string line = trace::printable(text);
  say(is_colored_ ? fmt::format("\x1b[1;31mtrapezoid:\x1b[0m {}\n", line)
                  : fmt::format("trapezoid: {}\n", line));
}

void Output::note(std::string_view text) const {
  say(fmt::format("trapezoid: {}\n", trace::printable(text)));
}

bool Output::has_terminal() const {
  const char* const terminal = std::getenv("TERM");
  const bool is_dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  return !is_dumb && ::isatty(diagnostics_) == 1;
}

void Output::rewrite(std::string_view text) const {
  say(text);
}

void Output::say(std::string_view text) const {
  (void)write_all(diagnostics_, text);  // nobody is left to be told
}

void Output::problems(const std::vector<scenario::Problem>& problems) const {
  std::string lines;
  for (const scenario::Problem& problem : problems) {
    std::string line = to_string(problem);
    if (is_colored_) {
      scenario::Problem place = problem;
      place.message.clear();
      const std::size_t length = to_string(place).size();
      line = fmt::format("\x1b[1m{}\x1b[0m{}", line.substr(0, length), line.substr(length));
    }
    lines += line;
    lines += '\n';
  }
  say(lines);
}

}  // namespace trapezoid::command
