// Sofia-SIP decodes all that it knows while parsing: its `locate` and `decode` are one.
#include <sofia-sip/msg.h>
#include <sofia-sip/msg_parser.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/su_alloc.h>

#include "tests/bench/per_message.hpp"

namespace trapezoid::bench {
namespace {

msg_t* parse(const std::string& bytes) {
  return msg_make(sip_default_mclass(), 0, bytes.data(), static_cast<ssize_t>(bytes.size()));
}

void decode(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state)
    for (const std::string& bytes : flow_messages()) {
      msg_t* const message = parse(bytes);
      benchmark::DoNotOptimize(message);
      msg_destroy(message);
    }
  count_messages(state);
}

void serialize(benchmark::State& state) {
  std::vector<msg_t*> messages;
  for (const std::string& bytes : flow_messages()) messages.push_back(parse(bytes));
  for ([[maybe_unused]] auto _ : state)
    for (msg_t* const message : messages) {
      auto* const home = static_cast<su_home_t*>(su_home_new(sizeof(su_home_t)));
      std::size_t size = 0;
      char* const text = msg_as_string(home, message, nullptr, 0, &size);
      benchmark::DoNotOptimize(text);
      su_home_unref(home);
    }
  for (msg_t* const message : messages) msg_destroy(message);
  count_messages(state);
}

BENCHMARK(decode)->Name("locate/sofia");
BENCHMARK(decode)->Name("decode/sofia");
BENCHMARK(serialize)->Name("serialize/sofia");

}  // namespace
}  // namespace trapezoid::bench
