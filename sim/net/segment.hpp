#pragma once

#include <cstdint>

namespace trapezoid::net {

/// The control bits of a segment, combined with `|` (RFC 9293 §3.1).
namespace segment_flag {
constexpr std::uint8_t kFin = 0x01;
constexpr std::uint8_t kSyn = 0x02;
constexpr std::uint8_t kRst = 0x04;
constexpr std::uint8_t kAck = 0x10;
}  // namespace segment_flag

/// A TCP segment under way. It carries no bytes: it names a range of its sender's `Stream`.
struct Segment {
  std::uint64_t sequence = 0;      ///< Offset of its first byte in the stream.
  std::uint64_t acknowledged = 0;  ///< Bytes received in order by its sender; for loss recovery.
  std::uint32_t connection = 0;    ///< The connection's slot.
  std::uint32_t length = 0;        ///< Payload bytes.
  std::uint32_t wire_bytes = 0;    ///< With all headers.
  std::uint16_t hop = 0;           ///< How many links it has entered.
  std::uint8_t flags = 0;
  std::uint8_t from_side = 0;

  bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};

}  // namespace trapezoid::net
