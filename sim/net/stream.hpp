#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/net/observer.hpp"

namespace trapezoid::net {

/// One message written to a connection, with its place in the byte stream.
struct Write {
  std::uint64_t begins = 0;  ///< Offset of its first byte.
  MessageTag tag = 0;
  std::string bytes;

  std::uint64_t ends() const { return begins + bytes.size(); }
};

/// The bytes that one end of a connection sends. They are kept here, once, from the write until the
/// peer has them in order; segments only name ranges of it, so that a retransmission copies
/// nothing.
class Stream {
 public:
  void write(std::string bytes, MessageTag tag) {
    const std::uint64_t begins = written_;
    written_ += bytes.size();
    writes_.push_back({begins, tag, std::move(bytes)});
  }

  /// The write to which the next byte to be sent belongs; null when all have been sent.
  const Write* next_to_send() const {
    return next_write_ < writes_.size() ? &writes_[next_write_] : nullptr;
  }
  /// Counts `length` bytes of that write as sent.
  void advance(std::uint32_t length) {
    sent_ += length;
    if (sent_ == writes_[next_write_].ends()) ++next_write_;
  }

  std::uint64_t written() const { return written_; }
  std::uint64_t sent() const { return sent_; }
  /// How much the peer has received in order.
  std::uint64_t received() const { return received_; }

  /// The write to which the next byte to be received belongs.
  const Write& next_to_receive() const { return writes_[first_]; }
  /// Takes the next `length` bytes as received; they belong to one write.
  std::string receive(std::uint32_t length) {
    Write& write = writes_[first_];
    const std::uint64_t offset = received_ - write.begins;
    received_ += length;
    const bool is_whole = offset == 0 && received_ == write.ends();
    std::string piece = is_whole ? std::move(write.bytes) : write.bytes.substr(offset, length);
    if (is_whole || received_ == write.ends()) release_first();
    return piece;
  }

  /// Calls `lose(tag)` for every message that the peer has not got whole, and forgets them.
  template <class Lose>
  void drop_unreceived(Lose lose) {
    for (std::size_t i = first_; i < writes_.size(); ++i) lose(writes_[i].tag);
    *this = Stream();
  }
  bool has_unreceived() const { return first_ < writes_.size(); }

 private:
  void release_first() {
    ++first_;
    if (first_ == writes_.size()) {
      writes_.clear();  // keeps its memory
      first_ = next_write_ = 0;
    } else if (first_ >= 64 && first_ * 2 >= writes_.size()) {
      writes_.erase(writes_.begin(), writes_.begin() + static_cast<std::ptrdiff_t>(first_));
      next_write_ -= first_;
      first_ = 0;
    }
  }

  std::vector<Write> writes_;
  std::size_t first_ = 0;       // the oldest write that is not received whole
  std::size_t next_write_ = 0;  // the oldest write that is not sent whole
  std::uint64_t written_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
};

}  // namespace trapezoid::net
