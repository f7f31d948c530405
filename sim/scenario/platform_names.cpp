#include "sim/base/text.hpp"
#include "sim/scenario/read.hpp"

namespace trapezoid::scenario {

namespace {

/// The value of the attribute `name` of a start tag, or nothing. Enough for identifiers: entities
/// are left as they are.
std::optional<std::string> find_attribute(std::string_view tag, std::string_view name) {
  std::size_t at = 0;
  while ((at = tag.find(name, at)) != std::string_view::npos) {
    const bool starts_word =
        at > 0 && std::string_view(" \t\r\n").find(tag[at - 1]) != std::string_view::npos;
    std::size_t after = at + name.size();
    at = after;
    while (after < tag.size() && tag[after] == ' ') ++after;
    if (!starts_word || after >= tag.size() || tag[after] != '=') continue;
    ++after;
    while (after < tag.size() && tag[after] == ' ') ++after;
    if (after >= tag.size() || (tag[after] != '"' && tag[after] != '\'')) continue;
    const std::size_t end = tag.find(tag[after], after + 1);
    if (end == std::string_view::npos) return std::nullopt;
    return std::string(tag.substr(after + 1, end - after - 1));
  }
  return std::nullopt;
}

std::string_view element_name(std::string_view tag) {
  return tag.substr(0, tag.find_first_of(" \t\r\n/>"));
}

/// The names that one start tag adds.
void note_names(std::string_view tag, std::string_view element, PlatformNames& names) {
  if (element == "cluster" || element == "cabinet" || element == "peer" || element == "include")
    names.is_complete = false;
  if (element != "host" && element != "link") return;
  if (auto id = find_attribute(tag, "id"))
    (element == "host" ? names.hosts : names.links).push_back(std::move(*id));
}

}  // namespace

std::optional<PlatformNames> find_platform_names(std::string_view xml) {
  PlatformNames names;
  bool is_platform = false;
  while (true) {
    const std::size_t start = xml.find('<');
    if (start == std::string_view::npos) break;
    xml.remove_prefix(start + 1);
    if (xml.substr(0, 3) == "!--") {
      const std::size_t end = xml.find("-->");
      if (end == std::string_view::npos) break;
      xml.remove_prefix(end + 3);
      continue;
    }
    const std::string_view tag = xml.substr(0, xml.find('>'));
    const std::string_view element = element_name(tag);
    if (element == "platform") is_platform = true;
    note_names(tag, element, names);
  }
  if (!is_platform) return std::nullopt;
  return names;
}

}  // namespace trapezoid::scenario
