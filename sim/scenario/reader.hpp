#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/time.hpp"
#include "sim/scenario/overrides.hpp"

namespace trapezoid::scenario {

/// A mistake by pointer; where that stands in the file is looked up when all are known.
struct Finding {
  enum class Where : std::uint8_t { Value, Key };
  std::string pointer;
  std::string message;
  Where where = Where::Value;
};
using Findings = std::vector<Finding>;

class ObjectReader;

/// A JSON value and the path that led to it, or the absence of a value. Reading never throws: it
/// notes a `Finding`, gives a harmless default and goes on, so that one run reports every mistake.
/// Reading what is absent gives the default and notes nothing.
class Reader {
 public:
  /// `value` may be null; `findings` is not owned.
  Reader(const Json* value, std::string pointer, Findings& findings)
      : value_(value), pointer_(std::move(pointer)), findings_(&findings) {}

  bool exists() const { return value_ != nullptr; }
  const std::string& pointer() const { return pointer_; }
  void fail(std::string message) const { findings_->push_back({pointer_, std::move(message)}); }
  /// "unknown `what` "x", expected one of ..., did you mean ...", for a text that names nothing.
  void fail_unknown(std::string_view what, std::string_view name,
                    const std::vector<std::string>& known) const;

  /// Whether the value is this text.
  bool is_text(std::string_view text) const;
  std::string text(std::string fallback = {}) const;
  /// A text that is not empty and has no control characters.
  std::string line(std::string fallback = {}) const;
  bool flag(bool fallback) const;
  /// A number from `low` to `high`, integer or not.
  double number(double low, double high, double fallback, std::string_view what) const;
  /// Keys that hold a duration end in `_s` or `_ms`; 0.5 s is 500 ms.
  Duration seconds(Duration fallback = {}) const;
  Duration milliseconds(Duration fallback = {}) const;
  std::optional<Duration> optional_seconds() const;

  /// An integer of the JSON text (3, not 3.0) from `low` to `high`.
  template <class T>
  T integer(T low = 0, T high = std::numeric_limits<T>::max(), T fallback = {}) const {
    return static_cast<T>(integer64(static_cast<std::uint64_t>(low),
                                    static_cast<std::uint64_t>(high),
                                    static_cast<std::uint64_t>(fallback)));
  }

  /// One of the words of a table of pairs (word, meaning).
  template <class T, std::size_t N>
  T one_of(const std::pair<std::string_view, T> (&table)[N], T fallback) const {
    const std::optional<std::string> word = word_or_nothing();
    if (!word) return fallback;
    std::vector<std::string> words;
    for (const auto& [name, meaning] : table) {
      if (name == *word) return meaning;
      words.emplace_back(name);
    }
    fail_word(*word, words);
    return fallback;
  }

  /// The entries of an array; none when there is no array.
  std::vector<Reader> items() const;
  /// The same; an empty array is a mistake: "expected at least one `what`".
  std::vector<Reader> items_at_least_one(std::string_view what) const;
  /// The members of an object; all are absent when there is no object.
  ObjectReader object() const;
  /// The members of an object whose keys are data, in the order of the keys.
  std::vector<Reader> members() const;
  /// How many mistakes are known so far: to see whether a value read well.
  std::size_t finding_count() const { return findings_->size(); }

  // Things of the domain. Each notes what is wrong and gives the text as it stands.

  // TLS is not modelled yet, so URIs that ask for it (sips:, ;transport=tls) are mistakes.

  std::string sip_uri() const;            ///< sip:.
  std::string address_of_record() const;  ///< sip: with a user part.
  std::string callable_uri() const;       ///< sip: or tel:.
  std::string host_name() const;          ///< A domain name or an address, without a port.
  std::string ip_address() const;         ///< An IPv4 or IPv6 literal, without brackets.
  std::string sent_by() const;            ///< A host, with ":port" or without.
  std::string token() const;              ///< RFC 3261 §25.1 `token`.
  std::string name() const;               ///< Letters, digits, ".", "_", "-": for our own names.

 private:
  friend class ObjectReader;
  std::uint64_t integer64(std::uint64_t low, std::uint64_t high, std::uint64_t fallback) const;
  std::optional<std::string> word_or_nothing() const;
  void fail_word(const std::string& word, const std::vector<std::string>& known) const;
  Duration duration(double nanoseconds_per_unit, std::string_view unit, Duration fallback) const;
  /// An element of text by a rule; `matches` says whether the text is right.
  std::string checked(std::string_view what, bool (*matches)(std::string_view)) const;

  const Json* value_;
  std::string pointer_;
  Findings* findings_;
};

/// The members of one object. It remembers which keys were asked for: whatever else stands in the
/// file is unknown, so that the list of known keys is written nowhere twice.
class ObjectReader {
 public:
  explicit ObjectReader(Reader object);

  /// The member `key`; a finding when it is not there.
  Reader required(std::string_view key);
  /// The member `key`, which may be absent.
  Reader optional(std::string_view key);
  /// Notes every member that nobody asked for, with the nearest key that somebody did ask for.
  void reject_unknown_keys() const;

 private:
  Reader object_;
  std::set<std::string> asked_;
};

/// Whether `text` is an IPv4 address, or an IPv6 address without brackets.
bool is_ipv4(std::string_view text);
bool is_ipv6(std::string_view text);

}  // namespace trapezoid::scenario
