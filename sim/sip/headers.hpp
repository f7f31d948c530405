#pragma once

// The field container is declared here; header types are in sim/sip/headers/<name>.hpp.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sim/sip/header_id.hpp"
#include "sim/sip/message_store.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// A header field type: its id, and how one value is read and written. A decoded value holds views
/// into the bytes it was read from.
template <class T>
concept Header = requires(const T& header, std::string_view value, std::string& out) {
  { T::kId } -> std::convertible_to<HeaderId>;
  { T::parse(value) } -> std::same_as<Parsed<T>>;
  { header.write(out) } -> std::same_as<void>;
};

/// One line of the header section as it stands on the wire.
struct Field {
  HeaderId id = HeaderId::Extension;
  std::string_view name;   ///< As written: long, compact or unknown.
  std::string_view value;  ///< Folds included, without surrounding white space.
};

/// Takes the values of a comma list apart: a comma inside quotes, angle brackets or comments is
/// part of its value (§7.3.1). Values come without surrounding white space; a list without any text
/// has no values, one that ends in a comma ends in an empty value.
class CommaList {
 public:
  explicit CommaList(std::string_view text);
  /// The next value, or nothing at the end.
  std::optional<std::string_view> next();

 private:
  std::string_view rest_;
  bool is_done_ = false;
};

/// The values of one header field in order, over all its lines: those of a list field one by one,
/// of any other field one a line.
class ValueTexts {
 public:
  ValueTexts(const MessageStore& store, HeaderId id)
      : store_(&store), id_(id), line_(store.first_of(id)) {}
  /// The next value, or nothing at the end.
  std::optional<std::string_view> next();

 private:
  const MessageStore* store_;
  HeaderId id_;
  std::uint16_t line_;
  std::optional<CommaList> list_;
};

/// All values of `H` in order, each decoded when the iteration comes to it.
template <Header H>
class ValueRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Parsed<H>;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Parsed<H>;

    explicit Iterator(std::optional<ValueTexts> texts) : texts_(texts) {
      if (texts_) ++*this;
    }
    Parsed<H> operator*() const { return H::parse(*text_); }
    /// The value as it stands on the wire.
    std::string_view text() const { return *text_; }
    Iterator& operator++() {
      text_ = texts_->next();
      return *this;
    }
    void operator++(int) { ++*this; }
    /// Equal when both are at the end.
    friend bool operator==(const Iterator& a, const Iterator& b) { return !a.text_ && !b.text_; }

   private:
    std::optional<ValueTexts> texts_;
    std::optional<std::string_view> text_;
  };

  explicit ValueRange(ValueTexts texts) : texts_(texts) {}
  Iterator begin() const { return Iterator(texts_); }
  Iterator end() const { return Iterator(std::nullopt); }

 private:
  ValueTexts texts_;
};

/// Every line in wire order.
class FieldRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Field;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Field;

    Iterator() = default;
    Iterator(const MessageStore& store, std::size_t index) : store_(&store), index_(index) {}
    Field operator*() const {
      const FieldLine& line = store_->line(index_);
      return {line.id, store_->view({line.line.offset, line.name_size}), store_->view(line.value)};
    }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    Iterator operator++(int) { return {*store_, index_++}; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }

   private:
    const MessageStore* store_ = nullptr;
    std::size_t index_ = 0;
  };

  explicit FieldRange(const MessageStore& store) : store_(&store) {}
  Iterator begin() const { return {*store_, 0}; }
  Iterator end() const { return {*store_, store_->lines().size()}; }
  std::size_t size() const { return store_->lines().size(); }

 private:
  const MessageStore* store_;
};

/// The header fields of one message, in wire order, each kept as the bytes that arrived.
/// Values, not lines: `Route: <a>, <b>` and two Route lines are the same two values (§7.3.1).
/// A value is decoded when asked for: a proxy forwards what it cannot interpret (§16.3).
/// Views that come from here stay valid while the message lives, edited or moved; ranges do not
/// outlive an edit.
class Headers {
 public:
  Headers() = default;

  /// The topmost value of `H`. Fails with `Missing`, or with the `ParseError` of the value.
  template <Header H>
  Parsed<H> first() const {
    const auto text = first_text(H::kId);
    if (!text) return missing(H::kId);
    return H::parse(*text);
  }

  /// All values of `H` in order, decoded one by one while iterating.
  template <Header H>
  ValueRange<H> all() const {
    return ValueRange<H>(values(H::kId));
  }

  /// Puts `header` above every other field: how a proxy pushes its Via (§16.6 step 8).
  template <Header H>
  void prepend(const H& header) {
    prepend_text(H::kId, written(header));
  }
  /// Puts `header` below the last field of its name, else below every other field.
  template <Header H>
  void append(const H& header) {
    append_text(H::kId, written(header));
  }
  /// Puts `header` in the place of all fields of its name, else below every other field.
  template <Header H>
  void set(const H& header) {
    set_text(H::kId, written(header));
  }

  /// Removes and returns the topmost value: how a proxy takes its Via off a response (§16.7 step
  /// 3). A value that cannot be decoded is removed too.
  template <Header H>
  Parsed<H> pop_first() {
    Parsed<H> value = first<H>();
    remove_value(H::kId, 0);
    return value;
  }

  /// Whether there is a line of that name, with a value or not.
  bool has(HeaderId id) const { return store_.first_of(id) != kNoLine; }
  /// How many values there are, over all lines.
  std::size_t count(HeaderId id) const;
  /// How many lines there are.
  std::size_t count_lines(HeaderId id) const;
  /// The topmost value as it stands on the wire.
  std::optional<std::string_view> first_text(HeaderId id) const;
  /// The values as they stand on the wire.
  ValueTexts values(HeaderId id) const { return {store_, id}; }
  /// The value of the first line of that name, case ignored: for fields without an id.
  std::optional<std::string_view> find_field(std::string_view name) const;
  /// Every line in wire order, as it stands.
  FieldRange fields() const { return FieldRange(store_); }
  /// Where in the bytes that were parsed `part` stands; nothing when it was put there later.
  std::optional<std::size_t> offset_of(std::string_view part) const;

  void prepend_text(HeaderId id, std::string_view value);
  void append_text(HeaderId id, std::string_view value);
  /// Puts a line above the first field of its name; where there is none, below the last field of
  /// `neighbour`: how a proxy adds a Record-Route or Route without moving the Via (§16.6).
  void push_text(HeaderId id, std::string_view value, HeaderId neighbour);
  void set_text(HeaderId id, std::string_view value);
  /// Puts a line with that name below every other, also one without an id.
  void append_field(std::string_view name, std::string_view value);
  /// Adds `text` to the end of the topmost value, ";received=192.0.2.1" for example. Nothing
  /// happens when there is none.
  void append_to_first(HeaderId id, std::string_view text);
  /// Removes every line of that name.
  void remove(HeaderId id);
  /// Removes one value, counted from 0 over all lines; a line goes with its last value.
  void remove_value(HeaderId id, std::size_t index);
  /// Replaces one value, counted from 0 over all lines, and leaves its neighbours as they stand.
  void replace_value(HeaderId id, std::size_t index, std::string_view value);
  /// Puts all lines of that name in `from` below every other field, as they stand.
  void copy_all(const Headers& from, HeaderId id);

  /// Equal when the same fields stand in the same order: names without case or form, values byte
  /// for byte.
  friend bool operator==(const Headers& a, const Headers& b);

 private:
  friend class MessageBase;
  friend class MessageParser;
  explicit Headers(MessageStore&& store) : store_(std::move(store)) {}

  template <Header H>
  static const std::string& written(const H& header) {
    std::string& text = scratch();
    text.clear();
    header.write(text);
    return text;
  }
  static std::string& scratch();
  static ParseError missing(HeaderId id);
  struct Place;
  std::optional<Place> find_value(HeaderId id, std::size_t index) const;
  void replace_value_text(std::size_t index, std::string_view before, std::string_view middle,
                          std::string_view after);

  MessageStore store_;
};

}  // namespace trapezoid::sip
