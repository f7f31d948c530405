// Any bytes: parsing must not crash, what it yields must be written and read back equal, and every
// accessor must be harmless. Run: parse_message CORPUS_FOLDER.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sim/sip/keys.hpp"
#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"

namespace {

namespace sip = trapezoid::sip;

void check(std::string_view bytes, sip::MessageBounds bounds) {
  const auto once = sip::parse_message(bytes, bounds);
  if (!once) return;
  const std::string written = sip::to_bytes(*once);
  const auto twice = sip::parse_message(written, bounds);
  if (!twice || sip::to_bytes(*twice) != written || !(*once == *twice)) std::abort();

  sip::Message edited = *once;
  if (auto* request = std::get_if<sip::Request>(&edited)) {
    (void)sip::server_transaction_key(*request);
    (void)sip::uas_dialog_key(*request);
    request->set_request_uri("sip:a");
  }
  std::visit(
      [](auto& message) {
        sip::Headers& headers = message.headers();
        for (std::size_t i = 0; i < sip::kHeaderIdCount - 1; ++i) {
          const auto id = static_cast<sip::HeaderId>(i);
          const std::size_t count = headers.count(id);
          headers.append_to_first(id, ";x");
          if (count > 1) headers.remove_value(id, count / 2);
          headers.remove_value(id, 0);
          headers.prepend_text(id, "x");
        }
        message.set_body("body", "text/plain");
      },
      edited);
  if (!sip::parse_message(sip::to_bytes(edited))) std::abort();
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(bytes, sip::MessageBounds::Datagram);
  check(bytes, sip::MessageBounds::Stream);
  return 0;
}
