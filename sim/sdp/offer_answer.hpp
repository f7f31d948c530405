#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/sdp/session_description.hpp"

namespace trapezoid::sdp {

/// Which way media flows, seen by the one who writes the description (RFC 8866 §6.7).
enum class Direction : std::uint8_t { SendRecv, SendOnly, RecvOnly, Inactive };

std::string_view to_string(Direction direction);  ///< The attribute's name, "sendonly".
std::optional<Direction> find_direction(std::string_view attribute_name);

/// The same flow seen from the other end: sendonly becomes recvonly.
Direction reversed(Direction direction);

/// One format that a user agent can handle.
struct Format {
  std::string payload_type;  ///< "0"; the format itself where the protocol is not RTP.
  std::string rtpmap;        ///< "PCMU/8000"; empty: no a=rtpmap line.
  std::string fmtp;          ///< Format parameters; empty: no a=fmtp line.
};

/// One stream that a user agent can handle.
struct MediaCapability {
  std::string type = "audio";
  std::uint16_t port = 0;  ///< Where it would receive; not 0.
  std::string protocol = "RTP/AVP";
  std::vector<Format> formats;  ///< Preferred first.
  Direction direction = Direction::SendRecv;
};

/// What one user agent says about itself in session descriptions.
struct Capabilities {
  std::string user = "-";          ///< Username of `o=`.
  std::string origin_address;      ///< Of `o=`: an address or a host name.
  std::string connection_address;  ///< Of `c=`: where it receives media.
  std::string session_name = "-";  ///< `s=`.
  std::vector<MediaCapability> media;
};

/// Why an offer cannot be answered, or an answer does not fit its offer: a sentence for a Warning
/// header or a report. To an offer that fits nowhere the response is 488 (RFC 3261 §13.3.1.3).
struct Mismatch {
  std::string text;
};

/// An initial offer of all streams, RFC 3264 §5. `session_id` is a decimal number and becomes the
/// first version too.
SessionDescription make_offer(const Capabilities& capabilities, std::string_view session_id);

/// The answer to `offer`, RFC 3264 §6: one `m=` line for each of the offer's, in its order, with
/// the formats that both know in the offer's order and with its numbers; port 0 where there is
/// none. Fails when the offer has streams and not one of them can be accepted.
Result<SessionDescription, Mismatch> make_answer(const SessionDescription& offer,
                                                 const Capabilities& capabilities,
                                                 std::string_view session_id);

/// `changed` as the next description of the session that `previous` began, RFC 3264 §8: the same
/// `o=` line, with the version one higher if anything else differs.
SessionDescription make_successor(const SessionDescription& previous, SessionDescription changed);

/// Gives every stream that is in use this direction, RFC 3264 §8.4: `SendOnly` puts the peer on
/// hold, `Inactive` does so when the peer holds too, `SendRecv` resumes.
void set_direction(SessionDescription& session, Direction direction);

/// The direction of one stream: its own attribute, else the session's, else sendrecv.
Direction direction_of(const SessionDescription& session, const Media& media);

/// Whether the writer of `session` wants to receive none of its streams: the receiver is on hold.
/// `c=IN IP4 0.0.0.0`, the way of RFC 2543, counts as well.
bool is_hold(const SessionDescription& session);

/// Where `answer` breaks RFC 3264 §6 as an answer to `offer`; nothing when it fits.
std::optional<Mismatch> find_mismatch(const SessionDescription& offer,
                                      const SessionDescription& answer);

}  // namespace trapezoid::sdp
