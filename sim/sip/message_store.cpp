#include "sim/sip/message_store.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <type_traits>
#include <utility>

namespace trapezoid::sip {
namespace {

constexpr std::size_t kSpareLines = 4;
constexpr std::size_t kNewMessageLines = 16;
constexpr std::size_t kNewMessageText = 1024;
constexpr std::size_t kChunkSize = 1024;
constexpr std::size_t kRoomForEdits = 512;  // of a copy: few are left as they are

char* copy(std::string_view text, char* to) {
  if (!text.empty()) std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

}  // namespace

MessageStore::MessageStore(std::string_view text, std::size_t line_capacity, std::size_t room) {
  allocate(text.size() + std::max(room, kPadding), line_capacity);
  std::memset(copy(text, text_), 0, kPadding);
  text_used_ = original_size_ = static_cast<std::uint32_t>(text.size());
}

void MessageStore::end_lines(std::size_t original_size) {
  text_used_ = original_size_ = static_cast<std::uint32_t>(original_size);
  build_index();
}

MessageStore::MessageStore(const MessageStore& other) {
  if (other.block_ == nullptr) return;
  allocate(other.end_offset() + kRoomForEdits, other.line_count_ + kSpareLines);
  copy({other.text_, other.text_used_}, text_);
  for (const Chunk& chunk : other.chunks_)
    copy({chunk.bytes.get(), chunk.used}, text_ + chunk.begin);
  text_used_ = static_cast<std::uint32_t>(other.end_offset());
  original_size_ = other.original_size_;
  line_count_ = other.line_count_;
  std::copy(other.lines_, other.lines_ + line_count_, lines_);
  *first_of_ = *other.first_of_;
}

MessageStore& MessageStore::operator=(const MessageStore& other) {
  if (this != &other) *this = MessageStore(other);
  return *this;
}

MessageStore::MessageStore(MessageStore&& other) noexcept
    : block_(std::move(other.block_)),
      first_of_(std::exchange(other.first_of_, nullptr)),
      lines_(std::exchange(other.lines_, nullptr)),
      text_(std::exchange(other.text_, nullptr)),
      line_count_(std::exchange(other.line_count_, 0)),
      line_capacity_(std::exchange(other.line_capacity_, 0)),
      text_used_(std::exchange(other.text_used_, 0)),
      text_capacity_(std::exchange(other.text_capacity_, 0)),
      original_size_(std::exchange(other.original_size_, 0)),
      grown_lines_(std::move(other.grown_lines_)),
      chunks_(std::move(other.chunks_)) {
  other.chunks_.clear();
}

MessageStore& MessageStore::operator=(MessageStore&& other) noexcept {
  block_ = std::move(other.block_);
  first_of_ = std::exchange(other.first_of_, nullptr);
  lines_ = std::exchange(other.lines_, nullptr);
  text_ = std::exchange(other.text_, nullptr);
  line_count_ = std::exchange(other.line_count_, 0);
  line_capacity_ = std::exchange(other.line_capacity_, 0);
  text_used_ = std::exchange(other.text_used_, 0);
  text_capacity_ = std::exchange(other.text_capacity_, 0);
  original_size_ = std::exchange(other.original_size_, 0);
  grown_lines_ = std::move(other.grown_lines_);
  chunks_ = std::move(other.chunks_);
  other.chunks_.clear();
  return *this;
}

/// The text gets all that is left of the block. The index and the lines in it are left as they
/// come: only what is filled in later is read.
void MessageStore::allocate(std::size_t text_capacity, std::size_t line_capacity) {
  static_assert(sizeof(FirstOf) % alignof(FieldLine) == 0);
  static_assert(std::is_trivially_copyable_v<FieldLine>);
  const std::size_t lines_size = line_capacity * sizeof(FieldLine);
  block_ = allocate_block(sizeof(FirstOf) + lines_size + text_capacity);
  first_of_ = reinterpret_cast<FirstOf*>(block_.get());
  lines_ = reinterpret_cast<FieldLine*>(block_.get() + sizeof(FirstOf));
  text_ = reinterpret_cast<char*>(block_.get() + sizeof(FirstOf) + lines_size);
  line_capacity_ = static_cast<std::uint32_t>(line_capacity);
  text_capacity_ =
      static_cast<std::uint32_t>(block_.get_deleter().size_bytes - sizeof(FirstOf) - lines_size);
}

void MessageStore::allocate_empty(std::size_t text_capacity) {
  allocate(text_capacity, kNewMessageLines);
  first_of_->fill(kNoLine);
}

/// From the last line to the first, so that each line finds the one below it already noted.
void MessageStore::build_index() {
  first_of_->fill(kNoLine);
  for (std::size_t i = line_count_; i-- > 0;) {
    std::uint16_t& first = (*first_of_)[static_cast<std::size_t>(lines_[i].id)];
    lines_[i].next_same = first;
    first = static_cast<std::uint16_t>(i);
  }
}

/// Indexes the line behind the last one, and counts it.
void MessageStore::link_last_line() {
  const auto index = static_cast<std::uint16_t>(line_count_++);
  lines_[index].next_same = kNoLine;
  std::uint16_t* link = &(*first_of_)[static_cast<std::size_t>(lines_[index].id)];
  while (*link != kNoLine) link = &lines_[*link].next_same;
  *link = index;
}

std::string_view MessageStore::view_in_chunk(TextRange range) const {
  if (range.size == 0) return {};
  const auto chunk =
      std::find_if(chunks_.rbegin(), chunks_.rend(),
                   [&range](const Chunk& candidate) { return candidate.begin <= range.offset; });
  assert(chunk != chunks_.rend());
  return {chunk->bytes.get() + (range.offset - chunk->begin), range.size};
}

std::size_t MessageStore::end_offset() const {
  return chunks_.empty() ? text_used_ : chunks_.back().begin + chunks_.back().used;
}

/// Room for `size` bytes in one piece. Between two pieces of memory one offset is left out, so that
/// ranges whose offsets touch are one range of memory.
char* MessageStore::reserve(std::size_t size, std::uint32_t& offset) {
  if (block_ == nullptr) allocate_empty(std::max(size, kNewMessageText));
  if (chunks_.empty() && size <= text_capacity_ - text_used_) {
    offset = std::exchange(text_used_, text_used_ + static_cast<std::uint32_t>(size));
    return text_ + offset;
  }
  if (chunks_.empty() || size > chunks_.back().capacity - chunks_.back().used) {
    const std::size_t capacity = std::max(size, kChunkSize);
    const std::size_t begin =
        chunks_.empty() ? text_capacity_ : chunks_.back().begin + chunks_.back().capacity;
    chunks_.push_back({std::unique_ptr<char[]>(new char[capacity]),
                       static_cast<std::uint32_t>(begin + 1), 0,
                       static_cast<std::uint32_t>(capacity)});
  }
  Chunk& chunk = chunks_.back();
  offset = chunk.begin + chunk.used;
  chunk.used += static_cast<std::uint32_t>(size);
  return chunk.bytes.get() + (offset - chunk.begin);
}

TextRange MessageStore::add(std::span<const std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  TextRange range;
  char* to = reserve(size, range.offset);
  range.size = static_cast<std::uint32_t>(size);
  for (const std::string_view part : parts) to = copy(part, to);
  return range;
}

FieldLine MessageStore::make_line(HeaderId id, std::string_view name,
                                  std::span<const std::string_view> value) {
  std::size_t value_size = 0;
  for (const std::string_view part : value) value_size += part.size();
  FieldLine line;
  line.id = id;
  line.name_size = static_cast<std::uint16_t>(name.size());
  line.line.size = static_cast<std::uint32_t>(name.size() + 2 + value_size + 2);
  char* to = reserve(line.line.size, line.line.offset);
  to = copy(": ", copy(name, to));
  for (const std::string_view part : value) to = copy(part, to);
  copy("\r\n", to);
  line.value.offset = static_cast<std::uint32_t>(line.line.offset + name.size() + 2);
  line.value.size = static_cast<std::uint32_t>(value_size);
  return line;
}

void MessageStore::grow_lines() {
  if (block_ == nullptr) return allocate_empty(kNewMessageText);
  const std::size_t capacity = std::size_t{line_capacity_} * 2;
  std::unique_ptr<FieldLine[]> lines(new FieldLine[capacity]);
  std::copy(lines_, lines_ + line_count_, lines.get());
  grown_lines_ = std::move(lines);
  lines_ = grown_lines_.get();
  line_capacity_ = static_cast<std::uint32_t>(capacity);
}

void MessageStore::insert_line(std::size_t index, const FieldLine& line) {
  assert(index <= line_count_ && line_count_ < kNoLine - 1U);
  const FieldLine copied = line;  // it may stand in the memory that is about to move
  if (line_count_ == line_capacity_) grow_lines();
  if (index == line_count_) {
    lines_[index] = copied;
    link_last_line();
    return;
  }
  std::copy_backward(lines_ + index, lines_ + line_count_, lines_ + line_count_ + 1);
  lines_[index] = copied;
  ++line_count_;
  build_index();
}

void MessageStore::replace_line(std::size_t index, const FieldLine& line) {
  assert(index < line_count_ && lines_[index].id == line.id);
  const std::uint16_t next_same = lines_[index].next_same;
  lines_[index] = line;
  lines_[index].next_same = next_same;
}

void MessageStore::remove_line(std::size_t index) {
  assert(index < line_count_);
  std::copy(lines_ + index + 1, lines_ + line_count_, lines_ + index);
  --line_count_;
  build_index();
}

void MessageStore::remove_lines(HeaderId id, std::size_t index) {
  if (first_of(id) == kNoLine || index >= line_count_) return;
  const FieldLine* const end = std::remove_if(
      lines_ + index, lines_ + line_count_, [id](const FieldLine& line) { return line.id == id; });
  line_count_ = static_cast<std::uint32_t>(end - lines_);
  build_index();
}

}  // namespace trapezoid::sip
