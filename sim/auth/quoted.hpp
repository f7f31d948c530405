#pragma once

#include <string>
#include <string_view>

namespace trapezoid::auth {

/// Appends `name="value"` of a challenge or credentials, quotes and backslashes escaped
/// (RFC 3261 §25.1, quoted-string).
inline void append_quoted(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += "=\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

}  // namespace trapezoid::auth
