#include "sim/world/platform.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/world/child.hpp"
#include "sim/world/settings.hpp"

namespace trapezoid::world {
namespace {

using std::chrono::milliseconds;

std::string mistakes_of(const PlatformSource& source, const std::vector<std::string>& hosts,
                        const std::vector<LinkChange>& changes = {}) {
  std::string lines = "\n";
  for (const std::string& mistake : find_platform_mistakes(source, changes, hosts))
    lines += mistake + '\n';
  return lines;
}

/// A platform file of the test's own, removed with it. Problems name it "p.xml".
class TemporaryFolder : public testing::Test {
 protected:
  void SetUp() override {
    char folder[] = "/tmp/trapezoid-platform-XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
    ASSERT_EQ(chdir(folder), 0);
  }
  void TearDown() override {
    unlink("p.xml");
    ASSERT_EQ(chdir("/"), 0);
    rmdir(folder_.c_str());
  }
  static std::string mistakes_in(const std::string& text) {
    std::ofstream("p.xml") << text;
    return mistakes_of(PlatformFile{"p.xml"}, {"alice", "bob"});
  }
  std::string folder_;
};
using PlatformFileCheck = TemporaryFolder;

std::string with_body(const std::string& body) {
  return "<?xml version='1.0'?>\n"
         "<!DOCTYPE platform SYSTEM \"https://simgrid.org/simgrid.dtd\">\n"
         "<platform version=\"4.1\">\n" +
         body + "</platform>\n";
}

TEST_F(PlatformFileCheck, SaysWhenThereIsNoFileOrNothingInIt) {
  EXPECT_EQ(mistakes_of(PlatformFile{"none.xml"}, {}), "\nnone.xml: there is no such file\n");
  EXPECT_EQ(mistakes_of(PlatformFile{"/tmp"}, {}), "\n/tmp: is a directory\n");
  EXPECT_EQ(mistakes_in(""), "\np.xml: is empty\n");
}

TEST_F(PlatformFileCheck, PassesOnWhatSimGridSaysOfABrokenFile) {
  const std::string mistakes = mistakes_in(with_body("<zone id=\"z\" routing=\"Full\">\n<hust/>"));
  EXPECT_EQ(mistakes.substr(0, 9), "\np.xml:5:") << mistakes;
  EXPECT_EQ(mistakes_in("{}").substr(0, 9), "\np.xml:1:") << mistakes_in("{}");
}

TEST_F(PlatformFileCheck, NamesHostsThatAreMissing) {
  EXPECT_EQ(mistakes_in(with_body("<zone id=\"z\" routing=\"Full\">\n"
                                  "<host id=\"alice\" speed=\"1Gf\"/>\n</zone>\n")),
            "\np.xml: there is no host \"bob\"\n");
}

TEST_F(PlatformFileCheck, NamesRoutesThatAreMissing) {
  for (const char* const routing : {"Full", "Floyd"}) {
    const std::string mistakes =
        mistakes_in(with_body(R"(<zone id="z" routing=")" + std::string(routing) +
                              "\">\n<host id=\"alice\" speed=\"1Gf\"/>\n"
                              "<host id=\"bob\" speed=\"1Gf\"/>\n</zone>\n"));
    EXPECT_NE(mistakes.find("oute"), std::string::npos) << mistakes;
  }
}

TEST(InlinePlatform, ReportsAllMistakesAtOnce) {
  const InlinePlatform platform{
      {"alice", "bob", "bob"},
      {{"l", "alice", "bab", milliseconds(1), 1}, {"l", "bob", "bob", milliseconds(-1), 0}}};
  EXPECT_EQ(mistakes_of(platform, {"carol"}, {{"m", milliseconds(1), {}}}), R"(
two hosts "bob"
link "l": there is no host "bab"; did you mean "bob"?
two links "l"
link "l" leads from a host to itself
link "l" has no bandwidth
link "l" has a negative latency
there is no link "m"
there is no host "carol"
)");
}

TEST(InlinePlatform, SaysWhichHostsCannotReachEachOther) {
  const InlinePlatform platform{{"alice", "bob", "carol"},
                                {{"l", "alice", "bob", milliseconds(1), 1}}};
  EXPECT_EQ(mistakes_of(platform, {"alice", "bob", "carol"}), R"(
no links lead from "alice" to "carol"
no links lead from "bob" to "carol"
)");
}

TEST(InlinePlatform, RoutesTakeTheFewestLinksAndOfThoseTheFirstInTheList) {
  const InlinePlatform platform{{"a", "b", "c", "d"},
                                {{"ac", "a", "c", milliseconds(9), 1},
                                 {"ab", "a", "b", milliseconds(1), 1},
                                 {"bd", "b", "d", milliseconds(1), 1},
                                 {"dc", "d", "c", milliseconds(1), 1}}};
  std::string route;
  const auto hops = find_inline_route(platform, "a", "d");
  ASSERT_TRUE(hops);
  for (const InlineHop& hop : *hops)
    route += platform.links[hop.link].name + (hop.is_forward ? " forward, " : " backward, ");
  EXPECT_EQ(route, "ac forward, dc backward, ");
  EXPECT_FALSE(find_inline_route({{"a", "b"}, {}}, "a", "b"));
}

TEST(Settings, OnlyThoseThatCannotChangeResultsMayBeGiven) {
  EXPECT_FALSE(find_setting_mistake("contexts/factory:thread"));
  EXPECT_FALSE(find_setting_mistake("contexts/stack-size:64"));
  EXPECT_EQ(find_setting_mistake("contexts/stack-size:64k"),
            "contexts/stack-size must be a number from 16 to 65536, not \"64k\"");
  EXPECT_EQ(find_setting_mistake("contexts/factor:raw"),
            "\"contexts/factor\" is not a setting that may be changed; did you mean "
            "contexts/factory?");
  EXPECT_EQ(find_setting_mistake("help"), "\"help\" has no colon: expected KEY:VALUE");
}

TEST(Child, ReturnsTheResultWholeHoweverLong) {
  const ChildOutcome outcome = run_in_child([] { return std::string(1'000'000, 'x'); });
  EXPECT_TRUE(outcome.has_ended_well);
  EXPECT_EQ(outcome.result, std::string(1'000'000, 'x'));
}

TEST(Child, TellsOfADeathAndItsLastWords) {
  const ChildOutcome outcome = run_in_child([]() -> std::string {
    if (write(STDERR_FILENO, "no more", 7) == 7) std::abort();
    return "";
  });
  EXPECT_FALSE(outcome.has_ended_well);
  EXPECT_EQ(outcome.said, "no more");
}

}  // namespace
}  // namespace trapezoid::world
