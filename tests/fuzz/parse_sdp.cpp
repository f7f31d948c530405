// parse_sdp: what is accepted is written and read back the same, and an answer fits its offer.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "sim/sdp/offer_answer.hpp"
#include "sim/sdp/parser.hpp"

namespace {

namespace sdp = trapezoid::sdp;

void require(bool condition, const char* what) {
  if (condition) return;
  static_cast<void>(std::fprintf(stderr, "%s\n", what));
  std::abort();
}

sdp::Capabilities capabilities() {
  return {"bob",
          "192.0.2.201",
          "192.0.2.201",
          "-",
          {{"audio", 3456, "RTP/AVP", {{"0", "PCMU/8000", {}}, {"97", "iLBC/8000", {}}}, {}},
           {"video", 5000, "RTP/AVP", {{"31", {}, {}}}, sdp::Direction::RecvOnly}}};
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto session = sdp::parse_sdp(text);
  if (!session) {
    require(session.error().offset <= size, "the error is outside the text");
    return 0;
  }
  const auto again = sdp::parse_sdp(sdp::to_text(*session));
  require(again && *again == *session, "what was written is not read back");
  const auto answer = sdp::make_answer(*session, capabilities(), "1");
  if (answer) {
    require(!sdp::find_mismatch(*session, *answer), "the answer does not fit its offer");
    require(bool{sdp::parse_sdp(sdp::to_text(*answer))}, "the answer cannot be read");
  }
  return 0;
}
