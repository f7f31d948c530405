#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// accept-range = media-range *(SEMI accept-param)                            RFC 3261 §20.1, §25.1
/// One kind of body that is welcome. An empty field accepts none and has no value.
struct Accept {
  static constexpr HeaderId kId = HeaderId::Accept;

  std::string_view type;     ///< May be "*".
  std::string_view subtype;  ///< May be "*".
  Parameters parameters;

  /// Whether `media_type`, "application/sdp", falls into this range.
  bool covers(std::string_view media_type) const;

  static Parsed<Accept> parse(std::string_view value);
  void write(std::string& out) const;
};

/// encoding = codings *(SEMI accept-param)                                    RFC 3261 §20.2, §25.1
/// One content coding that is welcome.
struct AcceptEncoding {
  static constexpr HeaderId kId = HeaderId::AcceptEncoding;

  std::string_view coding;  ///< May be "*".
  Parameters parameters;

  static Parsed<AcceptEncoding> parse(std::string_view value);
  void write(std::string& out) const;
};

/// language = language-range *(SEMI accept-param)                             RFC 3261 §20.3, §25.1
/// One language that is welcome in text for persons.
struct AcceptLanguage {
  static constexpr HeaderId kId = HeaderId::AcceptLanguage;

  std::string_view range;  ///< May be "*".
  Parameters parameters;

  static Parsed<AcceptLanguage> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
