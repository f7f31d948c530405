#include "sim/sip/headers/route.hpp"

#include <utility>

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

namespace {

/// The four of them are spelled alike: name-addr *( SEMI rr-param ).
template <class T>
Parsed<T> parse_route(std::string_view value, std::string_view rule) {
  Parsed<T> header(std::in_place);
  Cursor in(value, rule);
  if (const auto error =
          take_last_address(in, Brackets::Required, header->address, header->parameters))
    header = *error;
  return header;
}

template <class T>
void write_route(const T& route, std::string& out) {
  route.address.write(out);
  out += route.parameters.text();
}

}  // namespace

Parsed<Route> Route::parse(std::string_view value) {
  return parse_route<Route>(value, "route-param");
}
void Route::write(std::string& out) const {
  write_route(*this, out);
}

Parsed<RecordRoute> RecordRoute::parse(std::string_view value) {
  return parse_route<RecordRoute>(value, "rec-route");
}
void RecordRoute::write(std::string& out) const {
  write_route(*this, out);
}

Parsed<Path> Path::parse(std::string_view value) {
  return parse_route<Path>(value, "path-value");
}
void Path::write(std::string& out) const {
  write_route(*this, out);
}

Parsed<ServiceRoute> ServiceRoute::parse(std::string_view value) {
  return parse_route<ServiceRoute>(value, "sr-value");
}
void ServiceRoute::write(std::string& out) const {
  write_route(*this, out);
}

}  // namespace trapezoid::sip
