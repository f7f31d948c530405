#pragma once

#include <cstdint>

namespace trapezoid::net {

/// Settings of the whole network; sizes in bytes.
struct Options {
  std::uint32_t mss = 1460;       ///< Payload of a full TCP segment.
  std::uint32_t tcp_header = 20;  ///< Of every segment.
  std::uint32_t syn_options = 0;  ///< TCP options of SYN and SYN-ACK, on top of the header.
  std::uint32_t udp_header = 8;
  std::uint32_t ipv4_header = 20;
  std::uint32_t ipv6_header = 40;
  std::uint32_t layer2_overhead = 0;  ///< Framing of every packet on every link.
};

}  // namespace trapezoid::net
