#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/sip/parameters.hpp"
#include "sim/sip/parse_error.hpp"
#include "sim/sip/uri.hpp"

namespace trapezoid::sip {

/// ( name-addr / addr-spec ): a URI with an optional display name.           RFC 3261 §20.10, §25.1
struct NameAddr {
  std::string_view display_name;  ///< As written, quotes kept; empty when there is none.
  Uri uri;

  /// The whole of `text`, with or without angle brackets. Without them the URI may hold no ";", "?"
  /// or "," (§20): those would belong to the header field.
  static Parsed<NameAddr> parse(std::string_view text);
  /// Always with angle brackets: right whatever the URI holds.
  void write(std::string& out) const;
};

/// Whether an address must stand in angle brackets (Route) or may stand bare (From).
enum class Brackets : std::uint8_t { Optional, Required };

class Cursor;
/// Takes one address off `in`; parameters of the header field are left to the caller.
std::optional<ParseError> take_name_addr(Cursor& in, Brackets brackets, NameAddr& address);
/// Takes an address and the parameters behind it, up to the end of the value.
std::optional<ParseError> take_last_address(Cursor& in, Brackets brackets, NameAddr& address,
                                            Parameters& parameters);

}  // namespace trapezoid::sip
