#include "sim/scenario/load.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/hash.hpp"
#include "sim/base/text.hpp"
#include "sim/scenario/positions.hpp"
#include "sim/scenario/read.hpp"

namespace trapezoid::scenario {

namespace {

using OpenPlatform = Result<std::string, FileError> (*)(const std::string& path);

/// Where findings stand: in the file, or in an override.
class Locator {
 public:
  Locator(std::string_view text, const std::string& name, const Scan& scan,
          const std::vector<Override>& overrides)
      : text_(text), name_(name), scan_(scan), overrides_(overrides) {}

  Problem at_offset(std::size_t offset, std::string pointer, std::string message) const {
    const Place place = place_of(text_, offset);
    return {name_, place.line, place.column, std::move(pointer), std::move(message)};
  }

  Problem locate(Finding finding) const {
    for (const Override& override : overrides_) {
      const std::string_view inside = finding.pointer;
      if (inside.substr(0, override.pointer.size()) != override.pointer) continue;
      const std::string_view rest = inside.substr(override.pointer.size());
      if (!rest.empty() && rest.front() != '/') continue;
      return {"--set " + override.pointer, 0, 0, rest.empty() ? "" : finding.pointer,
              std::move(finding.message)};
    }
    const std::size_t offset = finding.where == Finding::Where::Key
                                   ? scan_.key_offset_of(finding.pointer)
                                   : scan_.offset_of(finding.pointer);
    return at_offset(offset, std::move(finding.pointer), std::move(finding.message));
  }

 private:
  std::string_view text_;
  const std::string& name_;
  const Scan& scan_;
  const std::vector<Override>& overrides_;
};

void sort_by_place(std::vector<Problem>& problems) {
  std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
    const bool a_in_file = a.line > 0;
    const bool b_in_file = b.line > 0;
    if (a_in_file != b_in_file) return a_in_file;
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
}

/// Replaces every byte that is not UTF-8, noting the first few, so that the rest can be read.
std::string repair_utf8(std::string_view text, std::vector<ScanProblem>& problems) {
  constexpr std::size_t kMostNoted = 10;
  std::string repaired(text);
  std::size_t start = 0;
  while (const auto bad = find_invalid_utf8(std::string_view(repaired).substr(start))) {
    const std::size_t at = start + *bad;
    if (problems.size() < kMostNoted)
      problems.push_back({at, "",
                          fmt::format("the byte 0x{:02x} is not UTF-8, expected UTF-8 text",
                                      static_cast<unsigned char>(repaired[at]))});
    repaired[at] = '?';
    start = at + 1;
  }
  return repaired;
}

std::string path_beside(const std::string& file, const std::string& path) {
  const std::filesystem::path wanted(path);
  if (wanted.is_absolute() || file == "-") return wanted.lexically_normal().string();
  return (std::filesystem::path(file).parent_path() / wanted).lexically_normal().string();
}

/// Opens the platform that the draft names; null when there is none to look at.
std::optional<PlatformNames> open_platform(const Draft& draft, OpenPlatform open) {
  if (draft.platform.empty() || open == nullptr) return std::nullopt;
  const Reader reader = draft.document.object().optional("network").object().optional("platform");
  const auto xml = open(draft.scenario.network.platform);
  if (!xml) {
    reader.fail(xml.error().message);
    return std::nullopt;
  }
  auto names = find_platform_names(*xml);
  if (!names)
    reader.fail(fmt::format("{}: expected a SimGrid platform, with a <platform> element",
                            draft.scenario.network.platform));
  return names;
}

/// The scenario that `document` says, with every problem in it.
Scenario read_scenario_of(const Json& document, const std::string& name, const Locator& locator,
                          OpenPlatform open, std::vector<Problem>& problems) {
  Findings findings;
  Draft draft{{}, {}, Reader(&document, "", findings)};
  read_scenario(draft);
  if (!draft.platform.empty()) draft.scenario.network.platform = path_beside(name, draft.platform);
  const auto platform = open_platform(draft, open);
  if (document.is_object()) check_references(draft, platform ? &*platform : nullptr);
  for (Finding& finding : findings) problems.push_back(locator.locate(std::move(finding)));
  return std::move(draft.scenario);
}

Loaded read_document(std::string_view original, const std::string& name,
                     const std::vector<Override>& overrides, OpenPlatform open) {
  std::vector<Problem> problems;
  if (original.size() > kMaxScenarioBytes) {
    problems.push_back({name, 1, 1, "", fmt::format("larger than {} bytes", kMaxScenarioBytes)});
    return problems;
  }
  std::vector<ScanProblem> encoding;
  const std::string text = repair_utf8(original, encoding);
  const Scan scan = scan_json(text, kMaxDepth);
  const Locator locator(text, name, scan, overrides);
  encoding.insert(encoding.end(), scan.problems.begin(), scan.problems.end());
  for (const ScanProblem& problem : encoding)
    problems.push_back(locator.at_offset(problem.offset, problem.pointer, problem.message));

  if (scan.is_json) {
    Json document = Json::parse(text, nullptr, false);
    if (document.is_discarded()) {
      problems.push_back({name, 1, 1, "", "not JSON"});
    } else {
      apply_overrides(document, overrides, problems);
      Scenario scenario = read_scenario_of(document, name, locator, open, problems);
      if (problems.empty()) {
        scenario.digest = hash_hex(HashAlgorithm::Sha256, {document.dump()});
        return scenario;
      }
    }
  }
  sort_by_place(problems);
  return problems;
}

/// Closes a file descriptor that is not standard input.
struct Closing {
  int descriptor;
  ~Closing() {
    if (descriptor > 0) ::close(descriptor);
  }
};

FileError system_error(const std::string& path) {
  return {fmt::format("cannot read \"{}\": {}", path, std::strerror(errno))};
}

}  // namespace

Result<std::string, FileError> read_file(const std::string& path, std::size_t max_bytes) {
  const Closing file{path == "-" ? 0 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.descriptor < 0) return system_error(path);
  struct stat status {};
  if (::fstat(file.descriptor, &status) == 0 && S_ISDIR(status.st_mode))
    return FileError{fmt::format("\"{}\" is a directory, expected a file", path)};

  std::string text;
  char buffer[65536];
  while (true) {
    const ssize_t got = ::read(file.descriptor, buffer, sizeof buffer);
    if (got == 0) return text;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(path);
    text.append(buffer, static_cast<std::size_t>(got));
    if (text.size() > max_bytes)
      return FileError{fmt::format("\"{}\" is larger than {} bytes", path, max_bytes)};
  }
}

Loaded load_scenario(const std::string& path, const std::vector<Override>& overrides) {
  const auto text = read_file(path);
  if (!text) return std::vector<Problem>{{path, 1, 1, "", text.error().message}};
  return load_scenario_text(*text, path, overrides);
}

Loaded load_scenario_text(std::string_view text, const std::string& name,
                          const std::vector<Override>& overrides) {
  return read_document(text, name, overrides,
                       [](const std::string& file) { return read_file(file); });
}

Loaded parse_scenario(std::string_view text, const std::string& name,
                      const std::vector<Override>& overrides) {
  return read_document(text, name, overrides, nullptr);
}

}  // namespace trapezoid::scenario
