#include "sim/scenario/overrides.hpp"

#include <gtest/gtest.h>

namespace trapezoid::scenario {
namespace {

/// The document after the overrides, or why they cannot be placed.
std::string after(const std::vector<std::string>& texts) {
  Json document = Json::parse(R"({"a": {"b/c": 1, "list": [1, 2]}, "name": "x"})");
  std::vector<Override> overrides;
  for (const std::string& text : texts) {
    auto parsed = parse_override(text);
    if (!parsed) return parsed.error();
    overrides.push_back(std::move(*parsed));
  }
  std::vector<Problem> problems;
  apply_overrides(document, overrides, problems);
  std::string log;
  for (const Problem& problem : problems) log += to_string(problem) + "\n";
  return log.empty() ? document.dump() : log;
}

TEST(Overrides, ReplaceWhatIsThere) {
  EXPECT_EQ(after({"/a/b~1c=2", "/a/list/1=[3]"}), R"({"a":{"b/c":2,"list":[1,[3]]},"name":"x"})");
}

TEST(Overrides, AddMembersAndEntries) {
  EXPECT_EQ(after({"/a/new=true", "/a/list/-=4", "/a/list/3=5"}),
            R"({"a":{"b/c":1,"list":[1,2,4,5],"new":true},"name":"x"})");
}

TEST(Overrides, ValuesThatAreNoJsonAreText) {
  EXPECT_EQ(after({"/name=sip:bob@b=c"}), R"({"a":{"b/c":1,"list":[1,2]},"name":"sip:bob@b=c"})");
  EXPECT_EQ(after({"/name=\"3.2\""}), R"({"a":{"b/c":1,"list":[1,2]},"name":"3.2"})");
  EXPECT_EQ(after({"/name="}), R"({"a":{"b/c":1,"list":[1,2]},"name":""})");
  EXPECT_EQ(after({"/name={\"a\":1,}"}), R"({"a":{"b/c":1,"list":[1,2]},"name":"{\"a\":1,}"})");
}

TEST(Overrides, SayWhatIsWrongWithThem) {
  EXPECT_EQ(after({"name"}), "expected /json/pointer=value, not \"name\"");
  EXPECT_EQ(after({"name=1"}), "expected a JSON pointer that starts with \"/\", not \"name\"");
  EXPECT_EQ(after({"=1"}), "expected a JSON pointer that starts with \"/\", not \"\"");
  EXPECT_EQ(after({"/a/lsit/0=1", "/a/list/3=1", "/a/list/01=1", "/name/x=1", "/a~2=1"}),
            "--set /a/lsit/0: in /a: there is no \"lsit\", did you mean \"list\"?\n"
            "--set /a/list/3: in /a/list: the array has 2 entries, expected an index from 0 to 2, "
            "not \"3\"\n"
            "--set /a/list/01: in /a/list: the array has 2 entries, expected an index from 0 to 2, "
            "not \"01\"\n"
            "--set /name/x: in /name: what is there is no object or array\n"
            "--set /a~2: \"~\" must be followed by 0 or 1 in a JSON pointer\n");
}

}  // namespace
}  // namespace trapezoid::scenario
