#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/hash.hpp"
#include "sim/base/identifiers.hpp"
#include "sim/base/time.hpp"
#include "sim/base/transport_address.hpp"
#include "sim/sip/status.hpp"

/// What a scenario file says, checked and with its defaults filled in. Everything here is plain
/// data: names refer to things that exist, URIs are well formed, numbers are in range.
namespace trapezoid::scenario {

/// A link of an inline network. It carries both directions, each with the full bandwidth.
struct Link {
  std::string name;
  std::string from;  ///< A host; "between" in the file.
  std::string to;
  Duration latency{};
  std::uint64_t bandwidth_bps = 0;  ///< Bits per second, at least 1.
};

/// What a scenario changes about a link that the platform (or the inline network) has.
struct LinkOverride {
  std::string name;
  std::optional<Duration> latency;
  std::optional<std::uint64_t> bandwidth_bps;
};

/// How many connections there are between two elements (DESIGN §4).
enum class ConnectionPolicy : std::uint8_t { PerHop, PerDialog, PerTransaction };

struct Network {
  /// Path of a SimGrid platform, made relative to the working directory; empty: `hosts`, `links`.
  std::string platform;
  std::vector<std::string> hosts;
  /// Hosts without a link between them talk over the route with the fewest links; of several, over
  /// the one whose links come first in this list.
  std::vector<Link> links;
  std::vector<LinkOverride> link_overrides;
  ConnectionPolicy connection_policy = ConnectionPolicy::PerHop;
  bool reuse_accepted = true;  ///< A request may use a connection that the peer opened.
  std::uint32_t tcp_mss_bytes = 1460;
  std::uint32_t tcp_header_bytes = 40;  ///< IP and TCP headers, per segment.
};

/// RFC 3261 Table 4.
struct Timers {
  Duration t1 = std::chrono::milliseconds(500);
  Duration t2 = std::chrono::seconds(4);
  Duration t4 = std::chrono::seconds(5);
};

// Name data (RFC 3263). Owner names and targets are without a final dot.

/// An A or AAAA record.
struct AddressRecord {
  std::string name;
  std::string address;  ///< An IPv4 or IPv6 literal, without brackets.
  bool is_ipv6 = false;
};
struct SrvRecord {
  std::string name;  ///< "_sip._tcp.biloxi.example.com".
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
  std::uint16_t port = 0;
  std::string target;
};
struct NaptrRecord {
  std::string name;
  std::uint16_t order = 0;
  std::uint16_t preference = 0;
  std::string flags;    ///< "s", the only one that RFC 3263 uses.
  std::string service;  ///< "SIP+D2T", "SIP+D2U", "SIPS+D2T".
  std::string replacement;
};
using NameRecord = std::variant<AddressRecord, SrvRecord, NaptrRecord>;

// Elements.

struct Credential {
  std::string realm;
  std::string username;
  std::string password;
};

struct MediaFormat {
  std::uint8_t payload_type = 0;
  std::string rtpmap;  ///< "PCMU/8000"; empty: no a=rtpmap line.
};
struct MediaStream {
  std::string type = "audio";
  std::uint16_t port = 0;
  std::string protocol = "RTP/AVP";
  std::vector<MediaFormat> formats;
};
/// The session that a user agent offers and answers with (RFC 8866).
struct Media {
  std::string origin_user = "-";
  std::string origin_address;  ///< o= line: a name or an address. Default: the element's address.
  std::string connection_address;  ///< c= line. Default: the element's address.
  std::string session_name = "-";
  std::vector<MediaStream> streams;
};

/// Header fields that a user agent may add (RFC 3261 §20.5, §20.37, §20.1, §20.41).
struct OptionalHeaders {
  bool allow = true;
  bool supported = true;
  bool accept = true;
  std::string user_agent = "trapezoid";  ///< User-Agent and Server; empty: none.
};

/// What the person at a user agent does when called.
struct Answering {
  Duration ring_after{};                 ///< From the INVITE to 180.
  std::optional<Duration> answer_after;  ///< From 180 to the final response; nothing: rings on.
  std::optional<sip::StatusCode> reject_status;  ///< The final response, 300 to 699; nothing: 200.
  std::string reject_reason;                     ///< Empty: the usual phrase of the status.
  std::optional<Duration> hang_up_after;         ///< From the ACK to the BYE; nothing: never.
};

struct UserAgent {
  std::string address_of_record;  ///< A SIP or SIPS URI.
  std::string display_name;       ///< As a person reads it, without quotes; may be empty.
  std::string contact;            ///< A URI. Default: <sip:user@sent_by;transport=...>.
  std::string outbound_proxy;     ///< A pre-loaded Route's URI (RFC 3261 §8.1.2); may be empty.
  std::vector<Credential> credentials;
  std::optional<Media> media;
  OptionalHeaders headers;
  std::uint32_t cseq_start = 1;  ///< The CSeq number of its first request in a dialog.
  Answering answering;
  std::optional<Duration> patience;  ///< A caller who is not answered hangs up (CANCEL).
  std::optional<Duration> max_talk;  ///< Either side: ends a call that lasts longer.
};

/// A user whose credentials a proxy accepts.
struct KnownUser {
  std::string username;
  std::string password;
};

/// Which requests a proxy challenges with 407, and whom it believes.
struct Authentication {
  std::string realm;
  HashAlgorithm algorithm = HashAlgorithm::Md5;
  bool has_qop_auth = true;  ///< qop="auth" in the challenge; off: RFC 2069 style, no qop.
  std::optional<std::string> opaque;
  std::optional<Duration> nonce_lifetime;  ///< Nothing: a nonce never grows stale.
  std::vector<std::string> methods;        ///< Empty: every method but ACK and CANCEL.
  std::vector<std::string> from_domains;   ///< Hosts of From URIs; empty: all.
  std::vector<KnownUser> users;
};

/// A binding in the location table of a proxy.
struct Binding {
  std::string address_of_record;
  std::string contact;
  double q = 1.0;  ///< 0 to 1.
};

/// A static next hop: requests for a domain go there, instead of where the name data leads.
struct StaticRoute {
  std::string domain;
  std::string next_hop;  ///< A SIP or SIPS URI.
};

/// When a proxy sends 100 (Trying): right after it forwards the INVITE, before, or never.
enum class Trying : std::uint8_t { AfterForward, BeforeForward, Never };

struct ReasonPhrase {
  sip::StatusCode status = 0;
  std::string phrase;
};

struct Proxy {
  std::vector<std::string> domains;  ///< Domains that this proxy is responsible for.
  std::string uri;                   ///< How routes name it: "sip:ss1.example.com;lr".
  bool record_route = true;
  Trying trying = Trying::AfterForward;
  std::vector<ReasonPhrase> reason_phrases;  ///< Instead of the usual phrases; by status.
  std::optional<Authentication> authentication;
  std::vector<Binding> location;
  std::vector<StaticRoute> routes;
};

/// One SIP element on one host.
struct Element {
  std::string name;     ///< Unique; actions refer to it and generators are seeded with it.
  std::string label;    ///< For ladders. Default: the name.
  std::string host;     ///< A host of the network.
  std::string address;  ///< An IP address literal, unique, without brackets.
  std::uint16_t port = 5060;
  std::vector<Transport> transports;  ///< At least one: what it listens on.
  std::string sent_by;  ///< The Via's: a host, with ":port" or without. Default: address and port.
  PinnedIdentifiers identifiers;
  std::variant<UserAgent, Proxy> role;

  const UserAgent* user_agent() const { return std::get_if<UserAgent>(&role); }
  const Proxy* proxy() const { return std::get_if<Proxy>(&role); }
};

/// A user agent places a call.
struct Call {
  std::string element;  ///< Of kind user_agent.
  Duration at{};
  std::string to;                         ///< A SIP, SIPS or tel URI.
  std::string to_display_name;            ///< May be empty.
  std::optional<Duration> hang_up_after;  ///< The caller hangs up that long after the answer.
};
using Action = std::variant<Call>;

/// What a call that is "as expected" came to.
enum class CallOutcome : std::uint8_t {
  EstablishedAndEnded,
  Established,
  Rejected,
  Cancelled,
  Failed,
};
/// "established_and_ended", ...: as the file spells it.
std::string_view to_string(CallOutcome outcome);

/// What the author expects of the run; `trapezoid run` exits 1 when it comes out otherwise.
struct Expectation {
  std::optional<std::uint32_t> messages;
  std::optional<CallOutcome> outcome;
};

/// A remark to one message, in the languages that the file has.
struct Note {
  std::string message;  ///< "F1".
  std::string en;
  std::string fr;
};

struct Scenario {
  std::string name;  ///< For file names: letters, digits, ".", "_" and "-".
  std::string title;
  std::string reference;  ///< "rfc3665/3.2"; may be empty.
  std::uint64_t seed = 1;
  std::optional<Duration> stop_at;  ///< Nothing: until nobody waits, at most a day.
  Network network;
  Timers timers;
  std::vector<NameRecord> names;
  std::vector<Element> elements;
  std::vector<Action> actions;
  Expectation expect;
  std::vector<Note> notes;
  std::string digest;  ///< SHA-256 of the values, overrides included, white space excluded.

  /// The element of that name, or null.
  const Element* find_element(std::string_view element_name) const;
};

}  // namespace trapezoid::scenario
