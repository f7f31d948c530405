#include <filesystem>

#include <gtest/gtest.h>

#include "sim/scenario/load.hpp"

namespace trapezoid::scenario {
namespace {

const std::string kFlagship = TRAPEZOID_SOURCE_DIR "/scenarios/rfc3665/3.2.json";

Scenario flagship() {
  auto text = read_file(kFlagship);
  auto scenario = parse_scenario(text ? *text : "", kFlagship);
  if (!scenario)
    for (const Problem& problem : scenario.error()) ADD_FAILURE() << to_string(problem);
  return scenario ? std::move(*scenario) : Scenario{};
}

TEST(Flagship, HasTheAddressesOfRfc3665) {
  std::string log;
  for (const Element& element : flagship().elements)
    log += element.label + " " + element.address + " " + element.sent_by + "\n";
  EXPECT_EQ(log, R"(Alice 192.0.2.101 client.atlanta.example.com:5060
Proxy 1 192.0.2.111 ss1.atlanta.example.com:5060
Proxy 2 192.0.2.222 ss2.biloxi.example.com:5060
Bob 192.0.2.201 client.biloxi.example.com:5060
)");
}

TEST(Flagship, PinsTheIdentifiersOfRfc3665) {
  std::string log;
  for (const Element& element : flagship().elements) {
    const PinnedIdentifiers& pinned = element.identifiers;
    log += element.name + ":";
    for (const auto* list : {&pinned.call_ids, &pinned.tags, &pinned.branches, &pinned.nonces,
                             &pinned.cnonces, &pinned.sdp_session_ids})
      for (const std::string& identifier : *list) log += " " + identifier;
    log += "\n";
  }
  EXPECT_EQ(log,
            "alice: 3848276298220188511@atlanta.example.com 9fxced76sl z9hG4bK74b43 z9hG4bK74bf9 "
            "z9hG4bK74b76 2890844526\n"
            "proxy1: 3flal12sf z9hG4bK2d4790.1 f84f1cec41e6cbe5aea9c8e88d359\n"
            "proxy2: z9hG4bK721e4.1\n"
            "bob: 314159 z9hG4bKnashds7 2890844527\n");
}

TEST(Flagship, HasANoteInBothLanguagesForEachMessage) {
  const Scenario scenario = flagship();
  ASSERT_EQ(scenario.notes.size(), 23U);
  for (std::size_t i = 0; i < scenario.notes.size(); ++i) {
    const Note& note = scenario.notes[i];
    EXPECT_EQ(note.message, "F" + std::to_string(i + 1));
    for (const std::string* text : {&note.en, &note.fr})
      EXPECT_NE(text->find("(RFC 3261 §"), std::string::npos) << *text;
  }
}

TEST(Flagship, NotesAreNotCopiedFromOneLanguageToTheOther) {
  for (const Note& note : flagship().notes) EXPECT_NE(note.en, note.fr);
}

TEST(Flagship, ItsPlatformHasItsHosts) {
  const Loaded scenario = load_scenario(kFlagship);
  if (!scenario)
    for (const Problem& problem : scenario.error()) ADD_FAILURE() << to_string(problem);
}

}  // namespace
}  // namespace trapezoid::scenario
