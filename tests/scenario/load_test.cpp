#include "sim/scenario/load.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace trapezoid::scenario {
namespace {

const std::filesystem::path kHere = std::filesystem::path(TRAPEZOID_SOURCE_DIR) / "tests/scenario";

std::string contents_of(const std::filesystem::path& path) {
  auto text = read_file(path.string());
  return text ? *text : "cannot read " + path.string();
}

std::string lines(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) text += to_string(problem) + '\n';
  return text;
}

std::string problems_of(std::string_view text, const std::vector<Override>& overrides = {}) {
  const Loaded scenario = parse_scenario(text, "s.json", overrides);
  return scenario ? "none\n" : lines(scenario.error());
}

std::string problems_in(const std::filesystem::path& path) {
  const Loaded scenario = load_scenario(path.string());
  return scenario ? "none\n" : lines(scenario.error());
}

/// A folder that is gone when the test is over.
class LoadScenario : public ::testing::Test {
 protected:
  LoadScenario() {
    char name[] = "/tmp/trapezoid-test-XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  ~LoadScenario() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view text) const {
    std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  /// Problems of a file, with the folder's name cut out.
  std::string problems_at(const std::string& path) const {
    std::string text = problems_in(path);
    const std::string prefix = folder_.string() + "/";
    for (std::size_t at = 0; (at = text.find(prefix, at)) != std::string::npos;)
      text.erase(at, prefix.size());
    return text;
  }

  std::filesystem::path folder_;
};

// Each file in broken/ and broken_references/ has its problems beside it, as the command prints
// them: every mistake of the file, with its line, column and pointer.
TEST(ParseScenario, BrokenScenariosReportEveryMistakeInItsPlace) {
  int count = 0;
  for (const char* const folder : {"broken", "broken_references"}) {
    for (const auto& entry : std::filesystem::directory_iterator(kHere / folder)) {
      if (entry.path().extension() != ".json") continue;
      ++count;
      auto expected = entry.path();
      expected.replace_extension(".txt");
      const Loaded scenario =
          parse_scenario(contents_of(entry.path()), entry.path().filename().string());
      EXPECT_EQ(scenario ? "none\n" : lines(scenario.error()), contents_of(expected))
          << entry.path();
    }
  }
  EXPECT_GE(count, 20);
}

TEST(ParseScenario, FillsInTheDefaultsOfASmallScenario) {
  const Loaded scenario = parse_scenario(contents_of(kHere / "small.json"), "small.json");
  ASSERT_TRUE(scenario) << lines(scenario.error());
  const Element& alice = scenario->elements[0];
  EXPECT_EQ(scenario->title, "small");
  EXPECT_EQ(alice.label, "alice");
  EXPECT_EQ(alice.sent_by, "192.0.2.1:5060");
  ASSERT_NE(alice.user_agent(), nullptr);
  EXPECT_EQ(alice.user_agent()->contact, "sip:alice@192.0.2.1:5060;transport=tcp");
  EXPECT_TRUE(alice.user_agent()->headers.allow);
  ASSERT_NE(scenario->elements[1].proxy(), nullptr);
  EXPECT_EQ(scenario->elements[1].proxy()->uri, "sip:192.0.2.2:5060;lr");
  EXPECT_EQ(scenario->timers.t1, std::chrono::milliseconds(500));
  EXPECT_EQ(scenario->network.links[0].latency, std::chrono::milliseconds(5));
  EXPECT_EQ(scenario->find_element("proxy"), &scenario->elements[1]);
  EXPECT_EQ(scenario->find_element("nobody"), nullptr);
}

TEST(ParseScenario, DigestChangesWithAValueAndNotWithWhiteSpace) {
  const std::string text = contents_of(kHere / "small.json");
  std::string spaced;
  for (const char c : text) {
    spaced += c;
    if (c == ',') spaced += "\n\n";
  }
  const Loaded first = parse_scenario(text, "s.json");
  const Loaded same = parse_scenario(spaced, "t.json");
  const Loaded other = parse_scenario(text, "s.json", {{"/seed", "2"}});
  ASSERT_TRUE(first && same && other);
  EXPECT_EQ(first->digest.size(), 64U);
  EXPECT_EQ(first->digest, same->digest);
  EXPECT_NE(first->digest, other->digest);
}

TEST(ParseScenario, ProblemsAreOneLineThatATerminalCanBeShown) {
  EXPECT_EQ(to_string({"s.json", 1, 2, "/\x1b[2J",
                       "the text \"a\nb\x7f\xc2\x9b"
                       "0m \xc3\xa9\""}),
            "s.json:1:2: /\\u001b[2J: the text \"a\\u000ab\\u007f\\u009b0m \xc3\xa9\"");
  EXPECT_EQ(to_string({"--set /\x1b[2J", 0, 0, "", "missing"}), "--set /\\u001b[2J: missing");
  const std::string cut = to_string({"s.json", 1, 2, "", std::string(1'000'000, 'x')});
  EXPECT_LT(cut.size(), 1100U);
  EXPECT_EQ(cut.substr(cut.size() - 4), "x...");
}

TEST(ParseScenario, JsonOfProblemsKeepsEverything) {
  EXPECT_EQ(to_json({{"s.json", 1, 2, "/a", "not \"\x1b\""}}),
            R"([{"file":"s.json","line":1,"column":2,"pointer":"/a","message":"not \"\u001b\""}])");
}

TEST(ParseScenario, TextThatIsNoJsonIsOneProblemInItsPlace) {
  EXPECT_EQ(problems_of(""), "s.json:1:1: the file is empty, expected a JSON object\n");
  EXPECT_EQ(problems_of(" \n "),
            "s.json:2:2: there is nothing but white space, expected a JSON object\n");
  EXPECT_EQ(problems_of("name: small"), "s.json:1:1: not JSON: found 'n', expected a value\n");
  EXPECT_EQ(problems_of("{\n  \"name\": \"x\"\n  \"seed\": 1\n}"),
            "s.json:3:3: not JSON: found '\"', expected ',' or '}'\n");
  EXPECT_EQ(problems_of("{\"seed\": 01}"),
            "s.json:1:11: /seed: not JSON: found '1', expected no digit after a leading zero\n");
  EXPECT_EQ(problems_of("{\"seed\": NaN}"),
            "s.json:1:10: /seed: not JSON: found 'N', expected a value\n");
  EXPECT_EQ(problems_of("{\"stop_at_s\": 1e999}"),
            "s.json:1:15: /stop_at_s: the number is too large\n");
  EXPECT_EQ(problems_of("{} x"), "s.json:1:4: not JSON: found 'x', expected the end of the text\n");
  EXPECT_EQ(problems_of(std::string("{\"a\": \"\0\"}", 10)),
            "s.json:1:8: /a: not JSON: the control character 0x00 inside a string, expected "
            "an escape such as \\n\n");
}

TEST(ParseScenario, TenThousandLevelsAreOneProblem) {
  EXPECT_EQ(problems_of(std::string(10000, '[')).find("nested deeper than 100 levels\n"),
            std::string("s.json:1:101: ").size() + std::string("/0").size() * 100 + 2);
  std::string objects;
  for (int i = 0; i < 10000; ++i) objects += "{\"a\":";
  EXPECT_THAT(problems_of(objects), ::testing::HasSubstr("nested deeper than 100 levels\n"));
}

// A bad byte hides no other mistake, and columns still count characters.
TEST(ParseScenario, BadUtf8IsReportedBesideTheOtherMistakes) {
  std::string text = contents_of(kHere / "small.json");
  text.replace(text.find("\"small\""), 7, "\"\xc3\xa9\xff\", \"sede\": 1");
  EXPECT_EQ(
      problems_of(text),
      R"(s.json:2:11: /name: expected a name: letters, digits, ".", "_" and "-", not first a ".", not "é?"
s.json:2:13: the byte 0xff is not UTF-8, expected UTF-8 text
s.json:2:17: /sede: unknown key, did you mean "seed"?
)");
}

TEST(ParseScenario, OverridesAreToBlameForWhatTheyBreak) {
  const std::string text = contents_of(kHere / "small.json");
  EXPECT_EQ(problems_of(text, {{"/actions/0/at_s", "-1"}, {"/elements/0/user", "{}"}}),
            "--set /elements/0/user: /elements/0/user/address_of_record: missing\n"
            "--set /actions/0/at_s: expected a number of seconds from 0 to 100000000, not -1\n");
}

TEST_F(LoadScenario, FilesThatCannotBeReadSayWhy) {
  EXPECT_EQ(problems_at(folder_ / "nowhere.json"),
            "nowhere.json:1:1: cannot read \"nowhere.json\": No such file or directory\n");
  std::filesystem::create_directory(folder_ / "folder");
  EXPECT_EQ(problems_at(folder_ / "folder"),
            "folder:1:1: \"folder\" is a directory, expected a file\n");
  EXPECT_EQ(problems_at(write("empty.json", "")),
            "empty.json:1:1: the file is empty, expected a JSON object\n");
}

TEST_F(LoadScenario, NoPermissionIsSaidSo) {
  const std::string path = write("secret.json", "{}");
  ::chmod(path.c_str(), 0);
  const bool is_root = ::geteuid() == 0;  // root may read everything
  if (is_root) {
    ASSERT_EQ(::seteuid(65534), 0);
  }
  const std::string problems = problems_at(path);
  if (is_root) {
    ASSERT_EQ(::seteuid(0), 0);
  }
  EXPECT_EQ(problems, "secret.json:1:1: cannot read \"secret.json\": Permission denied\n");
}

TEST_F(LoadScenario, HostsAndLinksMustBeInThePlatform) {
  write("p.xml", R"(<?xml version='1.0'?>
<!-- <host id="hidden"/> -->
<platform version="4.1"><zone id="z" routing="Full">
  <host id="a" speed="1Gf"/> <host speed="1Gf" id='b'/>
  <link id="ab" bandwidth="1MBps" latency="5ms"/>
</zone></platform>)");
  std::string text = contents_of(kHere / "small.json");
  const std::size_t start = text.find("\"hosts\"");
  const std::size_t end = text.find("\"names\"");
  text.replace(start, end - start, R"("platform": "p.xml",
    "link_overrides": [{ "name": "ba", "latency_ms": 1 }] },
  )");
  text.replace(text.find(R"("host": "b")"), 11, R"("host": "hidden")");
  EXPECT_EQ(
      problems_at(write("s.json", text)),
      R"(s.json:5:34: /network/link_overrides/0/name: there is no link "ba", expected one of ab
s.json:24:15: /elements/1/host: there is no host "hidden", expected one of a, b
)");
}

TEST_F(LoadScenario, ThePlatformMustBeAPlatform) {
  std::string text = contents_of(kHere / "small.json");
  const std::size_t start = text.find("\"hosts\"");
  const std::size_t end = text.find("\"names\"");
  text.replace(start, end - start, "\"platform\": \"p.xml\" },\n  ");
  EXPECT_EQ(problems_at(write("s.json", text)),
            "s.json:4:17: /network/platform: cannot read \"p.xml\": No such file or directory\n");
  write("p.xml", "hello");
  EXPECT_EQ(problems_at(folder_ / "s.json"),
            "s.json:4:17: /network/platform: p.xml: expected a SimGrid platform, with a <platform> "
            "element\n");
}

}  // namespace
}  // namespace trapezoid::scenario
