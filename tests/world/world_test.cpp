#include "sim/world/world.hpp"

#include <gtest/gtest.h>

#include "sim/world/child.hpp"
#include "tests/world/harness.hpp"

namespace trapezoid::world {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kHundredMbps = 100'000'000;

/// alice - proxy1 - bob: 10 ms and 5 ms.
InlinePlatform three_hosts() {
  return {{"alice", "proxy1", "bob"},
          {{"west", "alice", "proxy1", milliseconds(10), kHundredMbps},
           {"east", "proxy1", "bob", milliseconds(5), kHundredMbps}}};
}

/// Records what an observer is told, a line each.
class Log : public WorldObserver {
 public:
  explicit Log(std::string& log) : log_(&log) {}

  void on_notice(ElementIndex element, Notice notice) override {
    add(notice.at, fmt::format("  notice of {}: {}", element, notice.text));
  }
  net::MessageTag on_message_sent(const SentMessage& message) override {
    ++sent_;
    add(message.at, fmt::format("  #{}: {} sends {} bytes, cause {}", sent_, message.from,
                                message.bytes.size(), message.cause));
    return sent_;
  }
  void on_close_asked(ElementIndex /*element*/, ConnectionId /*connection*/, EventId /*cause*/,
                      Instant /*at*/) override {}
  void on_first_byte_sent(net::MessageTag tag, Instant at) override {
    add(at, fmt::format("  #{} leaves", tag));
  }
  void on_received(net::MessageTag tag, net::EndpointIndex endpoint, ConnectionId /*connection*/,
                   Instant at) override {
    add(at, fmt::format("  #{} received by {}", tag, endpoint));
  }
  void on_lost(net::MessageTag tag, Instant at) override {
    add(at, fmt::format("  #{} lost", tag));
  }
  void on_connection(const net::ConnectionEvent& /*event*/) override {}

 private:
  void add(Instant at, const std::string& line) {
    *log_ += fmt::format("{:9}  {}\n", to_ns(at), line);
  }
  std::string* log_;
  net::MessageTag sent_ = 0;
};

std::vector<ElementPlace> alice_and_echoing_bob(std::string& log) {
  auto alice = std::make_unique<ScriptedElement>("alice", log);
  alice->send_at(from_ns(1'000'000), address_of(1, Transport::Tcp, 0), address_of(3), 500);
  alice->send_at(from_ns(200'000'000), address_of(1, Transport::Udp), address_of(3, Transport::Udp),
                 100);
  auto bob = std::make_unique<ScriptedElement>("bob", log);
  bob->echo();
  std::vector<ElementPlace> places;
  places.push_back(
      {"alice", "alice", {address_of(1), address_of(1, Transport::Udp)}, std::move(alice)});
  places.push_back({"bob", "bob", {address_of(3), address_of(3, Transport::Udp)}, std::move(bob)});
  return places;
}

std::string run_echo(const WorldOptions& options, const PlatformSource& platform = three_hosts()) {
  std::string log = "\n";
  Log observer(log);
  auto world = World::create(platform, alice_and_echoing_bob(log), options, &observer);
  if (!world) return world.error().front();
  const WorldOutcome outcome = (*world)->run();
  log +=
      fmt::format("{:9}  {}\n", to_ns(outcome.ended_at), outcome.is_stopped ? "stopped" : "over");
  return log;
}

// The route is two links: 15 ms and twice 43,200 ns for 540 bytes, 3200 ns for 40.
constexpr const char* kEcho = R"(
        0  alice starts
        0  bob starts
  1000000  alice acts
  1000000    #1: 0 sends 500 bytes, cause 3
 31012800    #1 leaves
 31012800  alice connected with 192.0.2.3
 46099200    #1 received by 1
 46099200  bob connected with 192.0.2.1
 46099200  bob gets 500 bytes
 46099200    #2: 1 sends 500 bytes, cause 7
 46099200    #2 leaves
 61185600    #2 received by 0
 61185600  alice gets 500 bytes
200000000  alice acts
200000000    #3: 0 sends 100 bytes, cause 3
200000000    #3 leaves
215020480    #3 received by 1
215020480  bob gets a datagram of 100
215020480    #4: 1 sends 100 bytes, cause 7
215020480    #4 leaves
230040960    #4 received by 0
230040960  alice gets a datagram of 100
230040960  over
)";

TEST(World, ElementsTalkOverThePlatformToTheNanosecond) {
  WorldOptions options;
  options.simgrid_settings = settings_for_tests();
  EXPECT_EQ(run_echo(options), kEcho);
}

TEST(World, ThreadContextsAndSmallStacksChangeNothing) {
  WorldOptions options;
  options.simgrid_settings = {"contexts/factory:thread", "contexts/stack-size:1024"};
  EXPECT_EQ(run_echo(options), kEcho);
}

TEST(World, StopsAtItsLimitWithWhatIsLeftUndone) {
  WorldOptions options;
  options.simgrid_settings = settings_for_tests();
  options.stop_at = from_ns(31'012'800);
  EXPECT_EQ(run_echo(options), R"(
        0  alice starts
        0  bob starts
  1000000  alice acts
  1000000    #1: 0 sends 500 bytes, cause 3
 31012800    #1 leaves
 31012800  alice connected with 192.0.2.3
 31012800  stopped
)");
}

/// Waits for a date until bytes come.
class PatientElement : public element::Element {
 public:
  void handle(element::Input input, Instant /*now*/) override {
    if (std::holds_alternative<element::Arrived>(input)) deadline_.reset();
  }
  std::optional<element::Output> poll() override { return std::nullopt; }
  std::optional<Instant> next_deadline() const override { return deadline_; }

 private:
  std::optional<Instant> deadline_ = from_ns(100'000'000);
};

TEST(World, IsNotStoppedWhenNobodyWaitsAnyMore) {
  for (const std::int64_t size : {0, 500}) {
    std::string log;
    auto alice = std::make_unique<ScriptedElement>("alice", log);
    if (size != 0) alice->send_at(from_ns(5), address_of(1, Transport::Tcp, 0), address_of(3), 500);
    std::vector<ElementPlace> places;
    places.push_back({"alice", "alice", {address_of(1)}, std::move(alice)});
    places.push_back({"bob", "bob", {address_of(3)}, std::make_unique<PatientElement>()});
    WorldOptions options;
    options.simgrid_settings = settings_for_tests();
    options.stop_at = from_ns(99'000'000);
    const auto outcome = world::run_in_child([&] {
      auto world = World::create(three_hosts(), std::move(places), options, nullptr);
      return std::string((*world)->run().is_stopped ? "stopped" : "over");
    });
    EXPECT_EQ(outcome.result, size == 0 ? "stopped" : "over");
  }
}

// Three crossings of the link, handshake included, before the first message is there.
TEST(World, AChangedLinkMovesEveryMessageByItsCrossings) {
  WorldOptions options;
  options.simgrid_settings = settings_for_tests();
  options.link_changes = {{"east", milliseconds(6), std::nullopt}};
  const std::string log = run_echo(options);
  EXPECT_NE(log.find("\n 49099200    #1 received by 1\n"), std::string::npos) << log;
  EXPECT_NE(log.find("\n 65185600    #2 received by 0\n"), std::string::npos) << log;
}

TEST(World, ElementsOfOneHostTalkWithoutDelay) {
  std::string log = "\n";
  auto alice = std::make_unique<ScriptedElement>("alice", log);
  alice->send_at(from_ns(5), address_of(1, Transport::Tcp, 0), address_of(2), 10);
  std::vector<ElementPlace> places;
  places.push_back({"alice", "alice", {address_of(1)}, std::move(alice)});
  places.push_back(
      {"bob", "alice", {address_of(2)}, std::make_unique<ScriptedElement>("bob", log)});
  WorldOptions options;
  options.simgrid_settings = settings_for_tests();
  auto world = World::create(three_hosts(), std::move(places), options, nullptr);
  ASSERT_TRUE(world);
  (*world)->run();
  EXPECT_EQ(log, R"(
        0  alice starts
        0  bob starts
        5  alice acts
        5  alice connected with 192.0.2.2
        5  bob connected with 192.0.2.1
        5  bob gets 10 bytes
)");
}

TEST(World, MistakesAreAllReportedAndNothingAborts) {
  std::string log;
  std::vector<ElementPlace> places;
  places.push_back(
      {"alice", "alize", {address_of(1)}, std::make_unique<ScriptedElement>("a", log)});
  places.push_back({"bob",
                    "bob",
                    {address_of(1), address_of(3, Transport::Tls)},
                    std::make_unique<ScriptedElement>("b", log)});
  WorldOptions options;
  options.simgrid_settings = {"network/model:LV08", "contexts/factory:boost"};
  options.link_changes = {{"north", milliseconds(1), std::nullopt}};
  const auto world = World::create(three_hosts(), std::move(places), options, nullptr);
  ASSERT_FALSE(world);
  std::string mistakes = "\n";
  for (const std::string& mistake : world.error()) mistakes += mistake + '\n';
  EXPECT_EQ(mistakes, R"(
bob: another element listens on 192.0.2.1:5060/TCP
bob: 192.0.2.1 is an address of host "alize"
bob: TLS is not modelled
"network/model" is not a setting that may be changed
contexts/factory must be raw or thread, not "boost"
there is no link "north"
there is no host "alize"; did you mean "alice"?
)");
}

class ShippedPlatform : public testing::TestWithParam<const char*> {};

TEST_P(ShippedPlatform, CarriesAConversation) {
  WorldOptions options;
  options.simgrid_settings = settings_for_tests();
  const std::string path = std::string(TRAPEZOID_SOURCE_DIR "/platforms/") + GetParam() + ".xml";
  const std::string log = run_echo(options, PlatformFile{path});
  EXPECT_NE(log.find("#4 received by 0"), std::string::npos) << log;
}
INSTANTIATE_TEST_SUITE_P(Platforms, ShippedPlatform, testing::Values("trapezoid", "lan", "wan"),
                         [](const auto& test) { return test.param; });

// 1 ms, then SYN, SYN-ACK and 540 bytes over 20 ms and 100 Mb/s, 1 Gb/s, 100 Mb/s.
TEST(World, ThePlatformFileGivesLatenciesAndBandwidths) {
  WorldOptions options;
  options.simgrid_settings = settings_for_tests();
  const std::string log =
      run_echo(options, PlatformFile{TRAPEZOID_SOURCE_DIR "/platforms/trapezoid.xml"});
  EXPECT_NE(log.find("\n 61104160    #1 received by 1\n"), std::string::npos) << log;
}

}  // namespace
}  // namespace trapezoid::world
