#include "sim/render/report_kind.hpp"

#include <algorithm>
#include <initializer_list>

#include <nlohmann/json.hpp>

namespace trapezoid::render {
namespace {

using Json = nlohmann::json;

bool starts_with_one_of(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(), [text](std::string_view start) {
    return text.substr(0, start.size()) == start;
  });
}

bool has_keys(const Json& json, std::initializer_list<const char*> keys) {
  return json.is_object() && std::all_of(keys.begin(), keys.end(),
                                         [&json](const char* key) { return json.contains(key); });
}

std::optional<std::string> find_json_kind(std::string_view text) {
  const Json json = Json::parse(text.begin(), text.end(), nullptr, false);
  if (has_keys(json, {"columns", "rungs"})) return "a ladder in JSON";
  if (has_keys(json, {"calls", "run", "hops"})) return "statistics in JSON";
  if (has_keys(json, {"$schema", "definitions"})) return "a JSON Schema";
  if (has_keys(json, {"rfc", "section", "messages"})) return "a reference flow";
  if (has_keys(json, {"format", "deviations"})) return "the deviations of a reference flow";
  if (!json.is_array() || json.empty()) return std::nullopt;
  if (has_keys(json.front(), {"file", "valid", "problems"})) return "the verdicts of validate";
  if (has_keys(json.front(), {"name", "path", "valid"})) return "a list of scenarios in JSON";
  return std::nullopt;
}

}  // namespace

std::optional<std::string> find_report_kind(std::string_view text) {
  if (starts_with_one_of(
          text, {"\xd4\xc3\xb2\xa1", "\xa1\xb2\xc3\xd4", "\x4d\x3c\xb2\xa1", "\xa1\xb2\x3c\x4d"}))
    return "a capture (pcap)";
  if (starts_with_one_of(text, {"\x0a\x0d\x0d\x0a"})) return "a capture (pcapng)";
  if (text.substr(0, 1000).find('\0') != std::string_view::npos) return "a binary file";
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return std::nullopt;
  text.remove_prefix(start);
  if (starts_with_one_of(text, {"<?xml", "<!DOCTYPE"})) return "an XML file";
  if (starts_with_one_of(text, {R"({"event":)"})) return "a trace without its first line";
  if (text.substr(0, 200).find("\"trapezoid_trace\"") != std::string_view::npos)
    return "a trace whose lines were broken up";
  if (text.front() != '{' && text.front() != '[') return std::nullopt;
  return find_json_kind(text);
}

}  // namespace trapezoid::render
