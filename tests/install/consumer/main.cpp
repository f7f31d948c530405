#include <cstdio>

#include "sim/sip/parser.hpp"

int main() {
  const auto message = trapezoid::sip::parse_message("OPTIONS sip:bob@example.com SIP/2.0\r\n\r\n");
  if (!message) return 1;
  const auto* request = std::get_if<trapezoid::sip::Request>(&*message);
  return request != nullptr && std::puts("parsed") >= 0 ? 0 : 1;
}
