#pragma once

// How a message is held; nothing here is meant for callers outside sim/sip.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "sim/base/block_pool.hpp"
#include "sim/sip/header_id.hpp"

namespace trapezoid::sip {

/// A range of a message's text. An offset stays what it is when the message is edited or copied.
struct TextRange {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

/// One header field: a whole line of text, folds and line end included. Its name begins the line.
struct FieldLine {
  TextRange line;
  TextRange value;  ///< Without surrounding white space.
  std::uint16_t name_size = 0;
  std::uint16_t next_same = 0;  ///< The next line of the same id; `kNoLine` if there is none.
  HeaderId id = HeaderId::Extension;
};
constexpr std::uint16_t kNoLine = 0xFFFF;
constexpr std::size_t kMaxLines = 0xFF00;

/// The bytes of one message and the index of its fields. A parsed message is one allocation: the
/// index, the bytes that arrived, and a little room for edits. An edit adds text and never moves
/// any, so that views stay valid until the store is destroyed; moving the store keeps them too.
class MessageStore {
 public:
  static constexpr std::size_t kPadding = kMaxHeaderName;

  MessageStore() = default;
  /// A copy of `text`, without lines yet: `line_capacity` of them and `room` more bytes, at least,
  /// fit before the next allocation. At least `kPadding` bytes behind the text can be read; they
  /// are 0.
  MessageStore(std::string_view text, std::size_t line_capacity, std::size_t room);
  MessageStore(const MessageStore& other);
  MessageStore& operator=(const MessageStore& other);
  MessageStore(MessageStore&& other) noexcept;
  MessageStore& operator=(MessageStore&& other) noexcept;
  ~MessageStore() = default;

  std::string_view view(TextRange range) const {
    if (range.offset < text_capacity_) return {text_ + range.offset, range.size};
    return view_in_chunk(range);
  }
  /// The bytes as they arrived.
  std::string_view original() const { return {text_, original_size_}; }

  std::span<const FieldLine> lines() const { return {lines_, line_count_}; }
  const FieldLine& line(std::size_t index) const { return lines_[index]; }
  /// The index of the first line of `id`, or `kNoLine`.
  std::uint16_t first_of(HeaderId id) const {
    return lines_ == nullptr ? kNoLine : (*first_of_)[static_cast<std::size_t>(id)];
  }

  /// A new line below the others, to be filled in; `end_lines` must follow the last.
  FieldLine& push_line() {
    if (line_count_ == line_capacity_) grow_lines();
    return lines_[line_count_++];
  }
  /// Indexes the lines that were pushed; of the text, `original_size` bytes are the message's.
  void end_lines(std::size_t original_size);

  /// Copies `text` into the store; `text` may be a view into it.
  TextRange add(std::string_view text) { return add({&text, 1}); }
  /// Copies the parts, one after the other.
  TextRange add(std::span<const std::string_view> parts);
  /// Adds the text "name: value" CRLF, the value in parts, and returns its line, which stands
  /// nowhere yet.
  FieldLine make_line(HeaderId id, std::string_view name, std::span<const std::string_view> value);

  void insert_line(std::size_t index, const FieldLine& line);
  void replace_line(std::size_t index, const FieldLine& line);
  void remove_line(std::size_t index);
  /// Removes the lines of `id` that stand at `index` or below.
  void remove_lines(HeaderId id, std::size_t index);

 private:
  using FirstOf = std::array<std::uint16_t, kHeaderIdCount>;
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::uint32_t begin = 0;  // offset of its first byte
    std::uint32_t used = 0;
    std::uint32_t capacity = 0;
  };

  void allocate(std::size_t text_capacity, std::size_t line_capacity);
  void allocate_empty(std::size_t text_capacity);
  void build_index();
  void link_last_line();
  std::string_view view_in_chunk(TextRange range) const;
  char* reserve(std::size_t size, std::uint32_t& offset);
  void grow_lines();
  std::size_t end_offset() const;

  Block block_;  // FirstOf, lines, text
  FirstOf* first_of_ = nullptr;
  FieldLine* lines_ = nullptr;  // in block_, or in grown_lines_
  char* text_ = nullptr;
  std::uint32_t line_count_ = 0;
  std::uint32_t line_capacity_ = 0;
  std::uint32_t text_used_ = 0;
  std::uint32_t text_capacity_ = 0;
  std::uint32_t original_size_ = 0;
  std::unique_ptr<FieldLine[]> grown_lines_;
  std::vector<Chunk> chunks_;
};

}  // namespace trapezoid::sip
