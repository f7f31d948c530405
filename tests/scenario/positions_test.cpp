#include "sim/scenario/positions.hpp"

#include <gtest/gtest.h>

namespace trapezoid::scenario {
namespace {

/// Every value's pointer with its place, one a line.
std::string places(std::string_view text) {
  const Scan scan = scan_json(text, 100);
  std::string log;
  for (const auto& [pointer, offset] : scan.values) {
    const Place place = place_of(text, offset);
    log += std::to_string(place.line) + ":" + std::to_string(place.column) + " " + pointer + "\n";
  }
  for (const ScanProblem& problem : scan.problems)
    log += std::to_string(problem.offset) + " " + problem.pointer + " " + problem.message + "\n";
  return log;
}

TEST(ScanJson, FindsThePlaceOfEveryValue) {
  EXPECT_EQ(places("{ \"a\": 1,\n  \"b\": [true,\n null, {\"c/d~\": -1.5e+3}] }"), R"(1:1 
1:8 /a
2:8 /b
2:9 /b/0
3:2 /b/1
3:8 /b/2
3:17 /b/2/c~1d~0
)");
}

TEST(ScanJson, ColumnsCountCharacters) {
  EXPECT_EQ(places("{\"\xc3\xa9\xe2\x82\xac\": 1}"), "1:1 \n1:8 /\xc3\xa9\xe2\x82\xac\n");
}

TEST(ScanJson, NamesKeysThatStandTwiceHoweverTheyAreWritten) {
  EXPECT_EQ(places("{\"a\": 1, \"\\u0061\": 2}"),
            "1:1 \n1:7 /a\n9 /a the key \"a\" stands twice\n");
}

TEST(ScanJson, RefusesWhatJsonDoesNotAllow) {
  for (const char* const text : {"{\"a\":1,}",
                                 "[1,]",
                                 "[1 2]",
                                 "{\"a\" 1}",
                                 "{a:1}",
                                 "[.5]",
                                 "[5.]",
                                 "[+1]",
                                 "[1e]",
                                 "['a']",
                                 "[\"a]",
                                 R"(["\x"])",
                                 R"(["\u12g4"])",
                                 R"(["\ud800"])",
                                 R"(["\udc00\ud800"])",
                                 "[tru]",
                                 "{",
                                 "[",
                                 "// x\n{}",
                                 "[\"\t\"]",
                                 "{}{}",
                                 "-"})
    EXPECT_FALSE(scan_json(text, 100).is_json) << text;
}

TEST(ScanJson, AcceptsWhatJsonAllows) {
  for (const char* const text :
       {"{}", "[]", " [1, -0, 0.5, 1E-7] ", R"("\ud83d\ude00 \u00e9 \/ \\")", "null",
        "\xef\xbb\xbf{}", R"({"": {"": []}})"})
    EXPECT_TRUE(scan_json(text, 100).is_json) << text;
}

TEST(ScanJson, StopsAtTheDepthThatItIsGiven) {
  EXPECT_TRUE(scan_json("[[[]]]", 3).is_json);
  EXPECT_FALSE(scan_json("[[[[]]]]", 3).is_json);
}

TEST(ScanJson, MissingPointersLeadToWhatContainsThem) {
  const Scan scan = scan_json(R"({"a": {"b": 1}})", 100);
  EXPECT_EQ(scan.offset_of("/a/c/d"), 6U);
  EXPECT_EQ(scan.offset_of("/x"), 0U);
  EXPECT_EQ(scan.key_offset_of("/a/b"), 7U);
}

}  // namespace
}  // namespace trapezoid::scenario
