#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "sim/base/hash.hpp"
#include "sim/base/text.hpp"
#include "sim/trace/base64.hpp"
#include "sim/trace/fields.hpp"
#include "sim/trace/format.hpp"

namespace trapezoid::trace {
namespace {

/// Writes one flat JSON object, then the end of the line. `text` must be UTF-8 (`bytes` need not).
class LineWriter {
 public:
  explicit LineWriter(std::string& out) : out_(out) { out_ += '{'; }

  void end() { out_ += "}\n"; }

  template <std::integral T>
  void number(std::string_view key, T value) {
    write_key(key);
    char digits[24];
    const auto [last, error] = std::to_chars(digits, digits + sizeof digits, value);
    out_ += std::string_view(digits, static_cast<std::size_t>(last - digits));
  }
  void nonzero(std::string_view key, std::uint64_t value) {
    if (value != 0) number(key, value);
  }
  void time(std::string_view key, std::int64_t ns) { number(key, ns); }
  void optional_time(std::string_view key, std::optional<std::int64_t> ns) {
    if (ns) number(key, *ns);
  }
  void lane(std::string_view key, LaneIndex lane) { number(key, lane); }
  void text(std::string_view key, std::string_view value) {
    write_key(key);
    write_string(value);
  }
  void optional_text(std::string_view key, std::string_view value) {
    if (!value.empty()) text(key, value);
  }
  template <class Enum>
  void choice(std::string_view key, Enum value, std::span<const std::string_view> names) {
    text(key, names[static_cast<std::size_t>(value)]);
  }
  void earlier(std::string_view key, TraceId id) { nonzero(key, id); }
  void bytes(std::string_view value) {
    if (find_invalid_utf8(value))
      text("bytes_base64", to_base64(value));
    else
      text("bytes", value);
  }
  void texts(std::string_view key, const std::vector<std::string>& values) {
    write_key(key);
    out_ += '[';
    for (const std::string& value : values) {
      if (&value != &values.front()) out_ += ',';
      write_string(value);
    }
    out_ += ']';
  }
  void lanes(std::string_view key, const std::vector<Lane>& lanes) {
    write_key(key);
    out_ += '[';
    for (const Lane& lane : lanes) {
      if (&lane != &lanes.front()) out_ += ',';
      LineWriter inner(out_);
      inner.text("name", lane.name);
      inner.text("label", lane.label);
      inner.text("role", lane.role);
      inner.texts("addresses", lane.addresses);
      out_ += '}';
    }
    out_ += ']';
  }

 private:
  void write_key(std::string_view key) {
    if (out_.back() != '{') out_ += ',';
    out_ += '"';
    out_ += key;
    out_ += "\":";
  }
  void write_string(std::string_view value) {
    out_ += '"';
    if (find_invalid_utf8(value))
      for (const char c : value) write_char(static_cast<unsigned char>(c) < 128 ? c : '?');
    else
      for (const char c : value) write_char(c);
    out_ += '"';
  }
  void write_char(char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\r': out_ += "\\r"; break;
      case '\n': out_ += "\\n"; break;
      case '\t': out_ += "\\t"; break;
      default:
        if (byte >= 0x20 && byte != 0x7f) {
          out_ += c;
        } else {
          out_ += "\\u00";
          out_ += kHex[byte >> 4U];
          out_ += kHex[byte & 15U];
        }
    }
  }

  std::string& out_;
};

void write_header(const Header& header, std::string& out) {
  LineWriter line(out);
  line.number("trapezoid_trace", kFormatVersion);
  line.text("generator", header.generator);
  line.text("scenario", header.scenario);
  line.text("title", header.title);
  line.optional_text("scenario_sha256", header.scenario_sha256);
  line.number("seed", header.seed);
  line.optional_text("reference", header.reference);
  line.texts("model_box", header.model_box);
  line.lanes("lanes", header.lanes);
  line.end();
}

/// The last line: that nothing is missing before it.
void write_end(const Trace& trace, std::string& out) {
  LineWriter line(out);
  line.text("event", kEndName);
  line.number("events", trace.events.size());
  line.optional_time("stopped_ns", trace.stopped_ns);
  line.end();
}

}  // namespace

std::string write_trace(const Trace& trace) {
  std::string out;
  write_header(trace.header, out);
  for (const Event& event : trace.events) {
    LineWriter line(out);
    line.text("event", kEventNames[event.index()]);
    std::visit([&line](const auto& e) { visit_fields(line, e); }, event);
    line.end();
  }
  write_end(trace, out);
  return out;
}

std::string trace_sha256(const Trace& trace) {
  return hash_hex(HashAlgorithm::Sha256, {write_trace(trace)});
}

}  // namespace trapezoid::trace
