#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Content-Disposition = disp-type *( SEMI disp-param )                      RFC 3261 §20.11, §25.1
/// How the body is to be understood.
struct ContentDisposition {
  static constexpr HeaderId kId = HeaderId::ContentDisposition;

  std::string_view type;  ///< "session", "render", "icon", "alert" or any token.
  Parameters parameters;

  /// Whether a UAS that does not understand the body may ignore it (`handling=optional`).
  bool is_optional() const;

  static Parsed<ContentDisposition> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
