// GNU oSIP decodes all that it knows while parsing: its `locate` and `decode` are one.
#include <cstdlib>

#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>

#include "tests/bench/per_message.hpp"

namespace trapezoid::bench {
namespace {

osip_message_t* parse(const std::string& bytes) {
  osip_message_t* message = nullptr;
  osip_message_init(&message);
  osip_message_parse(message, bytes.data(), bytes.size());
  return message;
}

void decode(benchmark::State& state) {
  parser_init();
  for ([[maybe_unused]] auto _ : state)
    for (const std::string& bytes : flow_messages()) {
      osip_message_t* const message = parse(bytes);
      benchmark::DoNotOptimize(message);
      osip_message_free(message);
    }
  count_messages(state);
}

void serialize(benchmark::State& state) {
  parser_init();
  std::vector<osip_message_t*> messages;
  for (const std::string& bytes : flow_messages()) messages.push_back(parse(bytes));
  for ([[maybe_unused]] auto _ : state)
    for (osip_message_t* const message : messages) {
      char* text = nullptr;
      std::size_t size = 0;
      osip_message_force_update(message);
      osip_message_to_str(message, &text, &size);
      benchmark::DoNotOptimize(text);
      std::free(text);
    }
  for (osip_message_t* const message : messages) osip_message_free(message);
  count_messages(state);
}

BENCHMARK(decode)->Name("locate/osip");
BENCHMARK(decode)->Name("decode/osip");
BENCHMARK(serialize)->Name("serialize/osip");

}  // namespace
}  // namespace trapezoid::bench
