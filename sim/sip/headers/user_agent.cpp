#include "sim/sip/headers/user_agent.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

namespace {

// server-val *(LWS server-val)         server-val = product / comment
// product    = token [SLASH product-version]
Parsed<std::string_view> parse_products(std::string_view value, std::string_view rule) {
  Cursor in(value, rule);
  do {
    if (in.is_at('(')) {
      if (in.take_comment().empty()) return in.fail("comment");
      continue;
    }
    if (in.take_while(kToken).empty()) return in.fail("product or comment");
    if (in.take_separator('/') && in.take_while(kToken).empty()) return in.fail("product-version");
  } while (in.skip_lws());
  if (!in.at_end()) return in.fail("LWS or end of header field");
  return value;
}

}  // namespace

Parsed<UserAgent> UserAgent::parse(std::string_view value) {
  const auto products = parse_products(value, "User-Agent");
  if (!products) return products.error();
  return UserAgent{*products};
}
void UserAgent::write(std::string& out) const {
  out += products;
}

Parsed<Server> Server::parse(std::string_view value) {
  const auto products = parse_products(value, "Server");
  if (!products) return products.error();
  return Server{*products};
}
void Server::write(std::string& out) const {
  out += products;
}

}  // namespace trapezoid::sip
