// libre locates all fields and decodes the first Via, To, From, CSeq and a few more while parsing;
// `decode` adds the other Vias and addresses. It writes a message with formatted printing.
#include <cstdarg>
#include <cstdint>
#include <cstdio>

#include <sys/types.h>

#include "tests/bench/per_message.hpp"

extern "C" {
#include <re.h>
}

namespace trapezoid::bench {
namespace {

mbuf* buffer(const std::string& bytes) {
  mbuf* const buffer = mbuf_alloc(bytes.size());
  mbuf_write_mem(buffer, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  mbuf_set_pos(buffer, 0);
  return buffer;
}

sip_msg* parse(const std::string& bytes) {
  mbuf* const text = buffer(bytes);
  sip_msg* message = nullptr;
  sip_msg_decode(&message, text);
  mem_deref(text);
  return message;
}

void decode_header(const sip_hdr& header) {
  switch (header.id) {
    case SIP_HDR_VIA: {
      sip_via via{};
      sip_via_decode(&via, &header.val);
      benchmark::DoNotOptimize(via);
      break;
    }
    case SIP_HDR_CONTACT:
    case SIP_HDR_ROUTE:
    case SIP_HDR_RECORD_ROUTE: {
      sip_addr address{};
      sip_addr_decode(&address, &header.val);
      benchmark::DoNotOptimize(address);
      break;
    }
    case SIP_HDR_PROXY_AUTHENTICATE: {
      httpauth_digest_chall challenge{};
      httpauth_digest_challenge_decode(&challenge, &header.val);
      benchmark::DoNotOptimize(challenge);
      break;
    }
    case SIP_HDR_PROXY_AUTHORIZATION: {
      httpauth_digest_resp credentials{};
      httpauth_digest_response_decode(&credentials, &header.val);
      benchmark::DoNotOptimize(credentials);
      break;
    }
    default: break;
  }
}

void locate(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state)
    for (const std::string& bytes : flow_messages()) {
      sip_msg* const message = parse(bytes);
      benchmark::DoNotOptimize(message);
      mem_deref(message);
    }
  count_messages(state);
}

void decode(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state)
    for (const std::string& bytes : flow_messages()) {
      sip_msg* const message = parse(bytes);
      for (le* each = message->hdrl.head; each != nullptr; each = each->next)
        decode_header(*static_cast<const sip_hdr*>(each->data));
      mem_deref(message);
    }
  count_messages(state);
}

void serialize(benchmark::State& state) {
  std::vector<sip_msg*> messages;
  for (const std::string& bytes : flow_messages()) messages.push_back(parse(bytes));
  for ([[maybe_unused]] auto _ : state)
    for (const sip_msg* const message : messages) {
      mbuf* const out = mbuf_alloc(1024);
      if (message->req)
        mbuf_printf(out, "%r %r SIP/2.0\r\n", &message->met, &message->ruri);
      else
        mbuf_printf(out, "SIP/2.0 %u %r\r\n", message->scode, &message->reason);
      for (const le* each = message->hdrl.head; each != nullptr; each = each->next) {
        const auto* const header = static_cast<const sip_hdr*>(each->data);
        mbuf_printf(out, "%r: %r\r\n", &header->name, &header->val);
      }
      mbuf_write_str(out, "\r\n");
      mbuf_write_mem(out, mbuf_buf(message->mb), mbuf_get_left(message->mb));
      benchmark::DoNotOptimize(out);
      mem_deref(out);
    }
  for (sip_msg* const message : messages) mem_deref(message);
  count_messages(state);
}

BENCHMARK(locate)->Name("locate/libre");
BENCHMARK(decode)->Name("decode/libre");
BENCHMARK(serialize)->Name("serialize/libre");

}  // namespace
}  // namespace trapezoid::bench
