#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/auth/credential_cache.hpp"
#include "sim/base/time.hpp"
#include "sim/base/transport_address.hpp"
#include "sim/sdp/offer_answer.hpp"
#include "sim/sip/status.hpp"

namespace trapezoid::ua {

/// A final response that a user gives instead of an answer.
struct Rejection {
  sip::StatusCode status = 486;
};

/// What the user at this agent does with an incoming call. Spans run from the arrival of the
/// INVITE.
struct Answering {
  /// When 180 goes out; nothing: never. It is left out when the final response comes no later.
  std::optional<Duration> ring_after = Duration{};
  /// When the final response goes out; nothing: never.
  std::optional<Duration> answer_after = Duration{};
  /// The final response, where it is not 200.
  std::optional<Rejection> rejection;
  /// When this user hangs up, counted from the ACK; nothing: never.
  std::optional<Duration> hang_up_after;
};

/// One call that the user makes.
struct ScriptedCall {
  Instant at{};
  std::string to_uri;                     ///< Request-URI and To, "sip:bob@biloxi.example.com".
  std::string to_display_name;            ///< Empty for none.
  std::optional<Duration> hang_up_after;  ///< Counted from the 2xx; nothing: never.
  bool has_offer = true;  ///< false: the INVITE has no body, and the 200 makes the offer (§13.2.1).
};

/// Everything that is set about one user agent. Durations are 0 or more.
struct UserAgentConfig {
  std::string address_of_record;  ///< "sip:alice@atlanta.example.com".
  std::string display_name;       ///< As a person writes it; quoted on the wire where it must be.
  std::string contact;            ///< URI, "sip:alice@client.atlanta.example.com;transport=tcp".
  /// URIs of the pre-loaded Route of every request outside a dialog (§8.1.1.1), in travel order:
  /// "sip:ss1.atlanta.example.com;lr".
  std::vector<std::string> outbound_proxies;
  std::vector<Transport> transports{Transport::Udp, Transport::Tcp};  ///< In order of preference.

  std::vector<auth::UserCredentials> credentials;  ///< At most one a realm.
  sdp::Capabilities media;

  // Whether these stand in requests and responses. Where a response must have one of them (405,
  // 415, OPTIONS) it has it all the same.
  bool has_allow = true;
  bool has_supported = true;
  bool has_accept = true;
  std::string product = "trapezoid";        ///< User-Agent, and Server in responses; empty: none.
  std::vector<std::string> option_tags;     ///< Supported, and accepted in Require.
  std::uint32_t first_sequence_number = 1;  ///< CSeq of the first request of a call (§8.1.1.5).
  std::map<sip::StatusCode, std::string> reasons;  ///< Reason phrases other than the RFC's.

  Answering answering;
  /// How long this user waits for an answer before cancelling, from the first INVITE.
  std::optional<Duration> patience;
  /// The longest that a call lasts, whoever made it, counted like `hang_up_after`.
  std::optional<Duration> max_talk;
  std::vector<ScriptedCall> calls;
};

}  // namespace trapezoid::ua
