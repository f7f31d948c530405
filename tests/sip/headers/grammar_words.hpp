#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sim/sip/parse_error.hpp"

// The two words of grammar tests.
namespace trapezoid::sip {

/// `text` is a value of `H`, and is written back as `written`.
template <class H>
void ok(std::string_view text, std::string_view written) {
  const auto value = H::parse(text);
  ASSERT_TRUE(value) << text << ": " << to_string(value.error());
  std::string out;
  value->write(out);
  EXPECT_EQ(out, written) << text;
}

/// `text` is a value of `H`, and is written back as it stands.
template <class H>
void ok(std::string_view text) {
  ok<H>(text, text);
}

/// `text` is no value of `H`, and `offset` is where it goes wrong.
template <class H>
void bad(std::string_view text, std::size_t offset) {
  const auto value = H::parse(text);
  ASSERT_FALSE(value) << text;
  EXPECT_EQ(value.error().offset, offset) << text << ": " << to_string(value.error());
}

}  // namespace trapezoid::sip
