#include "sim/location/location_service.hpp"

#include <gtest/gtest.h>

namespace trapezoid::location {
namespace {

using namespace std::chrono_literals;

constexpr const char* kBob = "sip:bob@biloxi.example.com";

// The groups of targets as text: "a, b; c".
std::string targets(const LocationService& service, const char* user, Instant now = {}) {
  std::string text;
  for (const auto& group : service.targets(user, now)) {
    if (!text.empty()) text += "; ";
    for (const auto& contact : group) {
      if (&contact != &group.front()) text += ", ";
      text += contact;
    }
  }
  return text;
}

Binding binding(std::string contact, double q = 1.0) {
  Binding made;
  made.contact = std::move(contact);
  made.q = q;
  return made;
}

TEST(LocationService, AnUnknownUserIsNotAUserWithoutBindings) {
  LocationService service;
  EXPECT_FALSE(service.knows(kBob));
  service.add_user(kBob);
  EXPECT_TRUE(service.knows(kBob));
  EXPECT_EQ(targets(service, kBob), "");
  EXPECT_FALSE(service.knows("sip:alice@biloxi.example.com"));
}

TEST(LocationService, TargetsComeByFallingQInGroups) {
  LocationService service;
  service.bind(kBob, binding("sip:bob@a", 0.5));
  service.bind(kBob, binding("sip:bob@b", 1.0));
  service.bind(kBob, binding("sip:bob@c", 0.5));
  service.bind(kBob, binding("sip:bob@d", 0.1));
  EXPECT_EQ(targets(service, kBob), "sip:bob@b; sip:bob@a, sip:bob@c; sip:bob@d");
}

TEST(LocationService, AnEquivalentContactReplacesTheBinding) {
  LocationService service;
  service.bind(kBob, binding("sip:bob@client.biloxi.example.com"));
  service.bind(kBob, binding("sip:bob@other.example.com"));
  auto again = binding("sip:bob@CLIENT.biloxi.example.com");
  again.sequence_number = 2;
  service.bind(kBob, again);
  EXPECT_EQ(targets(service, kBob), "sip:bob@CLIENT.biloxi.example.com, sip:bob@other.example.com");
  ASSERT_NE(service.find(kBob, "sip:bob@client.biloxi.example.com"), nullptr);
  EXPECT_EQ(service.find(kBob, "sip:bob@client.biloxi.example.com")->sequence_number, 2U);
  EXPECT_EQ(service.find(kBob, "sip:BOB@client.biloxi.example.com"), nullptr);
}

TEST(LocationService, ABindingEndsAtItsDate) {
  LocationService service;
  auto brief = binding("sip:bob@brief");
  brief.expires_at = Instant{10s};
  service.bind(kBob, brief);
  service.bind(kBob, binding("sip:bob@lasting", 0.5));
  EXPECT_EQ(targets(service, kBob, Instant{10s - 1ns}), "sip:bob@brief; sip:bob@lasting");
  EXPECT_EQ(targets(service, kBob, Instant{10s}), "sip:bob@lasting");
  EXPECT_NE(service.find(kBob, "sip:bob@brief"), nullptr);
  service.remove_expired(Instant{10s});
  EXPECT_EQ(service.find(kBob, "sip:bob@brief"), nullptr);
}

TEST(LocationService, RemovingBindingsKeepsTheUser) {
  LocationService service;
  service.bind(kBob, binding("sip:bob@a"));
  service.bind(kBob, binding("sip:bob@b"));
  EXPECT_TRUE(service.unbind(kBob, "sip:bob@a"));
  EXPECT_FALSE(service.unbind(kBob, "sip:bob@a"));
  EXPECT_FALSE(service.unbind("sip:nobody@x", "sip:bob@a"));
  EXPECT_EQ(targets(service, kBob), "sip:bob@b");
  service.unbind_all(kBob);
  EXPECT_EQ(targets(service, kBob), "");
  EXPECT_TRUE(service.knows(kBob));
}

}  // namespace
}  // namespace trapezoid::location
