#include "sim/scenario/reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/scenario/positions.hpp"
#include "sim/sip/uri.hpp"

namespace trapezoid::scenario {

namespace {

constexpr double kMaxSeconds = 1e8;  // three years: sums of a few stay far inside 64 bits of ns

/// What a value is, for "expected text, not ...".
std::string describe(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null: return "null";
    case Json::value_t::object: return "an object";
    case Json::value_t::array: return "an array";
    case Json::value_t::string: {
      const auto& text = value.get_ref<const std::string&>();
      return text.size() <= 40 ? fmt::format("the text \"{}\"", text) : "a text";
    }
    case Json::value_t::number_float: {
      char digits[40];
      auto* const end = std::to_chars(digits, digits + sizeof digits, value.get<double>()).ptr;
      return {digits, end};
    }
    default: return value.dump();
  }
}

bool is_token_byte(char c) {
  return is_alpha(c) || is_digit(c) ||
         std::string_view("-.!%*_+`'~").find(c) != std::string_view::npos;
}
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_byte);
}
bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 100 && text.front() != '.' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_alpha(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
         });
}
bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(),
                     [](char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '_'; });
}
/// A domain name; underscores are allowed, as owner names of SRV records have them.
bool is_domain_name(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}
bool is_host(std::string_view text) {
  return is_ipv4(text) || is_ipv6(text) || is_domain_name(text);
}
bool is_address(std::string_view text) {
  return is_ipv4(text) || is_ipv6(text);
}

bool is_sent_by(std::string_view text) {
  std::string uri = "sip:";
  uri += text;
  const auto parsed = sip::parse_uri(uri);
  return parsed && !parsed->user && parsed->parameters.empty() && parsed->headers.empty() &&
         text.find_first_of(";?@") == std::string_view::npos;
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

bool is_ipv4(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (part == 3)) return false;
    const std::string_view digits = text.substr(0, dot);
    if (digits.size() > 1 && digits.front() == '0') return false;
    if (!to_number<std::uint8_t>(digits)) return false;
    if (part < 3) text.remove_prefix(dot + 1);
  }
  return true;
}

bool is_ipv6(std::string_view text) {
  if (text.find(':') == std::string_view::npos) return false;
  int groups = 0;
  bool is_compressed = false;
  if (text.substr(0, 2) == "::") {
    is_compressed = true;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (colon == std::string_view::npos && is_ipv4(group)) {
      groups += 2;
      break;
    }
    if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), is_hex_digit))
      return false;
    ++groups;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return false;
    if (text.front() == ':') {
      if (is_compressed) return false;
      is_compressed = true;
      text.remove_prefix(1);
    }
  }
  return is_compressed ? groups < 8 : groups == 8;
}

void Reader::fail_unknown(std::string_view what, std::string_view name,
                          const std::vector<std::string>& known) const {
  std::string message = fmt::format("there is no {} \"{}\"", what, name);
  if (const auto guess = nearest(name, known))
    message += fmt::format(", did you mean \"{}\"?", *guess);
  else if (!known.empty())
    message += fmt::format(", expected one of {}", fmt::join(known, ", "));
  fail(std::move(message));
}

void Reader::fail_word(const std::string& word, const std::vector<std::string>& known) const {
  std::string message =
      fmt::format("expected one of {}, not the text \"{}\"", fmt::join(known, ", "), word);
  if (const auto guess = nearest(word, known))
    message += fmt::format(", did you mean \"{}\"?", *guess);
  fail(std::move(message));
}

std::optional<std::string> Reader::word_or_nothing() const {
  if (value_ == nullptr) return std::nullopt;
  if (value_->is_string()) return value_->get<std::string>();
  fail(fmt::format("expected text, not {}", describe(*value_)));
  return std::nullopt;
}

bool Reader::is_text(std::string_view text) const {
  return value_ != nullptr && value_->is_string() && value_->get_ref<const std::string&>() == text;
}

std::string Reader::text(std::string fallback) const {
  auto word = word_or_nothing();
  return word ? std::move(*word) : std::move(fallback);
}

std::string Reader::line(std::string fallback) const {
  if (value_ == nullptr) return fallback;
  std::string value = text();
  if (value_->is_string() && (value.empty() || has_control_character(value)))
    fail(value.empty() ? "expected text, not an empty one"
                       : "expected one line of text, without control characters");
  return value;
}

bool Reader::flag(bool fallback) const {
  if (value_ == nullptr) return fallback;
  if (value_->is_boolean()) return value_->get<bool>();
  fail(fmt::format("expected true or false, not {}", describe(*value_)));
  return fallback;
}

double Reader::number(double low, double high, double fallback, std::string_view what) const {
  if (value_ == nullptr) return fallback;
  if (value_->is_number()) {
    const double value = value_->get<double>();
    if (value >= low && value <= high) return value;  // false for NaN
  }
  fail(fmt::format("expected {}, not {}", what, describe(*value_)));
  return fallback;
}

std::uint64_t Reader::integer64(std::uint64_t low, std::uint64_t high,
                                std::uint64_t fallback) const {
  if (value_ == nullptr) return fallback;
  if (value_->is_number_unsigned()) {
    const auto value = value_->get<std::uint64_t>();
    if (value >= low && value <= high) return value;
  }
  fail(fmt::format("expected an integer from {} to {}, not {}", low, high, describe(*value_)));
  return fallback;
}

Duration Reader::duration(double nanoseconds_per_unit, std::string_view unit,
                          Duration fallback) const {
  if (value_ == nullptr) return fallback;
  const double most = kMaxSeconds * 1e9 / nanoseconds_per_unit;
  const double value =
      number(0, most, -1, fmt::format("a number of {} from 0 to {:.0f}", unit, most));
  if (value < 0) return fallback;
  return Duration{std::llround(value * nanoseconds_per_unit)};
}
Duration Reader::seconds(Duration fallback) const {
  return duration(1e9, "seconds", fallback);
}
Duration Reader::milliseconds(Duration fallback) const {
  return duration(1e6, "milliseconds", fallback);
}
std::optional<Duration> Reader::optional_seconds() const {
  if (value_ == nullptr) return std::nullopt;
  return seconds();
}

std::vector<Reader> Reader::items() const {
  std::vector<Reader> readers;
  if (value_ == nullptr) return readers;
  if (!value_->is_array()) {
    fail(fmt::format("expected an array, not {}", describe(*value_)));
    return readers;
  }
  for (std::size_t i = 0; i < value_->size(); ++i)
    readers.emplace_back(&(*value_)[i], fmt::format("{}/{}", pointer_, i), *findings_);
  return readers;
}

std::vector<Reader> Reader::items_at_least_one(std::string_view what) const {
  if (value_ != nullptr && value_->is_array() && value_->empty())
    fail(fmt::format("expected at least one {}", what));
  return items();
}

std::vector<Reader> Reader::members() const {
  std::vector<Reader> readers;
  if (value_ == nullptr) return readers;
  if (!value_->is_object()) {
    fail(fmt::format("expected an object, not {}", describe(*value_)));
    return readers;
  }
  for (const auto& [key, value] : value_->items())
    readers.emplace_back(&value, pointer_ + '/' + escape_token(key), *findings_);
  return readers;
}

ObjectReader Reader::object() const {
  if (value_ != nullptr && !value_->is_object()) {
    fail(fmt::format("expected an object, not {}", describe(*value_)));
    return ObjectReader(Reader(nullptr, pointer_, *findings_));
  }
  return ObjectReader(*this);
}

std::string Reader::checked(std::string_view what, bool (*matches)(std::string_view)) const {
  auto word = word_or_nothing();
  if (!word) return {};
  if (!matches(*word)) fail(fmt::format("expected {}, not \"{}\"", what, *word));
  return std::move(*word);
}

namespace {

/// What is wrong with a URI, or nothing.
std::optional<std::string> find_uri_mistake(std::string_view text, std::string_view schemes) {
  const auto uri = sip::parse_uri(text);
  if (!uri) return fmt::format("bad URI \"{}\": {}", text, sip::to_string(uri.error()));
  const bool is_right = uri->is_sip_or_sips() || (uri->scheme == sip::Scheme::Tel &&
                                                  schemes.find("tel:") != std::string_view::npos);
  if (!is_right) return fmt::format("expected a {} URI, not \"{}\"", schemes, text);
  if (uri->scheme == sip::Scheme::Sips)
    return fmt::format("\"{}\" needs TLS, which is not modelled yet, expected a {} URI", text,
                       schemes);
  const auto transport = uri->parameters.find("transport");
  if (!uri->is_sip_or_sips() || !transport) return std::nullopt;
  const std::string_view value = transport->value.value_or("");
  if (!iequals(value, "udp") && !iequals(value, "tcp"))
    return fmt::format("the transport \"{}\" is not modelled yet, expected udp or tcp", value);
  return std::nullopt;
}

}  // namespace

std::string Reader::sip_uri() const {
  auto word = word_or_nothing();
  if (!word) return {};
  if (auto mistake = find_uri_mistake(*word, "sip:")) fail(std::move(*mistake));
  return std::move(*word);
}

std::string Reader::callable_uri() const {
  auto word = word_or_nothing();
  if (!word) return {};
  if (auto mistake = find_uri_mistake(*word, "sip: or tel:")) fail(std::move(*mistake));
  return std::move(*word);
}

std::string Reader::address_of_record() const {
  auto word = word_or_nothing();
  if (!word) return {};
  if (auto mistake = find_uri_mistake(*word, "sip:")) {
    fail(std::move(*mistake));
  } else if (const auto uri = sip::parse_uri(*word); !uri->user) {
    fail(fmt::format(R"(expected a URI with a user, as "sip:user@host", not "{}")", *word));
  }
  return std::move(*word);
}

std::string Reader::host_name() const {
  return checked("a host name or IP address", is_host);
}
std::string Reader::ip_address() const {
  return checked("an IPv4 or IPv6 address without brackets", is_address);
}
std::string Reader::sent_by() const {
  return checked("a host, or host:port", is_sent_by);
}
std::string Reader::token() const {
  return checked("a token: letters, digits and any of -.!%*_+`'~", is_token);
}
std::string Reader::name() const {
  return checked(R"(a name: letters, digits, ".", "_" and "-", not first a ".")", is_name);
}

ObjectReader::ObjectReader(Reader object) : object_(std::move(object)) {}

Reader ObjectReader::optional(std::string_view key) {
  asked_.emplace(key);
  const Json* const parent = object_.value_;
  const Json* value = nullptr;
  if (parent != nullptr) {
    const auto found = parent->find(std::string(key));
    if (found != parent->end()) value = &*found;
  }
  return {value, object_.pointer_ + '/' + escape_token(key), *object_.findings_};
}

Reader ObjectReader::required(std::string_view key) {
  Reader member = optional(key);
  if (!member.exists() && object_.exists()) member.fail("missing");
  return member;
}

void ObjectReader::reject_unknown_keys() const {
  if (!object_.exists()) return;
  for (const auto& [key, value] : object_.value_->items()) {
    if (asked_.contains(key)) continue;
    std::string message = "unknown key";
    if (const auto guess = nearest(key, asked_))
      message += fmt::format(", did you mean \"{}\"?", *guess);
    else
      message += fmt::format(", expected one of {}", fmt::join(asked_, ", "));
    object_.findings_->push_back(
        {object_.pointer_ + '/' + escape_token(key), std::move(message), Finding::Where::Key});
  }
}

}  // namespace trapezoid::scenario
