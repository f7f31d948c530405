#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace trapezoid::sip {

/// One `generic-param` of RFC 3261 §25.1 as it stands on the wire: `value` keeps its quotes.
struct Parameter {
  std::string_view name;
  std::optional<std::string_view> value;
};

/// `*( SEMI generic-param )` as it stands on the wire, from the first ";" on: a view of checked
/// text, split while iterating. Copying copies a view; the text must outlive it.
class Parameters {
 public:
  constexpr Parameters() = default;
  /// `text` is empty or starts with ";" (white space around it allowed), and was checked.
  constexpr explicit Parameters(std::string_view text) : text_(text) {}

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

  /// The first parameter of that name, case ignored (§7.3.1).
  std::optional<Parameter> find(std::string_view name) const;
  bool contains(std::string_view name) const { return find(name).has_value(); }
  /// The value of that parameter; empty when it is not there or has none.
  std::string_view value_of(std::string_view name) const;

  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// A quoted-string without its quotes and backslashes; any other text unchanged (§25.1).
/// Allocates only when something must be removed from inside.
std::string unquoted(std::string_view text);

}  // namespace trapezoid::sip
