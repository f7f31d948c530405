// Every shipped scenario, its ladder and digest, against what tools/update_golden.py wrote last;
// and the README, against the same files.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/render/ladder.hpp"
#include "sim/render/text.hpp"
#include "sim/trace/format.hpp"
#include "tests/flows/flow.hpp"

namespace trapezoid::flows {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = TRAPEZOID_SOURCE_DIR;

/// "rfc3665/3.2" for scenarios/rfc3665/3.2.json: the files with this suffix one folder below
/// `folder`, in order.
std::vector<std::string> names_in(const fs::path& folder, const std::string& suffix) {
  std::set<std::string> names;
  for (const auto& topic : fs::directory_iterator(folder)) {
    if (!topic.is_directory() || topic.path().filename() == "schema") continue;
    for (const auto& file : fs::directory_iterator(topic.path()))
      if (file.path().extension() == suffix)
        names.insert((topic.path().filename() / file.path().stem()).string());
  }
  return {names.begin(), names.end()};
}

/// The whole of a file of the repository; empty where there is none.
std::string read_file(const fs::path& path) {
  std::ifstream file(kSource / path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string golden(const std::string& name, const std::string& suffix) {
  return read_file("tests/flows/" + name + suffix);
}

class ShippedScenario : public testing::TestWithParam<std::string> {};

TEST_P(ShippedScenario, DrawsTheCommittedLadder) {
  const trace::Trace trace = run_scenario(GetParam());
  EXPECT_EQ(render::render_text(render::make_ladder(trace)) + '\n' +
                render::render_model_box(trace.header),
            golden(GetParam(), ".txt"));
}

TEST_P(ShippedScenario, HasTheCommittedDigest) {
  EXPECT_EQ(trace::trace_sha256(run_scenario(GetParam())) + '\n', golden(GetParam(), ".sha256"));
}

INSTANTIATE_TEST_SUITE_P(Each, ShippedScenario,
                         testing::ValuesIn(names_in(kSource / "scenarios", ".json")),
                         [](const auto& test) {
                           std::string name = test.param;
                           for (char& c : name)
                             if (c == '/' || c == '.' || c == '-') c = '_';
                           return name;
                         });

// A ladder without its scenario would never be looked at again.
TEST(ShippedScenarios, AreThoseThatHaveALadderAndADigest) {
  const auto scenarios = names_in(kSource / "scenarios", ".json");
  EXPECT_FALSE(scenarios.empty());
  EXPECT_EQ(names_in(kSource / "tests/flows", ".txt"), scenarios);
  EXPECT_EQ(names_in(kSource / "tests/flows", ".sha256"), scenarios);
}

TEST(Readme, ShowsTheShippedScenarioAndTheCommittedLadders) {
  const std::string readme = read_file("README.md");
  EXPECT_NE(readme.find(read_file("scenarios/basics/direct-call.json")), std::string::npos);
  for (const char* const name : {"rfc3665/3.2", "basics/direct-call"}) {
    const std::string text = golden(name, ".txt");
    const std::string ladder = text.substr(0, text.find("\nModel"));
    EXPECT_FALSE(ladder.empty());
    EXPECT_NE(readme.find(ladder), std::string::npos) << name;
  }
}

TEST(Readme, ShowsTheInstalledPackageAsItIsTested) {
  const std::string readme = read_file("README.md");
  for (const char* const path :
       {"tests/install/consumer/CMakeLists.txt", "tests/install/consumer/main.cpp"}) {
    ASSERT_FALSE(read_file(path).empty()) << path;
    EXPECT_NE(readme.find(read_file(path)), std::string::npos) << path;
  }
}

}  // namespace
}  // namespace trapezoid::flows
