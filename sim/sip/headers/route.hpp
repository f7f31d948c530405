#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/headers/name_addr.hpp"
#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// route-param = name-addr *( SEMI rr-param )                                RFC 3261 §20.34, §25.1
/// A proxy that the request shall visit; the topmost value is the next.
struct Route {
  static constexpr HeaderId kId = HeaderId::Route;

  NameAddr address;
  Parameters parameters;

  static Parsed<Route> parse(std::string_view value);
  void write(std::string& out) const;
};

/// rec-route = name-addr *( SEMI rr-param )                                  RFC 3261 §20.30, §25.1
/// A proxy that stays on the path of the dialog.
struct RecordRoute {
  static constexpr HeaderId kId = HeaderId::RecordRoute;

  NameAddr address;
  Parameters parameters;

  static Parsed<RecordRoute> parse(std::string_view value);
  void write(std::string& out) const;
};

/// path-value = name-addr *( SEMI rr-param )                                            RFC 3327 §4
/// A proxy between a user agent and its registrar.
struct Path {
  static constexpr HeaderId kId = HeaderId::Path;

  NameAddr address;
  Parameters parameters;

  static Parsed<Path> parse(std::string_view value);
  void write(std::string& out) const;
};

/// sr-value = name-addr *( SEMI rr-param )                                              RFC 3608 §5
/// A proxy that requests of a registered user agent shall visit.
struct ServiceRoute {
  static constexpr HeaderId kId = HeaderId::ServiceRoute;

  NameAddr address;
  Parameters parameters;

  static Parsed<ServiceRoute> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
