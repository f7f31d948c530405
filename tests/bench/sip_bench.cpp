// Each benchmark goes through the 23 messages; `per_message` is what counts. The rows of other
// libraries (osip_bench.cpp, sofia_bench.cpp, libre_bench.cpp) are named after ours.
#include <benchmark/benchmark.h>

#include "sim/sip/headers/decode_all.hpp"
#include "sim/sip/headers/max_forwards.hpp"
#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"
#include "tests/bench/flow_messages.hpp"
#include "tests/bench/per_message.hpp"

namespace trapezoid::bench {
namespace {

void locate(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state)
    for (const std::string& bytes : flow_messages()) {
      auto message = sip::parse_message(bytes);
      benchmark::DoNotOptimize(message);
    }
  count_messages(state);
}

void decode(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state)
    for (const std::string& bytes : flow_messages()) {
      const auto message = sip::parse_message(bytes);
      if (const auto* request = std::get_if<sip::Request>(&*message)) {
        auto uri = request->request_uri();
        benchmark::DoNotOptimize(uri);
      }
      sip::decode_all(sip::headers_of(*message),
                      [](const auto&... value) { (benchmark::DoNotOptimize(value), ...); });
    }
  count_messages(state);
}

std::vector<sip::Message> parsed() {
  std::vector<sip::Message> messages;
  for (const std::string& bytes : flow_messages())
    messages.push_back(sip::parse_message(bytes).value());
  return messages;
}

void serialize(benchmark::State& state) {
  const auto messages = parsed();
  for ([[maybe_unused]] auto _ : state)
    for (const sip::Message& message : messages) {
      std::string bytes = sip::to_bytes(message);
      benchmark::DoNotOptimize(bytes);
    }
  count_messages(state);
}

// What a proxy does to a message: a copy, a Via on top, one hop less, bytes.
void edit_and_serialize(benchmark::State& state) {
  const auto messages = parsed();
  for ([[maybe_unused]] auto _ : state)
    for (const sip::Message& message : messages) {
      sip::Message copy = message;
      std::visit(
          [](auto& each) {
            each.headers().prepend_text(sip::HeaderId::Via,
                                        "SIP/2.0/TCP ss3.example.com:5060;branch=z9hG4bK11.1");
            each.headers().set_text(sip::HeaderId::MaxForwards, "69");
          },
          copy);
      std::string bytes = sip::to_bytes(copy);
      benchmark::DoNotOptimize(bytes);
    }
  count_messages(state);
}

BENCHMARK(locate)->Name("locate/trapezoid");
BENCHMARK(decode)->Name("decode/trapezoid");
BENCHMARK(serialize)->Name("serialize/trapezoid");
BENCHMARK(edit_and_serialize)->Name("edit_and_serialize/trapezoid");

}  // namespace
}  // namespace trapezoid::bench
