#include "tests/flows/reference.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "sim/auth/digest.hpp"
#include "sim/base/text.hpp"
#include "sim/sip/headers/authentication.hpp"
#include "sim/sip/headers/via.hpp"
#include "sim/sip/parser.hpp"

namespace trapezoid::flows {
namespace {

using nlohmann::json;

/// One value of a field, taken apart: "" is the main part, the others are parameters in order.
struct Value {
  std::string text;
  std::vector<std::pair<std::string, std::string>> parts;

  std::optional<std::string> part(const std::string& name) const {
    for (const auto& [key, value] : parts)
      if (key == name) return value;
    return std::nullopt;
  }
};

/// Folds and runs of white space become one space; none is left around ";", "," and "=".
std::string normalized(std::string_view text) {
  std::string out;
  bool is_quoted = false;
  for (const char c : text) {
    if (c == '"') is_quoted = !is_quoted;
    const bool is_space = !is_quoted && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
    if (!is_space) {
      if (!is_quoted && (c == ';' || c == ',' || c == '=') && !out.empty() && out.back() == ' ')
        out.pop_back();
      out += c;
    } else if (!out.empty() &&
               std::string_view(" ;,=").find(out.back()) == std::string_view::npos) {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool is_authentication(std::string_view name) {
  return iequals(name, "Proxy-Authorization") || iequals(name, "Proxy-Authenticate");
}

/// Splits at `separator` outside quotes and angle brackets.
std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  bool is_quoted = false;
  int depth = 0;
  for (const char c : text) {
    if (c == '"') is_quoted = !is_quoted;
    if (!is_quoted && c == '<') ++depth;
    if (!is_quoted && c == '>') --depth;
    if (c == separator && !is_quoted && depth == 0)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

Value take_apart(std::string_view name, std::string_view raw) {
  Value value;
  value.text = normalized(raw);
  std::string_view rest = value.text;
  char separator = ';';
  if (is_authentication(name)) {
    separator = ',';
    const auto space = rest.find(' ');
    value.parts.emplace_back("", rest.substr(0, space));
    rest.remove_prefix(std::min(rest.size(), space + 1));
  }
  for (const std::string& part : split(rest, separator)) {
    const auto equals = part.find('=');
    const bool is_main = separator == ';' && value.parts.empty();
    if (is_main)
      value.parts.emplace_back("", part);
    else
      value.parts.emplace_back(part.substr(0, equals),
                               equals == std::string::npos ? "" : part.substr(equals + 1));
  }
  return value;
}

/// A message by field name (lower case), each with its values in order.
struct Fields {
  std::string start_line;
  std::map<std::string, std::vector<Value>> values;
  std::vector<std::string> body;
};

void add_values(Fields& fields, std::string_view name, std::string_view raw) {
  const sip::HeaderId id = sip::find_header_id(name);
  const auto texts =
      sip::is_list(id) ? split(raw, ',') : std::vector<std::string>{std::string(raw)};
  for (const auto& text : texts) fields.values[to_lower(name)].push_back(take_apart(name, text));
}

Fields read_ours(const trace::MessageEvent& message) {
  Fields fields;
  const auto parsed = sip::parse_message(message.bytes);
  if (!parsed) return fields;
  const auto& base = sip::base_of(*parsed);
  fields.start_line = base.start_line_text();
  for (const auto field : base.headers().fields()) add_values(fields, field.name, field.value);
  std::string body(base.body());
  for (std::size_t at = body.find("\r\n"); at != std::string::npos; at = body.find("\r\n")) {
    fields.body.push_back(body.substr(0, at));
    body.erase(0, at + 2);
  }
  if (!body.empty()) fields.body.push_back(body);
  return fields;
}

Fields read_printed(const json& message) {
  Fields fields;
  fields.start_line = message.at("start_line");
  for (const auto& field : message.at("fields"))
    add_values(fields, field.at(0).get<std::string>(), field.at(1).get<std::string>());
  if (message.contains("body"))
    for (const auto& line : message.at("body")) fields.body.push_back(line);
  return fields;
}

using Text = std::optional<std::string>;
std::string shown(const Text& text) {
  return text ? *text : "nothing";
}
Text text_of(const json& value) {
  return value.is_null() ? Text{} : Text{value.get<std::string>()};
}

class Comparison {
 public:
  Comparison(const trace::Trace& trace, const Reference& reference, const Secret& secret)
      : trace_(trace), reference_(reference), secret_(secret) {}

  std::vector<std::string> run() {
    for (const auto& event : trace_.events)
      if (const auto* message = std::get_if<trace::MessageEvent>(&event)) {
        events_.push_back(message);
        ours_.push_back(read_ours(*message));
      }
    const auto& messages = reference_.flow.at("messages");
    for (const auto& message : messages) printed_.push_back(read_printed(message));
    if (ours_.size() != printed_.size()) {
      differences_.push_back(
          fmt::format("{} messages, expected {}", ours_.size(), printed_.size()));
      return differences_;
    }
    check_deviations();
    for (std::size_t i = 0; i < printed_.size(); ++i) {
      compare_lanes_and_cause(i, messages.at(i));
      compare_message(i);
    }
    return differences_;
  }

 private:
  static std::string name(std::size_t i) { return fmt::format("F{}", i + 1); }

  void compare_lanes_and_cause(std::size_t i, const json& printed) {
    const auto& lanes = trace_.header.lanes;
    const auto& event = *events_[i];
    if (lanes[event.from].label != printed.at("from") || lanes[event.to].label != printed.at("to"))
      differences_.push_back(fmt::format("{}: goes from {} to {}", name(i), lanes[event.from].label,
                                         lanes[event.to].label));
    const Text found = message_before(event.cause);
    if (found != text_of(printed.at("cause")))
      differences_.push_back(fmt::format("{}: caused by {}, expected {}", name(i), shown(found),
                                         shown(text_of(printed.at("cause")))));
  }

  /// The nearest message among the causes: a timer stands for what armed it.
  Text message_before(trace::TraceId id) const {
    while (id != 0) {
      const auto& event = trace_.events.at(id - 1);
      if (const auto* message = std::get_if<trace::MessageEvent>(&event))
        return fmt::format("F{}", message->f_number);
      id = trace::cause_of(event);
    }
    return std::nullopt;
  }

  static Text value_at(const Fields& message, const json& place) {
    const std::string field = place.at("field");
    if (field == "Request-URI") {
      const auto words = split(message.start_line, ' ');
      return words.at(1);
    }
    const auto found = message.values.find(to_lower(field));
    const std::size_t index = place.at("index");
    if (found == message.values.end() || index >= found->second.size()) return std::nullopt;
    const Value& value = found->second[index];
    if (!place.contains("parameter")) return value.text;
    const auto part = value.part(place.at("parameter"));
    return part ? Text{unquoted(*part)} : std::nullopt;
  }
  static std::string unquoted(const std::string& text) { return sip::unquoted(text); }

  static std::size_t index_of(const json& deviation) {
    return std::stoul(deviation.at("message").get<std::string>().substr(1)) - 1;
  }

  void check_deviations() {
    for (const auto& deviation : reference_.deviations.at("deviations")) {
      const std::size_t i = index_of(deviation);
      const Text printed = value_at(printed_.at(i), deviation);
      const Text found = value_at(ours_.at(i), deviation);
      const std::string where = fmt::format(
          "{} {}[{}]{}", name(i), deviation.at("field").get<std::string>(),
          deviation.at("index").get<int>(),
          deviation.contains("parameter") ? " " + deviation.at("parameter").get<std::string>()
                                          : "");
      if (printed != text_of(deviation.at("printed")))
        differences_.push_back(
            fmt::format("{}: the deviation says that {} is printed, but it is {}", where,
                        shown(text_of(deviation.at("printed"))), shown(printed)));
      if (const auto wrong = is_wrong(deviation, i, found))
        differences_.push_back(
            fmt::format("{}: expected {}, found {}", where, *wrong, shown(found)));
      if (printed == found)
        differences_.push_back(fmt::format("{}: listed as a deviation, but as printed", where));
      explained_.insert(place_key(i, deviation.at("field"), deviation.at("index"),
                                  deviation.value("parameter", "*")));
    }
  }

  static std::string place_key(std::size_t i, const std::string& field, std::size_t index,
                               const std::string& part) {
    return fmt::format("{}|{}|{}|{}", i, to_lower(field), index, part);
  }
  bool is_explained(std::size_t i, const std::string& field, std::size_t index,
                    const std::string& part) const {
    return explained_.contains(place_key(i, field, index, "*")) ||
           explained_.contains(place_key(i, field, index, part));
  }

  static std::optional<std::string> unless(bool is_right, std::string expected) {
    return is_right ? std::nullopt : std::optional(std::move(expected));
  }

  /// What was expected, if `found` is not it.
  std::optional<std::string> is_wrong(const json& deviation, std::size_t i, const Text& found) {
    if (deviation.contains("carries")) return is_not_carried(deviation.at("carries"), found);
    const json& expected = deviation.at("expected");
    if (!expected.is_object()) return unless(found == text_of(expected), shown(text_of(expected)));
    const std::string rule = expected.at("rule");
    if (rule == "new_branch") {
      const bool is_new = found && found->rfind("z9hG4bK", 0) == 0 && found->size() > 7 &&
                          branches_.insert(*found).second && !is_printed_branch(*found);
      return unless(is_new, "a branch of its own");
    }
    if (rule == "cnonce") return unless(found && found->size() >= 8, "a cnonce");
    if (rule == "field_of") {
      const std::size_t other = index_of(expected);
      return unless(found && found == value_at(ours_.at(other), deviation),
                    "the field of " + name(other));
    }
    if (rule == "digest") return unless(found == digest_of(i), shown(digest_of(i)));
    return "a known rule instead of '" + rule + "'";
  }

  /// The same for a value that is that of another deviation.
  std::optional<std::string> is_not_carried(const std::string& id, const Text& found) const {
    for (const auto& other : reference_.deviations.at("deviations"))
      if (other.value("id", "") == id)
        return unless(found && found == value_at(ours_.at(index_of(other)), other),
                      "the value of " + id);
    return "the value of a deviation that is not listed";
  }

  bool is_printed_branch(const std::string& branch) const {
    for (const Fields& message : printed_) {
      const auto vias = message.values.find("via");
      if (vias == message.values.end()) continue;
      for (const Value& via : vias->second)
        if (via.part("branch") == branch) return true;
    }
    return false;
  }

  Text digest_of(std::size_t i) const {
    const auto parsed = sip::parse_message(events_.at(i)->bytes);
    const auto* request = parsed ? std::get_if<sip::Request>(&*parsed) : nullptr;
    if (request == nullptr) return std::nullopt;
    const auto field = request->headers().first<sip::ProxyAuthorization>();
    if (!field) return std::nullopt;
    const auto& parameters = field->credentials.parameters;
    const std::string ha1 =
        auth::make_ha1(auth::Algorithm::Md5, secret_.username, secret_.realm, secret_.password);
    const std::string uri = parameters.value_of("uri");
    const std::string nonce = parameters.value_of("nonce");
    const std::string count = parameters.value_of("nc");
    const std::string cnonce = parameters.value_of("cnonce");
    return auth::make_digest({auth::Algorithm::Md5,
                              auth::Qop::Auth,
                              ha1,
                              request->method_text(),
                              uri,
                              nonce,
                              count,
                              cnonce,
                              {}})
        .response;
  }

  /// A request line without its second word, where a deviation speaks of that.
  static std::string without_uri(const std::string& line, bool has_other_uri) {
    auto words = split(line, ' ');
    if (!has_other_uri || words.size() < 3) return line;
    words.erase(words.begin() + 1);
    return fmt::format("{}", fmt::join(words, " "));
  }

  void compare_message(std::size_t i) {
    const Fields& printed = printed_[i];
    const Fields& ours = ours_[i];
    const bool has_other_uri = is_explained(i, "Request-URI", 0, "*");
    if (without_uri(printed.start_line, has_other_uri) !=
        without_uri(ours.start_line, has_other_uri))
      differences_.push_back(fmt::format("{}: printed '{}', found '{}'", name(i),
                                         printed.start_line, ours.start_line));
    std::set<std::string> names;
    for (const auto& [key, values] : printed.values) names.insert(key);
    for (const auto& [key, values] : ours.values) names.insert(key);
    for (const std::string& key : names) compare_field(i, key);
    if (printed.body != ours.body)
      differences_.push_back(fmt::format("{}: the bodies differ", name(i)));
  }

  void compare_field(std::size_t i, const std::string& key) {
    static const std::vector<Value> none;
    const auto find = [&key](const Fields& message) -> const std::vector<Value>& {
      const auto found = message.values.find(key);
      return found == message.values.end() ? none : found->second;
    };
    const auto& printed = find(printed_[i]);
    const auto& ours = find(ours_[i]);
    for (std::size_t k = 0; k < std::max(printed.size(), ours.size()); ++k) {
      const auto parts = [&](const std::vector<Value>& values) {
        std::vector<std::string> kept;
        if (k < values.size())
          for (const auto& [part, text] : values[k].parts)
            if (!is_explained(i, key, k, part)) {
              kept.push_back(part);
              kept.back() += '=';
              kept.back() += text;
            }
        return kept;
      };
      if (parts(printed) == parts(ours)) continue;
      differences_.push_back(fmt::format("{} {}[{}]: printed {}, found {}", name(i), key, k,
                                         k < printed.size() ? printed[k].text : "nothing",
                                         k < ours.size() ? ours[k].text : "nothing"));
    }
  }

  const trace::Trace& trace_;
  const Reference& reference_;
  const Secret& secret_;
  std::vector<const trace::MessageEvent*> events_;
  std::vector<Fields> ours_;
  std::vector<Fields> printed_;
  std::set<std::string> explained_;
  std::set<std::string> branches_;
  std::vector<std::string> differences_;
};

json load(const std::string& path) {
  std::ifstream file(path);
  return json::parse(file);
}

}  // namespace

Reference load_reference(const std::string& section) {
  const std::string stem =
      std::string(TRAPEZOID_SOURCE_DIR) + "/scenarios/rfc3665/reference/" + section;
  return {load(stem + ".json"), load(stem + ".deviations.json")};
}

std::vector<std::string> find_differences(const trace::Trace& trace, const Reference& reference,
                                          const Secret& secret) {
  return Comparison(trace, reference, secret).run();
}

}  // namespace trapezoid::flows
