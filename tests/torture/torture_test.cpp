// Messages that are hard to read or hard to believe: what each is worth, and what it is answered.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sim/sip/headers/decode_all.hpp"
#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"
#include "sim/sip/validate.hpp"

namespace trapezoid::sip {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Role = ValidationOptions::Role;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// An element that supports the six methods of RFC 3261, session descriptions and no extension.
ValidationOptions an_element(Role role) {
  ValidationOptions options;
  options.role = role;
  options.methods = {"INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER"};
  options.body_types = {"application/sdp"};
  return options;
}

/// "accept", the status code of the answer, or "drop"; the reason of the first defect beside it.
struct Outcome {
  std::string verdict;
  std::string text;
};

Outcome judge(std::string_view bytes, Role role) {
  const auto message = parse_message(bytes);
  if (!message) return {"drop", to_string(message.error())};
  const auto defects = std::visit(
      [role](const auto& either) { return validate(either, an_element(role)); }, *message);
  if (defects.empty()) return {"accept", ""};
  const int code = defects.front().response;
  return {code == 0 ? "drop" : std::to_string(code), defects.front().text};
}

/// Everything that reads messages reads this one; that it comes back at all is the test.
void exercise(std::string_view bytes) {
  for (const auto bounds : {MessageBounds::Datagram, MessageBounds::Stream}) {
    const auto message = parse_message(bytes, bounds);
    if (!message) {
      ASSERT_LE(message.error().offset, bytes.size());
      continue;
    }
    std::size_t malformed = 0;
    std::string written;
    decode_all(headers_of(*message), [&](std::string_view value, const auto& decoded) {
      if (decoded) {
        decoded->write(written);
      } else {
        ++malformed;
        ASSERT_LE(decoded.error().offset, value.size());
      }
    });
    ASSERT_LE(malformed, bytes.size());
    for (const Role role : {Role::Uas, Role::Proxy}) {
      const auto defects = std::visit(
          [role](const auto& either) { return validate(either, an_element(role)); }, *message);
      for (const Defect& defect : defects)
        ASSERT_LE(defect.error ? defect.error->offset : 0, bytes.size()) << defect.text;
    }
    std::visit([&written](const auto& either) { serialize(either, written); }, *message);
  }
}

void exercise_truncations_and_bit_flips(std::string bytes) {
  for (std::size_t size = 0; size < bytes.size(); ++size)
    exercise(std::string_view(bytes).substr(0, size));
  for (char& byte : bytes) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      const char original = byte;
      byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << bit));
      exercise(bytes);
      byte = original;
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

// --- our own messages ------------------------------------------------------------------------

const fs::path kOwnFolder = fs::path(TRAPEZOID_SOURCE_DIR) / "tests" / "torture";

class OwnMessage : public testing::TestWithParam<Json> {};

TEST_P(OwnMessage, GetsTheVerdictOfItsRow) {
  const Json& row = GetParam();
  const std::string bytes = read_file(kOwnFolder / row.at("file").get<std::string>());
  ASSERT_FALSE(bytes.empty());
  for (const auto& [name, role] : {std::pair("uas", Role::Uas), std::pair("proxy", Role::Proxy)}) {
    const Outcome outcome = judge(bytes, role);
    EXPECT_EQ(outcome.verdict, row.at(name).get<std::string>()) << name << ": " << outcome.text;
    if (row.contains("text") && outcome.verdict != "accept") {
      EXPECT_EQ(outcome.text, row.at("text").get<std::string>()) << name;
    }
  }
}

TEST_P(OwnMessage, SurvivesEveryTruncationAndBitFlip) {
  exercise_truncations_and_bit_flips(
      read_file(kOwnFolder / GetParam().at("file").get<std::string>()));
}

std::vector<Json> own_rows() {
  return Json::parse(read_file(kOwnFolder / "expected.json")).get<std::vector<Json>>();
}

/// "bad_version.dat" names its tests `bad_version`.
std::string name_of(const testing::TestParamInfo<Json>& info) {
  return fs::path(info.param.at("file").get<std::string>()).stem().string();
}

INSTANTIATE_TEST_SUITE_P(Torture, OwnMessage, testing::ValuesIn(own_rows()), name_of);

TEST(OwnMessages, EachFileHasARow) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(kOwnFolder))
    if (entry.path().extension() == ".dat") files.push_back(entry.path().filename().string());
  std::sort(files.begin(), files.end());
  std::vector<std::string> rows;
  for (const Json& row : own_rows()) rows.push_back(row.at("file"));
  std::sort(rows.begin(), rows.end());
  EXPECT_EQ(files, rows);
}

// --- the messages of RFC 4475 and RFC 5118, where somebody has put them -----------------------

/// What of an expectation lies outside a check of one message, and as whom the message is checked.
struct Reading {
  std::string_view name;
  Role role;
  std::string_view why;
};
constexpr Reading kReadings[] = {
    {"mpart01", Role::Proxy, "a user agent may know no multipart and answer 415"},
    {"bcast", Role::Proxy, "a user agent discards a response with two Via values"},
    {"zeromf", Role::Proxy, "only a proxy minds a Max-Forwards of 0"},
};

Role role_for(std::string_view name) {
  for (const Reading& reading : kReadings)
    if (reading.name == name) return reading.role;
  return Role::Uas;
}

class StandardMessages : public testing::Test {
 protected:
  void SetUp() override {
    const char* const folder = std::getenv("TRAPEZOID_TORTURE");
    folder_ =
        folder != nullptr ? fs::path(folder) : fs::path(TRAPEZOID_SOURCE_DIR) / "../shared/torture";
    if (!fs::exists(folder_ / "index.json"))
      GTEST_SKIP() << "no index.json in " << folder_ << "; set TRAPEZOID_TORTURE";
    rows_ = Json::parse(read_file(folder_ / "index.json"));
  }
  std::string read(const std::string& file) const { return read_file(folder_ / file); }

  fs::path folder_;
  Json rows_;
};

/// The verdicts that a row allows, in words of `judge`.
std::vector<std::string> allowed_verdicts(const Json& row) {
  std::vector<std::string> allowed;
  const std::string parser = row.at("parser");
  const Json& responses = row.at("responses");
  for (const int code : responses) {
    // A 2xx, 401 or 404 is what an element answers once the message has passed.
    const bool is_later = code < 400 || code == 401 || code == 404;
    allowed.push_back(is_later ? "accept" : std::to_string(code));
  }
  if (responses.empty()) allowed.emplace_back(parser == "accept" ? "accept" : "drop");
  if (parser == "either") allowed.emplace_back("accept");
  // The archive's wrong Content-Length; the corrected file beside it is judged too.
  if (row.contains("content_length_defect")) allowed.emplace_back("400");
  return allowed;
}

TEST_F(StandardMessages, GetTheVerdictOfTheirIndex) {
  std::size_t count = 0;
  for (const Json& row : rows_) {
    const std::string name = row.at("name");
    const auto allowed = allowed_verdicts(row);
    const Outcome outcome = judge(read(row.at("file")), role_for(name));
    EXPECT_NE(std::find(allowed.begin(), allowed.end(), outcome.verdict), allowed.end())
        << name << ": " << outcome.verdict << " " << outcome.text;
    if (row.contains("fixed_file")) {
      EXPECT_EQ(judge(read(row.at("fixed_file")), Role::Uas).verdict, "accept") << name;
    }
    ++count;
  }
  EXPECT_EQ(count, 61U);
}

TEST_F(StandardMessages, SurviveEveryTruncationAndBitFlip) {
  for (const Json& row : rows_) {
    SCOPED_TRACE(row.at("name").get<std::string>());
    exercise_truncations_and_bit_flips(read(row.at("file")));
    if (HasFatalFailure()) return;
  }
}

// RFC 4475 §3.3.5: the tags of Require belong to the UAS, those of Proxy-Require to the proxy.
TEST_F(StandardMessages, ListTheExtensionsThatNobodySupports) {
  const auto message = parse_message(read("bext01.dat"));
  ASSERT_TRUE(message);
  const auto& request = std::get<Request>(*message);
  EXPECT_EQ(validate(request, an_element(Role::Uas)).front().unsupported,
            (std::vector<std::string>{"nothingSupportsThis", "nothingSupportsThisEither"}));
  EXPECT_EQ(validate(request, an_element(Role::Proxy)).front().unsupported,
            (std::vector<std::string>{"noProxiesSupportThis", "norDoAnyProxiesSupportThis"}));
}

}  // namespace
}  // namespace trapezoid::sip
