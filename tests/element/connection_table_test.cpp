#include "sim/element/connection_table.hpp"

#include <gtest/gtest.h>

namespace trapezoid::element {
namespace {

const TransportAddress kOwn{"192.0.2.101", 5060, Transport::Tcp};
const TransportAddress kPeer{"192.0.2.111", 5060, Transport::Tcp};
const TransportAddress kPeersSource{"192.0.2.111", 49152, Transport::Tcp};
constexpr ConnectionId kAccepted = kFirstAcceptedConnection;

TEST(ConnectionTable, NumbersWhatItOpensFromOneUp) {
  ConnectionTable table(ReuseAccepted::Yes);
  EXPECT_EQ(table.open(kOwn, kPeer), 1U);
  EXPECT_EQ(table.open(kOwn, {"192.0.2.222", 5060, Transport::Tcp}), 2U);
  EXPECT_FALSE(table.find(1)->is_established);
}

TEST(ConnectionTable, HasOneConnectionAnAddressAndTransport) {
  ConnectionTable table(ReuseAccepted::Yes);
  table.open(kOwn, kPeer);
  EXPECT_EQ(table.find_for(kPeer), 1U);
  EXPECT_EQ(table.find_for({kPeer.address, kPeer.port, Transport::Tls}), 0U);
  EXPECT_EQ(table.find_for({kPeer.address, 5070, Transport::Tcp}), 0U);
}

TEST(ConnectionTable, UsesAnAcceptedConnectionByItsAlias) {
  ConnectionTable table(ReuseAccepted::Yes);
  table.accept(kAccepted, kOwn, kPeersSource);
  EXPECT_EQ(table.find_for(kPeer), 0U);
  table.add_alias(kAccepted, kPeer);
  EXPECT_EQ(table.find_for(kPeer), kAccepted);
}

TEST(ConnectionTable, UsesNoAcceptedConnectionWhereThatIsOff) {
  ConnectionTable table(ReuseAccepted::No);
  table.accept(kAccepted, kOwn, kPeersSource);
  table.add_alias(kAccepted, kPeer);
  EXPECT_EQ(table.find_for(kPeer), 0U);
}

TEST(ConnectionTable, KeepsItsOwnConnectionBesideAnAlias) {
  ConnectionTable table(ReuseAccepted::Yes);
  const ConnectionId own = table.open(kOwn, kPeer);
  table.accept(kAccepted, kOwn, kPeersSource);
  table.add_alias(kAccepted, kPeer);
  EXPECT_EQ(table.find_for(kPeer), own);
}

TEST(ConnectionTable, ForgetsARemovedConnectionAndItsAliases) {
  ConnectionTable table(ReuseAccepted::Yes);
  table.accept(kAccepted, kOwn, kPeersSource);
  table.add_alias(kAccepted, kPeer);
  const auto removed = table.remove(kAccepted);
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->remote, kPeersSource);
  EXPECT_EQ(table.find(kAccepted), nullptr);
  EXPECT_EQ(table.find_for(kPeer), 0U);
  EXPECT_FALSE(table.remove(kAccepted));
}

}  // namespace
}  // namespace trapezoid::element
