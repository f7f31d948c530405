#include "sim/resolve/resolver.hpp"

#include <map>
#include <string>

#include <gtest/gtest.h>

namespace trapezoid::resolve {
namespace {

const std::vector<Transport> kAll{Transport::Udp, Transport::Tcp, Transport::Tls};
const std::vector<Transport> kTcpOnly{Transport::Tcp};

std::string text(const Targets& targets) {
  if (!targets) return "error: " + targets.error().text;
  std::string out;
  for (const auto& target : *targets) {
    if (!out.empty()) out += ' ';
    out += to_string(target);
  }
  return out;
}

std::string resolve(const Zone& zone, std::string_view uri,
                    const std::vector<Transport>& transports = kAll) {
  const auto parsed = sip::parse_uri(uri);
  EXPECT_TRUE(parsed) << uri;
  return parsed ? text(Resolver(zone, 1, "alice").resolve_request(*parsed, transports)) : "";
}

// biloxi: NAPTR for TLS, TCP and UDP, in that order; a second TCP server; addresses of all.
Zone biloxi() {
  Zone zone;
  zone.add("biloxi.example.com",
           NaptrRecord{50, 60, "s", "SIP+D2T", "_sip._tcp.biloxi.example.com"});
  zone.add("biloxi.example.com",
           NaptrRecord{50, 50, "s", "SIPS+D2T", "_sips._tcp.biloxi.example.com"});
  zone.add("biloxi.example.com",
           NaptrRecord{60, 10, "s", "SIP+D2U", "_sip._udp.biloxi.example.com"});
  zone.add("biloxi.example.com", NaptrRecord{10, 10, "u", "E2U+sip", "unrelated.example.com"});
  zone.add("_sip._tcp.biloxi.example.com", SrvRecord{2, 0, 5070, "ss3.biloxi.example.com"});
  zone.add("_sip._tcp.biloxi.example.com", SrvRecord{1, 0, 5060, "ss2.biloxi.example.com"});
  zone.add("_sips._tcp.biloxi.example.com", SrvRecord{1, 0, 5061, "ss2.biloxi.example.com"});
  zone.add("_sip._udp.biloxi.example.com", SrvRecord{1, 0, 5060, "ss2.biloxi.example.com"});
  zone.add("ss2.biloxi.example.com", AddressRecord{"192.0.2.222"});
  zone.add("ss2.biloxi.example.com", AddressRecord{"2001:db8::222"});
  zone.add("ss3.biloxi.example.com", AddressRecord{"192.0.2.223"});
  return zone;
}

// §4.1: a numeric target without transport parameter means UDP, or TLS for sips.
TEST(Resolver, ANumericTargetNeedsNoRecords) {
  const Zone zone;
  EXPECT_EQ(resolve(zone, "sip:bob@192.0.2.201"), "192.0.2.201:5060/UDP");
  EXPECT_EQ(resolve(zone, "sip:bob@192.0.2.201:5070"), "192.0.2.201:5070/UDP");
  EXPECT_EQ(resolve(zone, "sips:bob@192.0.2.201"), "192.0.2.201:5061/TLS");
  EXPECT_EQ(resolve(zone, "sip:bob@[2001:db8::9];transport=TCP"), "[2001:db8::9]:5060/TCP");
  EXPECT_EQ(resolve(zone, "sips:bob@192.0.2.201;transport=tcp"), "192.0.2.201:5061/TLS");
}

TEST(Resolver, MaddrTakesTheHostsPlace) {
  EXPECT_EQ(resolve({}, "sip:bob@biloxi.example.com:5080;maddr=192.0.2.7;transport=tcp"),
            "192.0.2.7:5080/TCP");
  EXPECT_EQ(resolve(biloxi(), "sip:bob@192.0.2.1;maddr=ss3.biloxi.example.com;transport=udp"),
            "192.0.2.223:5060/UDP");
}

TEST(Resolver, NaptrRecordsChooseTheTransportAndSrvRecordsTheServers) {
  EXPECT_EQ(resolve(biloxi(), "sip:bob@biloxi.example.com"),
            "192.0.2.222:5061/TLS [2001:db8::222]:5061/TLS "
            "192.0.2.222:5060/TCP [2001:db8::222]:5060/TCP 192.0.2.223:5070/TCP "
            "192.0.2.222:5060/UDP [2001:db8::222]:5060/UDP");
  EXPECT_EQ(resolve(biloxi(), "sip:bob@BILOXI.example.com", kTcpOnly),
            "192.0.2.222:5060/TCP [2001:db8::222]:5060/TCP 192.0.2.223:5070/TCP");
  EXPECT_EQ(resolve(biloxi(), "sips:bob@biloxi.example.com"),
            "192.0.2.222:5061/TLS [2001:db8::222]:5061/TLS");
}

TEST(Resolver, ATransportParameterSkipsNaptr) {
  EXPECT_EQ(resolve(biloxi(), "sip:bob@biloxi.example.com;transport=udp"),
            "192.0.2.222:5060/UDP [2001:db8::222]:5060/UDP");
}

TEST(Resolver, AnExplicitPortSkipsNaptrAndSrv) {
  EXPECT_EQ(resolve(biloxi(), "sip:bob@ss3.biloxi.example.com:5060"), "192.0.2.223:5060/UDP");
  EXPECT_EQ(resolve(biloxi(), "sip:bob@ss3.biloxi.example.com:6000;transport=tcp"),
            "192.0.2.223:6000/TCP");
}

TEST(Resolver, WithoutNaptrTheSrvRecordsOfTheSupportedTransportsCount) {
  Zone zone;
  zone.add("_sip._tcp.example.com", SrvRecord{1, 0, 5060, "a.example.com"});
  zone.add("_sip._udp.example.com", SrvRecord{1, 0, 5062, "a.example.com"});
  zone.add("a.example.com", AddressRecord{"192.0.2.1"});
  EXPECT_EQ(resolve(zone, "sip:example.com"), "192.0.2.1:5062/UDP 192.0.2.1:5060/TCP");
  EXPECT_EQ(resolve(zone, "sip:example.com", {Transport::Tcp, Transport::Udp}),
            "192.0.2.1:5060/TCP 192.0.2.1:5062/UDP");
}

TEST(Resolver, WithoutNaptrAndSrvTheAddressIsUsedWithUdpOrTls) {
  Zone zone;
  zone.add("example.com", AddressRecord{"192.0.2.1"});
  EXPECT_EQ(resolve(zone, "sip:example.com"), "192.0.2.1:5060/UDP");
  EXPECT_EQ(resolve(zone, "sips:example.com"), "192.0.2.1:5061/TLS");
  EXPECT_EQ(resolve(zone, "sip:example.com;transport=tcp"), "192.0.2.1:5060/TCP");
}

TEST(Resolver, ANaptrRecordThatLeadsToNoSrvRecordStillNamesTheTransport) {
  Zone zone;
  zone.add("example.com", NaptrRecord{1, 1, "s", "SIP+D2T", "_sip._tcp.example.com"});
  zone.add("example.com", AddressRecord{"192.0.2.1"});
  EXPECT_EQ(resolve(zone, "sip:example.com"), "192.0.2.1:5060/TCP");
}

TEST(Resolver, ErrorsSayWhatWasLookedForInVain) {
  EXPECT_EQ(
      resolve({}, "sip:example.com"),
      "error: no SRV records of _sip._udp.example.com, no SRV records of _sip._tcp.example.com,"
      " no SRV records of _sips._tcp.example.com, no address of example.com");
  EXPECT_EQ(resolve({}, "sip:example.com:5060"), "error: no address of example.com");
  EXPECT_EQ(resolve(biloxi(), "sip:ss2.biloxi.example.com", kTcpOnly),
            "error: no SRV records of _sip._tcp.ss2.biloxi.example.com, "
            "this element has no UDP for ss2.biloxi.example.com");
  EXPECT_EQ(resolve({}, "sip:192.0.2.1", kTcpOnly),
            "error: this element has no UDP for sip:192.0.2.1");
  EXPECT_EQ(resolve({}, "sip:192.0.2.1;transport=sctp"),
            "error: unknown transport: sip:192.0.2.1;transport=sctp");
  EXPECT_EQ(resolve({}, "tel:+1-201-555-0123"),
            "error: not a SIP or SIPS URI: tel:+1-201-555-0123");
  Zone zone;
  zone.add("example.com", NaptrRecord{1, 1, "s", "SIP+D2U", "_sip._udp.example.com"});
  EXPECT_EQ(resolve(zone, "sip:example.com", kTcpOnly),
            "error: no NAPTR record with a transport of this element: example.com");
  zone.add("_sip._tcp.none.example.com", SrvRecord{1, 0, 0, "."});
  EXPECT_EQ(resolve(zone, "sip:none.example.com;transport=tcp"),
            "error: no service by _sip._tcp.none.example.com");
}

TEST(Resolver, EqualPriorityIsSharedByWeightAndEveryServerIsInTheListOnce) {
  Zone zone;
  for (int i = 0; i < 3; ++i) {
    const std::string host = "h" + std::to_string(i) + ".example.com";
    zone.add("_sip._tcp.example.com", SrvRecord{1, static_cast<std::uint16_t>(i * 30), 5060, host});
    zone.add(host, AddressRecord{"192.0.2." + std::to_string(i)});
  }
  const auto uri = sip::parse_uri("sip:example.com;transport=tcp");
  Resolver resolver(zone, 1, "alice");
  std::map<std::string, int> first;
  for (int i = 0; i < 9000; ++i) {
    const auto targets = resolver.resolve_request(*uri, kAll);
    ASSERT_TRUE(targets);
    ASSERT_EQ(targets->size(), 3U);
    ++first[targets->front().address];
  }
  EXPECT_NEAR(first["192.0.2.0"], 9000.0 / 91, 60);
  EXPECT_NEAR(first["192.0.2.1"], 9000.0 * 30 / 91, 200);
  EXPECT_NEAR(first["192.0.2.2"], 9000.0 * 60 / 91, 200);
}

TEST(Resolver, OneSeedGivesOneOrder) {
  Zone zone;
  for (int i = 0; i < 8; ++i) {
    const std::string host = "h" + std::to_string(i) + ".example.com";
    zone.add("_sip._tcp.example.com", SrvRecord{1, 10, 5060, host});
    zone.add(host, AddressRecord{"192.0.2." + std::to_string(i)});
  }
  const auto uri = sip::parse_uri("sip:example.com;transport=tcp");
  const auto list = [&](std::uint64_t seed) {
    return text(Resolver(zone, seed, "alice").resolve_request(*uri, kAll));
  };
  EXPECT_EQ(list(1), list(1));
  EXPECT_NE(list(1), list(2));
}

// §5: where a response goes when the Via names a host.
TEST(Resolver, ResponsesGoToThePortOfTheViaOrBySrv) {
  const Zone zone = biloxi();
  Resolver resolver(zone, 1, "bob");
  EXPECT_EQ(text(resolver.resolve_response("ss3.biloxi.example.com", 5099, Transport::Udp)),
            "192.0.2.223:5099/UDP");
  EXPECT_EQ(text(resolver.resolve_response("biloxi.example.com", 0, Transport::Tls)),
            "192.0.2.222:5061/TLS [2001:db8::222]:5061/TLS");
  EXPECT_EQ(text(resolver.resolve_response("ss3.biloxi.example.com", 0, Transport::Tcp)),
            "192.0.2.223:5060/TCP");
  EXPECT_EQ(text(resolver.resolve_response("192.0.2.9", 0, Transport::Tls)), "192.0.2.9:5061/TLS");
  EXPECT_EQ(text(resolver.resolve_response("[2001:db8::1]", 7, Transport::Udp)),
            "[2001:db8::1]:7/UDP");
  EXPECT_EQ(text(resolver.resolve_response("nowhere", 5060, Transport::Udp)),
            "error: no address of nowhere");
}

}  // namespace
}  // namespace trapezoid::resolve
