#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// `auth-param *(COMMA auth-param)` of RFC 3261 §25.1 as it stands on the wire: a view of checked
/// text, split while iterating. Values keep their quotes; see `unquoted()`.
class AuthParameters {
 public:
  constexpr AuthParameters() = default;
  /// `text` was checked.
  constexpr explicit AuthParameters(std::string_view text) : text_(text) {}

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Parameter;
    using difference_type = std::ptrdiff_t;
    using pointer = const Parameter*;
    using reference = const Parameter&;

    Iterator() = default;
    explicit Iterator(std::string_view rest) : rest_(rest) { advance(); }
    reference operator*() const { return current_; }
    pointer operator->() const { return &current_; }
    Iterator& operator++() {
      advance();
      return *this;
    }
    void operator++(int) { advance(); }
    friend bool operator==(const Iterator& a, const Iterator& b) {
      return a.is_end_ == b.is_end_ && (a.is_end_ || a.rest_.size() == b.rest_.size());
    }

   private:
    void advance();

    std::string_view rest_;
    Parameter current_;
    bool is_end_ = true;
  };

  Iterator begin() const { return Iterator(text_); }
  static Iterator end() { return {}; }
  bool empty() const { return begin() == end(); }

  /// The first parameter of that name, case ignored.
  std::optional<Parameter> find(std::string_view name) const;
  bool contains(std::string_view name) const { return find(name).has_value(); }
  /// The value without quotes and backslashes; empty when the parameter is not there.
  std::string value_of(std::string_view name) const;

  std::string_view text() const { return text_; }

  /// The whole of `text`, at least one parameter.
  static Parsed<AuthParameters> parse(std::string_view text);

 private:
  std::string_view text_;
};

/// `challenge` of RFC 3261 §25.1: what a server asks for. The scheme is compared without case.
struct Challenge {
  std::string_view scheme;  ///< "Digest".
  AuthParameters parameters;

  static Parsed<Challenge> parse(std::string_view value);
  void write(std::string& out) const;
};

/// `credentials` of RFC 3261 §25.1: what a client offers. The scheme is compared without case.
struct Credentials {
  std::string_view scheme;  ///< "Digest".
  AuthParameters parameters;

  static Parsed<Credentials> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
