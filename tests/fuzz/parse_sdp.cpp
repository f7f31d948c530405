// parse_sdp: what is accepted is written and read back the same, and an answer fits its offer.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "sim/sdp/offer_answer.hpp"
#include "sim/sdp/parser.hpp"

namespace {

using namespace trapezoid::sdp;

void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

Capabilities capabilities() {
  return {"bob",
          "192.0.2.201",
          "192.0.2.201",
          "-",
          {{"audio", 3456, "RTP/AVP", {{"0", "PCMU/8000", {}}, {"97", "iLBC/8000", {}}}, {}},
           {"video", 5000, "RTP/AVP", {{"31", {}, {}}}, Direction::RecvOnly}}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto session = parse_sdp(text);
  if (!session) {
    require(session.error().offset <= size, "the error is outside the text");
    return 0;
  }
  const auto again = parse_sdp(to_text(*session));
  require(again && *again == *session, "what was written is not read back");
  const auto answer = make_answer(*session, capabilities(), "1");
  if (answer) {
    require(!find_mismatch(*session, *answer), "the answer does not fit its offer");
    require(bool{parse_sdp(to_text(*answer))}, "the answer cannot be read");
  }
  return 0;
}
