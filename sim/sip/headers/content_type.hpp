#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// media-type = m-type SLASH m-subtype *(SEMI m-parameter)                   RFC 3261 §20.15, §25.1
/// What the body is. Type and subtype are compared without case.
struct ContentType {
  static constexpr HeaderId kId = HeaderId::ContentType;

  std::string_view type;
  std::string_view subtype;
  Parameters parameters;

  /// Whether it is `type/subtype`, for example "application/sdp"; parameters play no part.
  bool is(std::string_view media_type) const;

  static Parsed<ContentType> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
