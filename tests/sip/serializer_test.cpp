#include "sim/sip/serializer.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sim/sip/headers/decode_all.hpp"
#include "tests/sip/messages.hpp"

namespace trapezoid::sip {
namespace {

constexpr std::string_view kRequest = R"(INVITE sip:bob@biloxi.example.com SIP/2.0
Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK1
 ;received=192.0.2.1
v:SIP/2.0/UDP b.example.com , SIP/2.0/UDP c.example.com
X-Unknown  :   ;;,, "
Content-Length: 4

ab
)";

constexpr std::string_view kResponse = R"(SIP/2.0 200 OK
To: "A, \"B\"" <sip:b@c>;tag=1
CSeq: 1   INVITE
Contact: *
l: 0

)";

/// What a message written back must be: as it came, but without empty lines before it, without
/// bytes behind its body, and with the empty line that it may have lacked.
void expect_stable(std::string_view bytes) {
  const auto once = parse_message(bytes);
  if (!once) return;
  const std::string written = to_bytes(*once);
  const auto twice = parse_message(written);
  ASSERT_TRUE(twice) << to_string(twice.error()) << "\n" << written;
  EXPECT_EQ(to_bytes(*twice), written);
  EXPECT_TRUE(*once == *twice) << written;
}

void expect_stable_when_damaged(const std::string& bytes) {
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);  // its own memory, so that ASan sees its end
    expect_stable(cut);
  }
  std::string flipped = bytes;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const auto mask = static_cast<char>(1U << (bit % 8));
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ mask);
    expect_stable(flipped);
    flipped[bit / 8] = bytes[bit / 8];
  }
}

TEST(Serializer, WritesUntouchedMessagesAsTheyCame) {
  for (const std::string_view lines : {kRequest, kResponse}) {
    const auto message = parse_message(with_crlf(lines));
    EXPECT_EQ(without_cr(to_bytes(*message)), lines);
  }
}

TEST(Serializer, AddsToWhatIsThere) {
  std::string out = "before ";
  serialize(Response(180), out);
  EXPECT_EQ(out, "before SIP/2.0 180 Ringing\r\n\r\n");
}

TEST(Serializer, AddsTheEmptyLineThatWasMissing) {
  EXPECT_EQ(to_bytes(parsed_request("BYE sip:a SIP/2.0\nTo: b\n")),
            "BYE sip:a SIP/2.0\r\nTo: b\r\n\r\n");
}

TEST(Serializer, IsStableOnDamagedMessages) {
  expect_stable_when_damaged(with_crlf(kRequest));
  expect_stable_when_damaged(with_crlf(kResponse));
}

std::filesystem::path folder_of_rfc3665() {
  const char* const folder = std::getenv("TRAPEZOID_RFC3665");
  if (folder != nullptr) return folder;
  return std::filesystem::path(TRAPEZOID_SOURCE_DIR) / "../shared/rfc3665";
}

struct Printed {
  std::string name;  // "3.2 F1"
  std::string bytes;
};

/// The messages as the RFC prints them, lines ended by CRLF.
std::vector<Printed> read_rfc3665() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of_rfc3665()))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Printed> messages;
  for (const auto& file : files) {
    std::ifstream in(file);
    const auto flow = nlohmann::json::parse(in);
    for (const auto& message : flow["messages"])
      messages.push_back(
          {flow["section"].get<std::string>() + " " + message["id"].get<std::string>(),
           with_crlf(without_cr(message["raw"].get<std::string>()))});
  }
  return messages;
}

class Rfc3665 : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(folder_of_rfc3665()))
      GTEST_SKIP() << "no folder " << folder_of_rfc3665() << "; TRAPEZOID_RFC3665 names another";
    messages_ = read_rfc3665();
    ASSERT_EQ(messages_.size(), 193U);
  }

  std::vector<Printed> messages_;
};

TEST_F(Rfc3665, MessagesAreReadAndWrittenBackEqual) {
  std::string wrong;
  for (const Printed& printed : messages_) {
    const auto message = parse_message(printed.bytes);
    ASSERT_TRUE(message) << printed.name << ": " << to_string(message.error());
    EXPECT_EQ(to_bytes(*message), printed.bytes) << printed.name;
    const MessageBase& base = base_of(*message);
    for (const auto& error : {base.start_line_error(), base.header_error(), base.framing_error()})
      if (error) wrong += printed.name + ": " + to_string(*error) + "\n";
    for (MalformedValue& value : find_malformed_values(base.headers())) {
      value.error.offset += base.headers().offset_of(value.value).value_or(0);
      wrong += printed.name + ": " + to_string(value.error) + "\n";
    }
  }
  // What the RFC prints against its grammar. 3.10 F6 to F11 repeat F4.
  EXPECT_EQ(wrong, R"(2.1 F3: byte 410: credentials: expected COMMA or end of header field
2.2 F1: byte 406: message-qop: expected qop-value without quotes
3.10 F4: byte 372: message-header: expected field-name
3.10 F4: byte 370: rec-route: ends, expected LAQUOT
3.10 F6: byte 372: message-header: expected field-name
3.10 F6: byte 370: rec-route: ends, expected LAQUOT
3.10 F7: byte 372: message-header: expected field-name
3.10 F7: byte 370: rec-route: ends, expected LAQUOT
3.10 F8: byte 372: message-header: expected field-name
3.10 F8: byte 370: rec-route: ends, expected LAQUOT
3.10 F9: byte 372: message-header: expected field-name
3.10 F9: byte 370: rec-route: ends, expected LAQUOT
3.10 F10: byte 372: message-header: expected field-name
3.10 F10: byte 370: rec-route: ends, expected LAQUOT
3.10 F11: byte 372: message-header: expected field-name
3.10 F11: byte 370: rec-route: ends, expected LAQUOT
3.9 F6: byte 8: Status-Line: expected Status-Code
3.9 F8: byte 8: Status-Line: expected Status-Code
3.9 F10: byte 8: Status-Line: expected Status-Code
)");
}

TEST_F(Rfc3665, MessagesAreStableWhenDamaged) {
  // Debug builds with sanitizers look at every tenth message, others at all.
#ifdef NDEBUG
  constexpr std::size_t kStep = 1;
#else
  constexpr std::size_t kStep = 10;
#endif
  for (std::size_t i = 0; i < messages_.size(); i += kStep)
    expect_stable_when_damaged(messages_[i].bytes);
}

}  // namespace
}  // namespace trapezoid::sip
