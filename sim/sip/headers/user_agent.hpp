#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// User-Agent = server-val *(LWS server-val)                                 RFC 3261 §20.41, §25.1
/// The software of the client.
struct UserAgent {
  static constexpr HeaderId kId = HeaderId::UserAgent;

  std::string_view products;  ///< Products and comments as written.

  static Parsed<UserAgent> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Server = server-val *(LWS server-val)                                     RFC 3261 §20.35, §25.1
/// The software of the server.
struct Server {
  static constexpr HeaderId kId = HeaderId::Server;

  std::string_view products;  ///< Products and comments as written.

  static Parsed<Server> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
