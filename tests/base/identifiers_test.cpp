#include "sim/base/identifiers.hpp"

#include <gtest/gtest.h>

namespace trapezoid {
namespace {

TEST(Identifiers, PinnedOnesComeFirstAndThenTheGenerator) {
  PinnedIdentifiers pinned;
  pinned.call_ids = {"2xTb9vxSit55XU7p8@atlanta.example.com"};
  pinned.tags = {"9fxced76sl", "8321234356"};
  pinned.branches = {"z9hG4bK74bf9"};
  Identifiers identifiers(pinned, 1, "alice");
  EXPECT_EQ(identifiers.next_call_id("ignored"), "2xTb9vxSit55XU7p8@atlanta.example.com");
  EXPECT_EQ(identifiers.next_tag(), "9fxced76sl");
  EXPECT_EQ(identifiers.next_tag(), "8321234356");
  EXPECT_EQ(identifiers.next_branch(), "z9hG4bK74bf9");
  // The pinned ones drew nothing from the generator.
  EXPECT_EQ(identifiers.next_call_id("a.example.com"), "zs80nu2funqit5vueiv0@a.example.com");
}

TEST(Identifiers, GeneratedOnesAreTheSameForOneSeedAndName) {
  Identifiers identifiers({}, 1, "alice");
  EXPECT_EQ(identifiers.next_call_id("192.0.2.101"), "zs80nu2funqit5vueiv0@192.0.2.101");
  EXPECT_EQ(identifiers.next_tag(), "bto2a3zqpk");
  EXPECT_EQ(identifiers.next_branch(), "z9hG4bK68rftrn2alpm");
  EXPECT_EQ(identifiers.next_nonce(), "862cb8f4fdc4425b1c99920fddf215b4");
  EXPECT_EQ(identifiers.next_cnonce(), "12d5100fbf2c122e");
  EXPECT_EQ(identifiers.next_sdp_session_id(), "3771610355");
}

TEST(Identifiers, AnotherSeedOrNameGivesOtherOnes) {
  Identifiers alice({}, 1, "alice");
  Identifiers bob({}, 1, "bob");
  Identifiers alice_again({}, 2, "alice");
  const auto tag = alice.next_tag();
  EXPECT_NE(tag, bob.next_tag());
  EXPECT_NE(tag, alice_again.next_tag());
}

}  // namespace
}  // namespace trapezoid
