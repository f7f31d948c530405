#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/base/text.hpp"
#include "sim/trace/base64.hpp"
#include "sim/trace/fields.hpp"
#include "sim/trace/format.hpp"
#include "sim/trace/printable.hpp"

namespace trapezoid::trace {
namespace {

using Json = nlohmann::json;

constexpr int kMaxDepth = 8;

/// The first thing that is wrong with a line.
struct Flaw {
  std::size_t column = 0;
  std::string pointer;
  std::string message;
};

/// In quotes, and not too long for an error message.
std::string in_quotes(std::string_view text) {
  return fmt::format("\"{}\"", text.substr(0, 60));
}

/// One line's JSON; notes duplicate keys, which the library would drop.
std::optional<Json> parse_line(std::string_view line, std::optional<Flaw>& flaw) {
  std::vector<std::set<std::string>> keys;
  const auto note = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (depth > kMaxDepth && !flaw) flaw = Flaw{0, "", "nested too deeply"};
    if (event == Json::parse_event_t::key && !flaw) {
      auto key = parsed.get<std::string>();
      if (!keys.back().insert(key).second)
        flaw = Flaw{0, "", fmt::format("key {} twice", in_quotes(key))};
    }
    return true;
  };
  try {
    Json json = Json::parse(line.begin(), line.end(), note);
    if (flaw) return std::nullopt;
    return json;
  } catch (const Json::parse_error& error) {
    if (flaw) return std::nullopt;
    const std::string_view what = error.what();
    const std::size_t reason = what.find(": ");
    flaw = Flaw{std::max<std::size_t>(error.byte, 1), "",
                fmt::format("not JSON: {}",
                            reason == std::string_view::npos ? what : what.substr(reason + 2))};
    return std::nullopt;
  } catch (const Json::exception& error) {
    flaw = Flaw{0, "", error.what()};
    return std::nullopt;
  }
}

/// What the lines before this one have said.
struct Known {
  std::size_t lanes = 0;
  std::vector<TraceId> ids;       // ascending
  std::vector<TraceId> messages;  // ascending
  std::int64_t last_time = 0;
  std::uint32_t last_f = 0;
};

/// Reads one flat object key by key; keeps the first flaw. The visitor of `visit_fields`.
class ObjectReader {
 public:
  ObjectReader(const Json& object, std::string pointer, const Known& known,
               std::optional<Flaw>& flaw)
      : object_(object), pointer_(std::move(pointer)), known_(known), flaw_(flaw) {
    if (!object.is_object()) fail("", "expected an object");
  }

  template <class T>
  void number(std::string_view key, T& value) {
    const Json* json = take(key);
    if (json == nullptr) return fail(key, "missing");
    if (!json->is_number_integer() ||
        (!json->is_number_unsigned() && json->get<std::int64_t>() < 0))
      return fail(key, "expected an integer, 0 or more");
    const auto number = json->get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(std::numeric_limits<T>::max()))
      return fail(key, "too large");
    value = static_cast<T>(number);
  }
  void nonzero(std::string_view key, std::uint64_t& value) {
    if (!object_.contains(key)) return;
    number(key, value);
    if (value == 0) fail(key, "expected 1 or more");
  }
  void time(std::string_view key, std::int64_t& ns) { number(key, ns); }
  void optional_time(std::string_view key, std::optional<std::int64_t>& ns) {
    if (object_.contains(key)) number(key, ns.emplace());
  }
  void lane(std::string_view key, LaneIndex& lane) {
    number(key, lane);
    if (lane >= known_.lanes) fail(key, "no such lane");
  }
  void text(std::string_view key, std::string& value) {
    const Json* json = take(key);
    if (json == nullptr) return fail(key, "missing");
    if (!json->is_string()) return fail(key, "expected a text");
    value = json->get_ref<const std::string&>();
  }
  void optional_text(std::string_view key, std::string& value) {
    if (object_.contains(key)) text(key, value);
  }
  template <class Enum>
  void choice(std::string_view key, Enum& value, std::span<const std::string_view> names) {
    std::string name;
    text(key, name);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end())
      value = static_cast<Enum>(found - names.begin());
    else
      fail(key, expected_one_of(names));
  }
  void earlier(std::string_view key, TraceId& id) {
    nonzero(key, id);
    const auto& ids = key == "cause" ? known_.ids : known_.messages;
    if (id != 0 && !std::binary_search(ids.begin(), ids.end(), id))
      fail(key, key == "cause" ? "names no earlier event" : "names no earlier message");
  }
  void bytes(std::string& value) {
    if (object_.contains("bytes") || !object_.contains("bytes_base64")) return text("bytes", value);
    std::string encoded;
    text("bytes_base64", encoded);
    if (auto decoded = from_base64(encoded))
      value = std::move(*decoded);
    else
      fail("bytes_base64", "not base64");
  }
  void texts(std::string_view key, std::vector<std::string>& values) {
    const Json* json = take_array(key);
    for (std::size_t i = 0; json != nullptr && i < json->size(); ++i) {
      if (!(*json)[i].is_string()) return fail(item(key, i), "expected a text");
      values.push_back((*json)[i].get<std::string>());
    }
  }

  const Json* take(std::string_view key) {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(key);
    if (found == object_.end()) return nullptr;
    taken_.push_back(key);
    return &*found;
  }
  const Json* take_array(std::string_view key) {
    const Json* json = take(key);
    if (json == nullptr) return fail(key, "missing"), nullptr;
    if (!json->is_array()) return fail(key, "expected an array"), nullptr;
    return json;
  }
  static std::string item(std::string_view key, std::size_t index) {
    return fmt::format("{}/{}", key, index);
  }
  void fail(std::string_view key, std::string message) {
    if (flaw_) return;
    flaw_ =
        Flaw{0, key.empty() ? pointer_ : fmt::format("{}/{}", pointer_, key), std::move(message)};
  }
  /// To be called last: refuses what nobody asked for.
  void refuse_other_keys(std::span<const std::string_view> more = {}) {
    if (!object_.is_object()) return;
    taken_.insert(taken_.end(), more.begin(), more.end());
    for (const auto& [key, value] : object_.items()) {
      if (std::find(taken_.begin(), taken_.end(), key) != taken_.end()) continue;
      std::string message = "unknown key";
      if (const auto near = nearest(key, taken_))
        message += fmt::format("; did you mean {}?", in_quotes(*near));
      fail(key, std::move(message));
    }
  }

 private:
  static std::string expected_one_of(std::span<const std::string_view> names) {
    std::string message = "expected one of";
    for (const std::string_view name : names) message += fmt::format(" {}", in_quotes(name));
    return message;
  }

  const Json& object_;
  std::string pointer_;
  const Known& known_;
  std::optional<Flaw>& flaw_;
  std::vector<std::string_view> taken_;
};

Header read_header(const Json& json, std::optional<Flaw>& flaw) {
  const Known nothing;
  Header header;
  ObjectReader reader(json, "", nothing, flaw);
  int version = 0;
  reader.number("trapezoid_trace", version);
  if (version != kFormatVersion)
    reader.fail("trapezoid_trace",
                fmt::format("this is format version {}; this program reads version {}", version,
                            kFormatVersion));
  reader.text("generator", header.generator);
  reader.text("scenario", header.scenario);
  reader.text("title", header.title);
  reader.optional_text("scenario_sha256", header.scenario_sha256);
  reader.number("seed", header.seed);
  reader.optional_text("reference", header.reference);
  reader.texts("model_box", header.model_box);
  const Json* lanes = reader.take_array("lanes");
  if (lanes != nullptr && lanes->size() > kMaxLanes) reader.fail("lanes", "too many lanes");
  std::set<std::string> names;
  for (std::size_t i = 0; !flaw && lanes != nullptr && i < lanes->size(); ++i) {
    ObjectReader inner((*lanes)[i], fmt::format("/lanes/{}", i), nothing, flaw);
    Lane lane;
    inner.text("name", lane.name);
    inner.text("label", lane.label);
    inner.text("role", lane.role);
    inner.texts("addresses", lane.addresses);
    inner.refuse_other_keys();
    if (!names.insert(lane.name).second) inner.fail("name", "this lane's name is taken");
    header.lanes.push_back(std::move(lane));
  }
  reader.refuse_other_keys();
  return header;
}

/// What holds between the fields of a message.
void check_message(const MessageEvent& message, const Known& known, ObjectReader& reader) {
  if (message.f_number != known.last_f + 1)
    reader.fail("f_number", fmt::format("expected {}", known.last_f + 1));
  if (message.received_ns.has_value() != (message.fate == Fate::Delivered))
    reader.fail("received_ns", "a message is received if its fate is \"delivered\"");
  if (message.on_wire_ns && *message.on_wire_ns < message.sent_ns)
    reader.fail("on_wire_ns", "before it was sent");
  if (message.received_ns && *message.received_ns < message.on_wire_ns.value_or(message.sent_ns))
    reader.fail("received_ns", "before it was sent");
}

template <std::size_t I = 0>
Event make_event(std::size_t index) {
  if constexpr (I + 1 < std::variant_size_v<Event>) {
    if (index != I) return make_event<I + 1>(index);
  }
  return Event(std::in_place_index<I>);
}

Event read_event(const Json& json, Known& known, std::optional<Flaw>& flaw) {
  ObjectReader reader(json, "", known, flaw);
  std::size_t index = 0;
  reader.choice("event", index, kEventNames);
  Event event = make_event(index);
  if (flaw) return event;
  std::visit([&reader](auto& e) { visit_fields(reader, e); }, event);
  reader.refuse_other_keys();
  if (id_of(event) <= (known.ids.empty() ? 0 : known.ids.back()))
    reader.fail("id", "expected a number above that of the line before");
  if (time_of(event) < known.last_time) reader.fail("", "earlier than the line before");
  if (const auto* message = std::get_if<MessageEvent>(&event)) {
    check_message(*message, known, reader);
    known.last_f = message->f_number;
    known.messages.push_back(message->id);
  }
  known.ids.push_back(id_of(event));
  known.last_time = time_of(event);
  return event;
}

/// Whether a line is the last one.
bool is_end(const Json& json) {
  if (!json.is_object()) return false;
  const auto name = json.find("event");
  return name != json.end() && name->is_string() && name->get_ref<const std::string&>() == kEndName;
}

void read_end(const Json& json, const Known& known, Trace& trace, std::optional<Flaw>& flaw) {
  ObjectReader reader(json, "", known, flaw);
  std::string name;
  reader.text("event", name);
  std::uint64_t count = 0;
  reader.number("events", count);
  if (count != trace.events.size())
    reader.fail("events", fmt::format("{} stand before this line", trace.events.size()));
  reader.optional_time("stopped_ns", trace.stopped_ns);
  if (trace.stopped_ns && *trace.stopped_ns < known.last_time)
    reader.fail("stopped_ns", "earlier than the line before");
  reader.refuse_other_keys();
}

TraceError at_line(std::size_t number, Flaw flaw) {
  return {number, flaw.column, std::move(flaw.pointer), std::move(flaw.message)};
}

}  // namespace

std::string to_string(const TraceError& error) {
  std::string text;
  if (error.line != 0) text += fmt::format("{}:", error.line);
  if (error.column != 0) text += fmt::format("{}:", error.column);
  if (!text.empty()) text += ' ';
  if (!error.pointer.empty()) text += fmt::format("{}: ", printable(error.pointer));
  return text += printable(error.message);
}

Result<Trace, TraceError> read_trace(std::string_view text) {
  if (text.size() > kMaxTraceBytes) return TraceError{0, 0, "", "larger than 1 GiB"};
  if (text.empty()) return TraceError{0, 0, "", "empty; expected a trace"};
  Trace trace;
  Known known;
  bool is_whole = false;
  std::size_t number = 1;
  for (; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const bool is_open = line.size() == text.size();
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    std::optional<Flaw> flaw;
    if (line.size() > kMaxLineBytes) flaw = Flaw{0, "", "a line longer than 4 MiB"};
    const auto json = flaw ? std::nullopt : parse_line(line, flaw);
    if (flaw && is_open && flaw->column > line.size())
      flaw = Flaw{flaw->column, "", "the trace was cut in this line"};
    if (!flaw && is_whole) flaw = Flaw{0, "", "a line behind the end of the trace"};
    if (!flaw && number == 1) {
      trace.header = read_header(*json, flaw);
      known.lanes = trace.header.lanes.size();
    } else if (!flaw && is_end(*json)) {
      read_end(*json, known, trace, flaw);
      is_whole = true;
    } else if (!flaw) {
      trace.events.push_back(read_event(*json, known, flaw));
    }
    if (flaw) return at_line(number, std::move(*flaw));
  }
  if (!is_whole)
    return TraceError{number, 0, "",
                      R"(the trace was cut: the line with "event":"end" is missing)"};
  return trace;
}

bool looks_like_trace(std::string_view text) {
  const std::string_view line = text.substr(0, std::min(text.find('\n'), std::size_t{200}));
  return line.find("\"trapezoid_trace\"") != std::string_view::npos;
}

}  // namespace trapezoid::trace
