#include "sim/render/table.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace trapezoid::render {
namespace {

TEST(Milliseconds, AreRoundedToTheMicrosecond) {
  EXPECT_EQ(milliseconds(0), "0.000");
  EXPECT_EQ(milliseconds(30125499), "30.125");
  EXPECT_EQ(milliseconds(30125500), "30.126");
  EXPECT_EQ(milliseconds(-1499), "-0.001");
  EXPECT_EQ(milliseconds(-499), "0.000");
  EXPECT_EQ(milliseconds(std::numeric_limits<std::int64_t>::min()), "-9223372036854.776");
  EXPECT_EQ(milliseconds(std::nullopt), "-");
}

TEST(Table, AlignsItsColumnsAndEndsLinesWithoutBlanks) {
  Table table({Table::Align::Left, Table::Align::Right, Table::Align::Left});
  table.add({"a", "1", "x"});
  table.add({"Zoë", "100", ""});
  table.add({"bb", "20", "y"});
  EXPECT_EQ(table.text(1), R"( a      1  x
 Zoë  100
 bb    20  y
)");
}

TEST(Table, ShowsControlCharactersWithoutObeyingThem) {
  Table table({Table::Align::Left, Table::Align::Left});
  table.add({"\x1b[31m", "x"});
  table.add({"a", "y"});
  EXPECT_EQ(table.text(), "\\u001b[31m  x\na           y\n");
}

}  // namespace
}  // namespace trapezoid::render
