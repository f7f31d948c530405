#include "tests/bench/bare_call.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

namespace trapezoid::bench {
namespace {

/// One message: who sends it, where, how long it is, and what it follows.
struct Step {
  std::uint8_t from;
  std::uint8_t to;
  std::uint16_t size_bytes;
  std::uint8_t after;  // the message whose arrival makes it; 0: the start of the call
  Duration delay;
};

constexpr Duration kNow{};
constexpr Duration kRing = std::chrono::seconds(2);
constexpr Duration kTalk = std::chrono::seconds(10);
// clang-format off
constexpr std::array<Step, 24> kSteps{{
    {0, 0, 0, 0, kNow},  // so that a message's number is its index
    {0, 1, 612, 0, kNow},  // F1 INVITE
    {1, 0, 490, 1, kNow},  // F2 407
    {0, 1, 374, 2, kNow},  // F3 ACK
    {0, 1, 884, 2, kNow},  // F4 INVITE
    {1, 2, 714, 4, kNow},  // F5 INVITE
    {1, 0, 304, 4, kNow},  // F6 100
    {2, 3, 862, 5, kNow},  // F7 INVITE
    {2, 1, 399, 5, kNow},  // F8 100
    {3, 2, 664, 7, kNow},  // F9 180
    {2, 1, 570, 9, kNow},  // F10 180
    {1, 0, 475, 10, kNow},  // F11 180
    {3, 2, 839, 7, kRing},  // F12 200
    {2, 1, 745, 12, kNow},  // F13 200
    {1, 0, 650, 13, kNow},  // F14 200
    {0, 1, 700, 14, kNow},  // F15 ACK
    {1, 2, 489, 15, kNow},  // F16 ACK
    {2, 3, 543, 16, kNow},  // F17 ACK
    {3, 2, 430, 17, kTalk},  // F18 BYE
    {2, 1, 491, 18, kNow},  // F19 BYE
    {1, 0, 545, 19, kNow},  // F20 BYE
    {0, 1, 500, 20, kNow},  // F21 200
    {1, 2, 405, 21, kNow},  // F22 200
    {2, 3, 311, 22, kNow},  // F23 200
}};
// clang-format on

/// What a message begins with, in place of SIP.
struct Head {
  std::uint64_t call = 0;
  std::uint8_t step = 0;
};

const char* const kNames[] = {"alice", "proxy1", "proxy2", "bob"};

TransportAddress address_of(std::uint8_t row) {
  std::string address = "192.0.2.";
  address += std::to_string(row + 1);
  return {address, 5060, Transport::Tcp};
}

}  // namespace

void BareElement::handle(element::Input input, Instant now) {
  if (const auto* const arrived = std::get_if<element::Arrived>(&input)) {
    on_message(arrived->bytes, now);
  } else if (std::holds_alternative<element::TimeReached>(input)) {
    fire(now);
  } else if (std::holds_alternative<element::Started>(input) && row_ == 0) {
    timers_.set({now, 0, nullptr}, kNow, {0, 1, 1, "call"});
  }
}

std::optional<element::Output> BareElement::poll() {
  if (outputs_.empty()) return std::nullopt;
  std::optional<element::Output> output = std::move(outputs_.front());
  outputs_.pop_front();
  return output;
}

/// Each write is a segment of its own and none is longer than a segment: a piece is a message.
void BareElement::on_message(std::string_view bytes, Instant now) {
  Head head;
  std::memcpy(&head, bytes.data(), sizeof head);
  if (bytes.size() != kSteps[head.step].size_bytes) std::abort();
  if (head.step + 1U == kSteps.size()) ++completed_;
  for (std::size_t i = head.step + std::size_t{1}; i < kSteps.size(); ++i) {
    if (kSteps[i].after != head.step) continue;
    const auto next = static_cast<std::uint8_t>(i);
    if (kSteps[i].delay == kNow)
      send(next, head.call);
    else
      timers_.set({now, 0, nullptr}, kSteps[i].delay, {0, next, head.call, "step"});
  }
}

void BareElement::fire(Instant now) {
  while (const auto due = timers_.pop_due(now)) {
    const std::uint64_t call = due->purpose.key;
    send(due->purpose.kind, call);
    if (due->purpose.kind == 1 && ++started_ < load_.calls)
      timers_.set({now, 0, nullptr}, load_.interval, {0, 1, call + 1, "call"});
  }
}

void BareElement::send(std::uint8_t step, std::uint64_t call) {
  const bool is_to_the_right = kSteps[step].to > row_;
  if (is_to_the_right && !is_connected_) {
    is_connected_ = true;
    TransportAddress local = address_of(row_);
    local.port = 0;
    outputs_.emplace_back(element::Open{1, local, address_of(static_cast<std::uint8_t>(row_ + 1))});
  }
  std::string bytes(kSteps[step].size_bytes, ' ');
  Head head;
  head.call = call;
  head.step = step;
  std::memcpy(bytes.data(), &head, sizeof head);
  outputs_.emplace_back(element::SendBytes{is_to_the_right ? 1 : kFirstAcceptedConnection,
                                           std::move(bytes), 0, false});
}

std::vector<world::ElementPlace> bare_elements(const Load& load) {
  std::vector<world::ElementPlace> places;
  for (std::uint8_t row = 0; row < 4; ++row)
    places.push_back(
        {kNames[row], kNames[row], {address_of(row)}, std::make_unique<BareElement>(row, load)});
  return places;
}

}  // namespace trapezoid::bench
