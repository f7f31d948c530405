#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/world/harness.hpp"

namespace trapezoid::world {
namespace {

/// Alice sends Bob a datagram every 100 ms, five in all, over 10 ms and 100 Mb/s, on a platform
/// where the `state` of what is named so changes: "0.25 0" turns it off at 250 ms.
std::string run_with_states(const std::string& link_state, const std::string& host_state) {
  char folder[] = "/tmp/trapezoid-fault-XXXXXX";
  if (mkdtemp(folder) == nullptr || chdir(folder) != 0) return "no folder";
  std::ofstream("link.txt") << link_state;
  std::ofstream("host.txt") << host_state;
  std::ofstream("p.xml") << R"(<?xml version='1.0'?>
<!DOCTYPE platform SYSTEM "https://simgrid.org/simgrid.dtd">
<platform version="4.1">
  <zone id="root" routing="Full">
    <host id="alice" speed="1Gf"/>
    <host id="bob" speed="1Gf" state_file="host.txt"/>
    <link id="l" bandwidth="100Mbps" latency="10ms" state_file="link.txt"/>
    <route src="alice" dst="bob"><link_ctn id="l"/></route>
  </zone>
</platform>
)";
  std::string log = "\n";
  auto alice = std::make_unique<ScriptedElement>("alice", log);
  for (std::int64_t i = 1; i <= 5; ++i)
    alice->send_at(from_ns(i * 100'000'000), address_of(1, Transport::Udp),
                   address_of(3, Transport::Udp), 100);
  std::vector<ElementPlace> places;
  places.push_back({"alice", "alice", {address_of(1, Transport::Udp)}, std::move(alice)});
  places.push_back({"bob",
                    "bob",
                    {address_of(3, Transport::Udp)},
                    std::make_unique<ScriptedElement>("bob", log)});
  WorldOptions options;
  options.simgrid_settings = settings_for_tests();
  auto world = World::create(PlatformFile{"p.xml"}, std::move(places), options, nullptr);
  for (const char* const file : {"link.txt", "host.txt", "p.xml"}) unlink(file);
  if (chdir("/") != 0 || rmdir(folder) != 0) log += "the folder stays\n";
  if (!world) return world.error().front();
  (*world)->run();
  return log;
}

TEST(World, ALinkThatSimGridTurnsOffLosesWhatEntersIt) {
  EXPECT_EQ(run_with_states("0.25 0\n0.35 1\n", ""), R"(
        0  alice starts
        0  bob starts
100000000  alice acts
110010240  bob gets a datagram of 100
200000000  alice acts
210010240  bob gets a datagram of 100
300000000  alice acts
400000000  alice acts
410010240  bob gets a datagram of 100
500000000  alice acts
510010240  bob gets a datagram of 100
)");
}

// SimGrid's events of a date come first.
TEST(World, ALinkTurnedOffAtTheDateOfAMessageLosesIt) {
  const std::string log = run_with_states("0.5 0\n", "");
  EXPECT_EQ(log.find("510010240"), std::string::npos) << log;
}

TEST(World, AHostThatFailsFallsSilentAndTheOthersGoOn) {
  EXPECT_EQ(run_with_states("", "0.25 0\n"), R"(
        0  alice starts
        0  bob starts
100000000  alice acts
110010240  bob gets a datagram of 100
200000000  alice acts
210010240  bob gets a datagram of 100
300000000  alice acts
400000000  alice acts
500000000  alice acts
)");
}

}  // namespace
}  // namespace trapezoid::world
