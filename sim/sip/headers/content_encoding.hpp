#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Content-Encoding = content-coding *(COMMA content-coding)                 RFC 3261 §20.12, §25.1
/// One coding that was applied to the body.
struct ContentEncoding {
  static constexpr HeaderId kId = HeaderId::ContentEncoding;

  std::string_view coding;

  static Parsed<ContentEncoding> parse(std::string_view value);
  void write(std::string& out) const;
};

/// language-tag = primary-tag *( "-" subtag )                                RFC 3261 §20.13, §25.1
/// One language of the body.
struct ContentLanguage {
  static constexpr HeaderId kId = HeaderId::ContentLanguage;

  std::string_view tag;

  static Parsed<ContentLanguage> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
