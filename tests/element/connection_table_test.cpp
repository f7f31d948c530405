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

// The other policies: an INVITE of Alice, and what follows in its dialog with Bob.

Exchange exchange(sip::MethodId method, const std::string& branch, const std::string& dialog = "") {
  Exchange made;
  made.branch = branch;
  made.call_id = "call";
  if (!dialog.empty()) made.dialog = "call\n" + dialog;
  made.method = method;
  made.is_request = true;
  return made;
}

Exchange response(bool is_success, const std::string& dialog) {
  Exchange made = exchange(sip::MethodId::Invite, "b1", dialog);
  made.is_request = false;
  made.is_success = is_success;
  return made;
}

const Exchange kInvite = exchange(sip::MethodId::Invite, "b1");

TEST(ConnectionTablePerTransaction, KeepsTheCancelAndTheAckOfARejectionWithTheirInvite) {
  ConnectionTable table(ConnectionPolicy::PerTransaction, ReuseAccepted::No);
  EXPECT_EQ(table.take(kPeer, kInvite, 1), 0U);
  const ConnectionId id = table.open(kOwn, kPeer, kInvite);
  EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Cancel, "b1"), 2), id);
  EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Ack, "b1", "a\nb"), 1), id);
  EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Ack, "b2", "a\nb"), 0), 0U);
  EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Bye, "b3", "a\nb"), 3), 0U);
}

TEST(ConnectionTablePerTransaction, GivesUpAConnectionWithTheLastTransactionOnIt) {
  ConnectionTable table(ConnectionPolicy::PerTransaction, ReuseAccepted::No);
  const ConnectionId id = table.open(kOwn, kPeer, kInvite);
  table.begin_use(id, 1);
  table.begin_use(id, 1);
  table.begin_use(id, 2);
  EXPECT_EQ(table.end_use(1), 0U);
  EXPECT_EQ(table.end_use(2), id);
  EXPECT_EQ(table.end_use(2), 0U);
}

TEST(ConnectionTablePerTransaction, TakesTheNewestConnectionOfThePeerWhereReuseIsOn) {
  for (const ReuseAccepted reuse : {ReuseAccepted::Yes, ReuseAccepted::No}) {
    ConnectionTable table(ConnectionPolicy::PerTransaction, reuse);
    table.accept(kAccepted, kOwn, kPeersSource);
    table.add_alias(kAccepted, kPeer, exchange(sip::MethodId::Invite, "p1"));
    table.accept(kAccepted + 1, kOwn, kPeersSource);
    table.add_alias(kAccepted + 1, kPeer, exchange(sip::MethodId::Invite, "p2"));
    const bool is_on = reuse == ReuseAccepted::Yes;
    EXPECT_EQ(table.take(kPeer, kInvite, 1), is_on ? kAccepted + 1 : 0U);
    table.accept(kAccepted + 2, kOwn, kPeersSource);
    table.add_alias(kAccepted + 2, kPeer, exchange(sip::MethodId::Invite, "p3"));
    EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Cancel, "b1"), 2),
              is_on ? kAccepted + 1 : 0U);
    table.remove(kAccepted + 1);
    EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Bye, "b4"), 3), is_on ? kAccepted + 2 : 0U);
  }
}

TEST(ConnectionTablePerDialog, KeepsADialogOnTheConnectionOfItsInvite) {
  ConnectionTable table(ConnectionPolicy::PerDialog, ReuseAccepted::No);
  const ConnectionId id = table.open(kOwn, kPeer, kInvite);
  // A rejection and the next attempt, with credentials.
  EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Ack, "b1", "a\nrejected"), 1), id);
  EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Invite, "b2"), 2), id);
  table.note(id, response(true, "a\nb"));
  EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Ack, "b3", "a\nb"), 0), id);
  EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Bye, "b4", "a\nb"), 3), id);
  // Another branch of the fork, another peer.
  EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Ack, "b5", "a\nc"), 0), 0U);
  EXPECT_EQ(table.take({"192.0.2.222", 5060, Transport::Tcp}, kInvite, 4), 0U);
}

TEST(ConnectionTablePerDialog, KeepsAConnectionFromTheAckToTheBye) {
  ConnectionTable table(ConnectionPolicy::PerDialog, ReuseAccepted::No);
  const ConnectionId id = table.open(kOwn, kPeer, kInvite);
  const auto is_kept = [&] { return table.is_kept(*table.find(id)); };
  EXPECT_FALSE(is_kept());
  table.note(id, response(true, "a\nb"));
  EXPECT_FALSE(is_kept());
  table.note(id, exchange(sip::MethodId::Ack, "b2", "a\nb"));
  EXPECT_TRUE(is_kept());
  table.accept(kAccepted, kOwn, kPeersSource);
  EXPECT_EQ(table.note(kAccepted, exchange(sip::MethodId::Bye, "p1", "a\nb")),
            std::vector<ConnectionId>{id});
  EXPECT_FALSE(is_kept());
  table.begin_use(id, 7);
  EXPECT_TRUE(is_kept());
}

TEST(ConnectionTablePerDialog, TakesThePeersConnectionOfTheSameDialogWhereReuseIsOn) {
  for (const ReuseAccepted reuse : {ReuseAccepted::Yes, ReuseAccepted::No}) {
    ConnectionTable table(ConnectionPolicy::PerDialog, reuse);
    table.accept(kAccepted, kOwn, kPeersSource);
    table.add_alias(kAccepted, kPeer, kInvite);
    table.note(kAccepted, response(true, "a\nb"));
    EXPECT_EQ(table.take(kPeer, exchange(sip::MethodId::Bye, "b2", "a\nb"), 1),
              reuse == ReuseAccepted::Yes ? kAccepted : 0U);
    Exchange other = kInvite;
    other.call_id = "other";
    EXPECT_EQ(table.take(kPeer, other, 2), 0U);
  }
}

}  // namespace
}  // namespace trapezoid::element
