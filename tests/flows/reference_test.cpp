// The comparison with RFC 3665 §3.2 is worth something only if it fails when anything changes:
// every pinned value of the scenario, every field of the reference, every deviation.
#include "tests/flows/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/flows/flow.hpp"

namespace trapezoid::flows {
namespace {

using nlohmann::json;
using testing::IsEmpty;
using testing::Not;

const Secret kAlice{"atlanta.example.com", "alice", "wonderland"};

TEST(ReferenceComparison, FailsWhenAnyPinnedIdentifierChanges) {
  const Reference reference = load_reference("3.2");
  int changed = 0;
  const Json scenario = scenario_json("rfc3665/3.2");
  for (const auto& one : scenario.at("elements")) {
    for (const auto& [list, values] : one.at("identifiers").items()) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string name = one.at("name");
        const std::string key = list;
        const trace::Trace trace = run_scenario("rfc3665/3.2", [&](Json& changed_scenario) {
          Json& value = element(changed_scenario, name).at("identifiers").at(key).at(i);
          value = value.get<std::string>() + "7";
        });
        EXPECT_THAT(find_differences(trace, reference, kAlice), Not(IsEmpty()))
            << name << " " << key << "[" << i << "]";
        ++changed;
      }
    }
  }
  EXPECT_GE(changed, 12);
}

TEST(ReferenceComparison, FailsWhenAnySettingBehindTheMessagesChanges) {
  const Reference reference = load_reference("3.2");
  const std::vector<std::pair<std::string, Change>> changes = {
      {"Alice's contact",
       [](Json& s) {
         element(s, "alice")["user"]["contact"] = "sip:alice@client.atlanta.example.com";
       }},
      {"Alice's name", [](Json& s) { element(s, "alice")["user"]["display_name"] = "Alicia"; }},
      {"Alice's port", [](Json& s) { element(s, "alice")["media"]["streams"][0]["port"] = 49174; }},
      {"Alice's Route",
       [](Json& s) {
         element(s, "alice")["outbound_proxy"] = "sip:ss1.atlanta.example.com;lr=on";
       }},
      {"Alice's Allow", [](Json& s) { element(s, "alice")["headers"]["allow"] = true; }},
      {"Alice's CSeq", [](Json& s) { element(s, "alice")["cseq_start"] = 5; }},
      {"Bob's CSeq", [](Json& s) { element(s, "bob")["cseq_start"] = 5; }},
      {"Bob's rtpmap",
       [](Json& s) {
         element(s, "bob")["media"]["streams"][0]["formats"][0]["rtpmap"] = "PCMU/8001";
       }},
      {"the callee's name", [](Json& s) { s["actions"][0]["to_display_name"] = "Robert"; }},
      {"Proxy 1's phrase", [](Json& s) { element(s, "proxy1").erase("reason_phrases"); }},
      {"Proxy 1's opaque", [](Json& s) { element(s, "proxy1")["authentication"]["opaque"] = "x"; }},
      {"Proxy 1's Record-Route", [](Json& s) { element(s, "proxy1")["record_route"] = false; }},
      {"Proxy 2's URI",
       [](Json& s) { element(s, "proxy2")["uri"] = "sip:ss2.biloxi.example.com;lr;x"; }},
      {"Bob's binding",
       [](Json& s) {
         element(s, "proxy2")["location"][0]["contact"] =
             "sip:bob@client.biloxi.example.com;transport=tcp";
       }},
      {"the password",
       [](Json& s) {
         element(s, "alice")["credentials"][0]["password"] = "x";
         element(s, "proxy1")["authentication"]["users"][0]["password"] = "x";
       }},
  };
  for (const auto& [name, change] : changes)
    EXPECT_THAT(find_differences(run_scenario("rfc3665/3.2", change), reference, kAlice),
                Not(IsEmpty()))
        << name;
}

TEST(ReferenceComparison, FailsWhenAnyFieldOrLineOfTheReferenceChanges) {
  const trace::Trace trace = run_scenario("rfc3665/3.2");
  const Reference reference = load_reference("3.2");
  int changed = 0;
  const auto expect_difference = [&](const std::string& what, const auto& change) {
    Reference mutant = reference;
    change(mutant.flow.at("messages"));
    EXPECT_THAT(find_differences(trace, mutant, kAlice), Not(IsEmpty())) << what;
    ++changed;
  };
  const json messages = reference.flow.at("messages");
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const std::string id = messages[i].at("id");
    expect_difference(id + " start line", [i](json& m) {
      m[i]["start_line"] = m[i]["start_line"].get<std::string>() + "x";
    });
    expect_difference(id + " lanes", [i](json& m) { std::swap(m[i]["from"], m[i]["to"]); });
    expect_difference(id + " cause", [i](json& m) { m[i]["cause"] = "F23"; });
    expect_difference(id + " dropped", [i](json& m) { m.erase(i); });
    for (std::size_t k = 0; k < messages[i].at("fields").size(); ++k) {
      const std::string name = id + " " + messages[i]["fields"][k][0].get<std::string>();
      expect_difference(name, [i, k](json& m) {
        m[i]["fields"][k][1] = m[i]["fields"][k][1].get<std::string>() + "x";
      });
      expect_difference(name + " dropped", [i, k](json& m) { m[i]["fields"].erase(k); });
    }
    if (!messages[i].contains("body")) continue;
    for (std::size_t k = 0; k < messages[i].at("body").size(); ++k)
      expect_difference(id + " body", [i, k](json& m) { m[i]["body"][k] = "x=1"; });
  }
  EXPECT_GE(changed, 500);
}

TEST(ReferenceComparison, FailsWhenAnyDeviationIsMissingOrSaysSomethingElse) {
  const trace::Trace trace = run_scenario("rfc3665/3.2");
  const Reference reference = load_reference("3.2");
  const json deviations = reference.deviations.at("deviations");
  EXPECT_GE(deviations.size(), 20U);
  for (std::size_t i = 0; i < deviations.size(); ++i) {
    const std::string what = deviations[i].dump();
    Reference missing = reference;
    missing.deviations.at("deviations").erase(i);
    EXPECT_THAT(find_differences(trace, missing, kAlice), Not(IsEmpty())) << "without " << what;

    Reference printed = reference;
    printed.deviations.at("deviations")[i]["printed"] = "something else";
    EXPECT_THAT(find_differences(trace, printed, kAlice), Not(IsEmpty())) << what;

    Reference expected = reference;
    auto& deviation = expected.deviations.at("deviations")[i];
    if (deviation.contains("carries"))
      deviation["carries"] = "D0";
    else
      deviation["expected"] = "something else";
    EXPECT_THAT(find_differences(trace, expected, kAlice), Not(IsEmpty())) << what;
  }
}

TEST(ReferenceComparison, NamesASectionForEveryDeviation) {
  const Reference reference = load_reference("3.2");
  for (const auto& deviation : reference.deviations.at("deviations")) {
    if (deviation.contains("carries")) continue;
    EXPECT_EQ(deviation.at("section").get<std::string>().rfind("RFC ", 0), 0U) << deviation;
    EXPECT_FALSE(deviation.at("why").get<std::string>().empty()) << deviation;
  }
}

}  // namespace
}  // namespace trapezoid::flows
