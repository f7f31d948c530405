#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Require = option-tag *(COMMA option-tag)                                  RFC 3261 §20.32, §25.1
/// One extension that the UAS must support.
struct Require {
  static constexpr HeaderId kId = HeaderId::Require;

  std::string_view option_tag;

  static Parsed<Require> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Proxy-Require = option-tag *(COMMA option-tag)                            RFC 3261 §20.29, §25.1
/// One extension that each proxy must support.
struct ProxyRequire {
  static constexpr HeaderId kId = HeaderId::ProxyRequire;

  std::string_view option_tag;

  static Parsed<ProxyRequire> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Supported = [option-tag *(COMMA option-tag)]                              RFC 3261 §20.37, §25.1
/// One extension that the sender supports.
struct Supported {
  static constexpr HeaderId kId = HeaderId::Supported;

  std::string_view option_tag;

  static Parsed<Supported> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Unsupported = option-tag *(COMMA option-tag)                              RFC 3261 §20.40, §25.1
/// One extension that was required and is not supported; it comes with 420.
struct Unsupported {
  static constexpr HeaderId kId = HeaderId::Unsupported;

  std::string_view option_tag;

  static Parsed<Unsupported> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
