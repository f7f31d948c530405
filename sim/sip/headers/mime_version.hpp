#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// MIME-Version = 1*DIGIT "." 1*DIGIT                                        RFC 3261 §20.24, §25.1
/// The version of MIME that the body follows.
struct MimeVersion {
  static constexpr HeaderId kId = HeaderId::MimeVersion;

  std::uint32_t major_number = 1;
  std::uint32_t minor_number = 0;

  static Parsed<MimeVersion> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
