#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/method.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// RSeq = response-num                                                                RFC 3262 §7.1
/// Numbers a reliable provisional response, 1 to 2^32 - 1.
struct RSeq {
  static constexpr HeaderId kId = HeaderId::RSeq;

  std::uint32_t number = 1;

  static Parsed<RSeq> parse(std::string_view value);
  void write(std::string& out) const;
};

/// RAck = response-num LWS CSeq-num LWS Method                                        RFC 3262 §7.2
/// Which reliable provisional response a PRACK acknowledges.
struct RAck {
  static constexpr HeaderId kId = HeaderId::RAck;

  std::uint32_t response_number = 1;
  std::uint32_t cseq_number = 0;
  Method method = MethodId::Invite;

  static Parsed<RAck> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
