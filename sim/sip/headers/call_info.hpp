#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"
#include "sim/sip/uri.hpp"

namespace trapezoid::sip {

/// alert-param = LAQUOT absoluteURI RAQUOT *( SEMI generic-param )            RFC 3261 §20.4, §25.1
/// An alternative ring tone.
struct AlertInfo {
  static constexpr HeaderId kId = HeaderId::AlertInfo;

  Uri uri;
  Parameters parameters;

  static Parsed<AlertInfo> parse(std::string_view value);
  void write(std::string& out) const;
};

/// info = LAQUOT absoluteURI RAQUOT *( SEMI info-param)                       RFC 3261 §20.9, §25.1
/// More about the caller or the callee.
struct CallInfo {
  static constexpr HeaderId kId = HeaderId::CallInfo;

  Uri uri;
  Parameters parameters;

  static Parsed<CallInfo> parse(std::string_view value);
  void write(std::string& out) const;
};

/// error-uri = LAQUOT absoluteURI RAQUOT *( SEMI generic-param )             RFC 3261 §20.18, §25.1
/// More about an error status.
struct ErrorInfo {
  static constexpr HeaderId kId = HeaderId::ErrorInfo;

  Uri uri;
  Parameters parameters;

  static Parsed<ErrorInfo> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
