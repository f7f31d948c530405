#include "sim/trace/recorder.hpp"

#include <string>

#include <gtest/gtest.h>

#include "sim/trace/format.hpp"

namespace trapezoid::trace {
namespace {

const TransportAddress kAliceAddress{"192.0.2.101", 5060, Transport::Tcp};
const TransportAddress kProxyAddress{"192.0.2.111", 5060, Transport::Tcp};
constexpr LaneIndex kAlice = 0;
constexpr LaneIndex kProxy = 1;

Notice notice(Notice::Kind kind, EventId event, EventId cause, std::int64_t at,
              std::string text = {}) {
  Notice made;
  made.kind = kind;
  made.event = event;
  made.cause = cause;
  made.at = from_ns(at);
  made.text = std::move(text);
  return made;
}

Notice received(EventId event, ConnectionId connection, std::int64_t at, std::string bytes = {}) {
  Notice made = notice(Notice::Kind::MessageReceived, event, 0, at);
  made.connection = connection;
  made.bytes = std::move(bytes);
  return made;
}

/// A recorder that knows Alice and a proxy.
Recorder recorder() {
  Recorder made(Header{});
  made.add_lane("alice", "Alice", "user_agent", {kAliceAddress});
  made.add_lane("proxy", "Proxy 1", "proxy", {kProxyAddress});
  return made;
}

/// The events as lines, without the header and the end.
std::string events(Recorder& recorder) {
  const std::string text = write_trace(recorder.finish());
  EXPECT_TRUE(read_trace(text)) << to_string(read_trace(text).error());
  const std::size_t begin = text.find('\n');
  return text.substr(begin, text.rfind("{\"event\":\"end\"") - begin);
}

/// F-number, time and bytes of each message, with the F-number of the message that caused it.
std::string flow(Recorder& recorder) {
  const Trace trace = recorder.finish();
  std::string out;
  for (const MessageEvent* message : messages(trace)) {
    const MessageEvent* cause = find_message(trace, message->cause);
    out += 'F';
    out += std::to_string(message->f_number);
    out += ' ';
    out += message->bytes;
    if (cause != nullptr) {
      out += " after F";
      out += std::to_string(cause->f_number);
    }
    out += '\n';
  }
  return out;
}

TEST(Recorder, PairsWhatOneEndSendsWithWhatTheOtherReceives) {
  Recorder r = recorder();
  r.take_notice(kAlice, notice(Notice::Kind::Action, 1, 0, 0, "call"));
  const auto number =
      r.connection_opening({kAlice, 1, kAliceAddress, kProxyAddress, 0, from_ns(0)});
  const MessageTag invite = r.message_sent({kAlice, 1, {}, "INVITE", 1, false, from_ns(0)});
  r.connection_accepted(number, kProxy, kFirstAcceptedConnection);
  r.connection_established(number, from_ns(20));
  r.message_first_byte(invite, from_ns(20));
  r.message_received(invite, from_ns(30));
  r.take_notice(kProxy, received(7, kFirstAcceptedConnection, 31));
  const MessageTag answer =
      r.message_sent({kProxy, kFirstAcceptedConnection, {}, "407", 7, false, from_ns(31)});
  r.message_first_byte(answer, from_ns(31));
  r.message_received(answer, from_ns(41));
  r.take_notice(kAlice, received(2, 1, 41));
  r.message_sent({kAlice, 1, {}, "ACK", 2, false, from_ns(41)});
  r.connection_closed(number, kAlice, 2, from_ns(50));
  r.connection_closed(number, kProxy, 0, from_ns(60));
  EXPECT_EQ(events(r), R"(
{"event":"action","id":1,"lane":0,"text":"call","at_ns":0}
{"event":"connection","id":2,"connection":1,"what":"opening","from":0,"to":1,"transport":"TCP","from_address":"192.0.2.101:5060","to_address":"192.0.2.111:5060","at_ns":0,"cause":1}
{"event":"message","id":3,"f_number":1,"from":0,"to":1,"transport":"TCP","connection":1,"sent_ns":0,"on_wire_ns":20,"received_ns":30,"fate":"delivered","cause":1,"bytes":"INVITE"}
{"event":"connection","id":4,"connection":1,"what":"established","from":0,"to":1,"transport":"TCP","from_address":"192.0.2.101:5060","to_address":"192.0.2.111:5060","at_ns":20,"cause":2}
{"event":"message","id":5,"f_number":2,"from":1,"to":0,"transport":"TCP","connection":1,"sent_ns":31,"on_wire_ns":31,"received_ns":41,"fate":"delivered","cause":3,"bytes":"407"}
{"event":"message","id":6,"f_number":3,"from":0,"to":1,"transport":"TCP","connection":1,"sent_ns":41,"fate":"in_flight","cause":5,"bytes":"ACK"}
{"event":"connection","id":7,"connection":1,"what":"closed","from":0,"to":1,"transport":"TCP","from_address":"192.0.2.101:5060","to_address":"192.0.2.111:5060","at_ns":50,"cause":5}
)");
}

// DESIGN §5: of equal dates the message with the lower cause first, then the order of sending.
TEST(Recorder, NumbersMessagesOfOneDateByTheirCauses) {
  Recorder r = recorder();
  const TransportAddress alice{"192.0.2.101", 5060, Transport::Udp};
  const TransportAddress proxy{"192.0.2.111", 5060, Transport::Udp};
  const auto deliver = [&](MessageTag tag, LaneIndex to, EventId event, std::string bytes) {
    r.message_received(tag, from_ns(10));
    r.take_notice(to, received(event, 0, 10, std::move(bytes)));
  };
  const auto first = r.message_sent({kAlice, 0, proxy, "first", 0, false, from_ns(0)});
  const auto second = r.message_sent({kProxy, 0, alice, "second", 0, false, from_ns(0)});
  deliver(second, kAlice, 1, "second");
  r.message_sent({kAlice, 0, proxy, "after second", 1, false, from_ns(10)});
  deliver(first, kProxy, 1, "first");
  r.message_sent({kProxy, 0, alice, "after first", 1, false, from_ns(10)});
  r.message_sent({kProxy, 0, alice, "after first too", 1, false, from_ns(10)});
  EXPECT_EQ(flow(r), R"(F1 first
F2 second
F3 after first after F1
F4 after first too after F1
F5 after second after F2
)");
}

TEST(Recorder, AMessageOfNoDurationStillStandsAfterItsCause) {
  Recorder r = recorder();
  const TransportAddress proxy{"192.0.2.111", 5060, Transport::Udp};
  const auto ping = r.message_sent({kAlice, 0, proxy, "ping", 0, false, from_ns(5)});
  r.message_received(ping, from_ns(5));
  r.take_notice(kProxy, received(1, 0, 5, "ping"));
  r.message_sent({kProxy, 0, kAliceAddress, "pong", 1, false, from_ns(5)});
  r.message_sent({kAlice, 0, proxy, "other", 0, false, from_ns(5)});
  EXPECT_EQ(flow(r), "F1 ping\nF2 other\nF3 pong after F1\n");
}

TEST(Recorder, FindsDatagramsThatOvertookEachOther) {
  Recorder r = recorder();
  const TransportAddress proxy{"192.0.2.111", 5060, Transport::Udp};
  const auto one = r.message_sent({kAlice, 0, proxy, "one", 0, false, from_ns(0)});
  const auto two = r.message_sent({kAlice, 0, proxy, "two", 0, false, from_ns(1)});
  r.message_received(two, from_ns(9));
  r.message_received(one, from_ns(10));
  r.take_notice(kProxy, received(1, 0, 10, "one"));
  r.take_notice(kProxy, received(2, 0, 10, "two"));
  r.message_sent({kProxy, 0, kAliceAddress, "re: two", 2, false, from_ns(11)});
  EXPECT_EQ(flow(r), "F1 one\nF2 two\nF3 re: two after F2\n");
}

TEST(Recorder, TellsTimersRetransmissionsAndLosses) {
  Recorder r = recorder();
  const TransportAddress nobody{"192.0.2.9", 5060, Transport::Udp};
  const auto first = r.message_sent({kAlice, 0, nobody, "INVITE", 0, false, from_ns(0)});
  r.message_lost(first);
  Notice timer = notice(Notice::Kind::TimerFired, 1, 0, 500);
  timer.subject = "A";
  r.take_notice(kAlice, timer);
  r.message_refused(r.message_sent({kAlice, 0, nobody, "INVITE", 1, true, from_ns(500)}));
  const Trace trace = r.finish();
  EXPECT_EQ(trace.header.lanes.back(),
            (Lane{"192.0.2.9:5060", "192.0.2.9:5060", "unknown", {"192.0.2.9:5060/UDP"}}));
  const std::string text = write_trace(trace);
  EXPECT_EQ(
      text.substr(text.find('\n') + 1),
      R"({"event":"message","id":1,"f_number":1,"from":0,"to":2,"transport":"UDP","sent_ns":0,"fate":"lost","bytes":"INVITE"}
{"event":"timer","id":2,"lane":0,"name":"A","armed_ns":0,"at_ns":500}
{"event":"message","id":3,"f_number":2,"from":0,"to":2,"transport":"UDP","sent_ns":500,"fate":"refused","retransmission_of":1,"cause":2,"bytes":"INVITE"}
{"event":"end","events":3}
)");
}

TEST(Recorder, WhatWasSentOnARefusedConnectionIsRefused) {
  Recorder r = recorder();
  const auto number =
      r.connection_opening({kAlice, 1, kAliceAddress, kProxyAddress, 0, from_ns(0)});
  r.message_lost(r.message_sent({kAlice, 1, {}, "INVITE", 0, false, from_ns(0)}));
  r.connection_refused(number, from_ns(20));
  const Trace trace = r.finish();
  EXPECT_EQ(messages(trace)[0]->fate, Fate::Refused);
}

TEST(Recorder, MediaRunsFromWhenBothHaveStartedUntilOneStops) {
  Recorder r = recorder();
  const auto media = [&](LaneIndex lane, std::int64_t at, std::string_view what) {
    Notice made = notice(Notice::Kind::Media, 0, 0, at, std::string(what));
    made.subject = "call-1";
    r.take_notice(lane, made);
  };
  media(kProxy, 10, "start");
  media(kAlice, 20, "start");
  media(kAlice, 25, "start");
  media(kProxy, 30, "stop");
  media(kAlice, 40, "stop");
  EXPECT_EQ(events(r), R"(
{"event":"media","id":1,"what":"start","from":0,"to":1,"subject":"call-1","at_ns":20}
{"event":"media","id":2,"what":"stop","from":0,"to":1,"subject":"call-1","at_ns":30}
)");
}

TEST(Recorder, NamesTransactionsAndDialogsAlikeInBothDirections) {
  const auto message = [](std::string_view start, std::string_view from, std::string_view to) {
    std::string text(start);
    text += "\r\nVia: SIP/2.0/UDP a.example.com;branch=z9hG4bK1\r\nFrom: <sip:x@example.com>;tag=";
    text += from;
    text += "\r\nTo: <sip:y@example.com>;tag=";
    text += to;
    text += "\r\nCall-ID: c1\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n";
    return text;
  };
  Recorder r = recorder();
  r.message_sent({kAlice, 0, kProxyAddress, message("BYE sip:y SIP/2.0", "a", "b"), 0, false, {}});
  r.message_sent({kProxy, 0, kAliceAddress, message("SIP/2.0 200 OK", "a", "b"), 0, false, {}});
  r.message_sent({kProxy, 0, kAliceAddress, message("BYE sip:x SIP/2.0", "b", "a"), 0, false, {}});
  r.message_sent({kProxy, 0, kAliceAddress, "no message at all", 0, false, {}});
  const Trace trace = r.finish();
  const auto all = messages(trace);
  EXPECT_NE(all[0]->transaction, "");
  EXPECT_EQ(all[0]->transaction, all[1]->transaction);
  EXPECT_EQ(all[0]->dialog, "c1;a;b");
  EXPECT_EQ(all[1]->dialog, "c1;a;b");
  EXPECT_EQ(all[2]->dialog, "c1;a;b");
  EXPECT_EQ(all[3]->transaction + all[3]->dialog, "");
}

}  // namespace
}  // namespace trapezoid::trace
