#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/method.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// The largest sequence number that a client may choose is below 2^31 (§8.1.1.5).
constexpr std::uint32_t kMaxCSeq = 0x7fffffff;

/// CSeq = 1*DIGIT LWS Method                                                 RFC 3261 §20.16, §25.1
/// A number of 2^32 or more is `OutOfRange`. `kMaxCSeq` binds who sends, not who reads (§8.1.1.5).
struct CSeq {
  static constexpr HeaderId kId = HeaderId::CSeq;

  std::uint32_t number = 0;
  Method method = MethodId::Invite;

  static Parsed<CSeq> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
