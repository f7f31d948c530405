#pragma once

#include <string>
#include <string_view>

#include "sim/sip/header_id.hpp"
#include "sim/sip/parse_error.hpp"

namespace trapezoid::sip {

/// Subject = [TEXT-UTF8-TRIM]                                                RFC 3261 §20.36, §25.1
/// What the call is about.
struct Subject {
  static constexpr HeaderId kId = HeaderId::Subject;

  std::string_view text;  ///< As written, folds included; may be empty.

  static Parsed<Subject> parse(std::string_view value);
  void write(std::string& out) const;
};

/// Organization = [TEXT-UTF8-TRIM]                                           RFC 3261 §20.25, §25.1
/// To whom the sender belongs.
struct Organization {
  static constexpr HeaderId kId = HeaderId::Organization;

  std::string_view text;  ///< As written, folds included; may be empty.

  static Parsed<Organization> parse(std::string_view value);
  void write(std::string& out) const;
};

}  // namespace trapezoid::sip
