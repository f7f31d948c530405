#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace trapezoid::sdp {

/// `o=`: who made the description, and which of its versions this is (RFC 8866 §5.2).
/// Id and version are decimal numbers of any length, kept as text.
struct Origin {
  std::string username;  ///< "-" for none.
  std::string session_id;
  std::string session_version;
  std::string network_type = "IN";
  std::string address_type = "IP4";
  std::string address;

  friend bool operator==(const Origin&, const Origin&) = default;
};

/// `c=`: where media is to be sent (RFC 8866 §5.7).
struct Connection {
  std::string network_type = "IN";
  std::string address_type = "IP4";
  std::string address;  ///< With "/ttl" and "/count" of a multicast group, as written.

  friend bool operator==(const Connection&, const Connection&) = default;
};

/// `b=`: a bandwidth of a type such as "CT" or "AS"; kbit/s for these (RFC 8866 §5.8).
struct Bandwidth {
  std::string type;
  std::string value;  ///< A decimal number.

  friend bool operator==(const Bandwidth&, const Bandwidth&) = default;
};

/// `t=` with the `r=` and `z=` lines that follow it (RFC 8866 §5.9 to §5.11), texts as written.
struct Timing {
  std::string start = "0";  ///< NTP seconds.
  std::string stop = "0";
  std::vector<std::string> repeats;
  std::optional<std::string> time_zones;

  friend bool operator==(const Timing&, const Timing&) = default;
};

/// `a=`: "sendonly" or "rtpmap:0 PCMU/8000" (RFC 8866 §5.13).
struct Attribute {
  std::string name;
  std::optional<std::string> value;

  friend bool operator==(const Attribute&, const Attribute&) = default;
};

/// A line with a type letter that RFC 8866 does not define.
struct UnknownLine {
  char type = 'x';
  std::string value;

  friend bool operator==(const UnknownLine&, const UnknownLine&) = default;
};

/// `m=` with the lines that belong to it (RFC 8866 §5.14).
struct Media {
  std::string type;                       ///< "audio", "video", ...
  std::uint16_t port = 0;                 ///< 0: the stream is rejected or has ended (RFC 3264).
  std::optional<std::string> port_count;  ///< After "/", a decimal number.
  std::string protocol;                   ///< "RTP/AVP", ...
  std::vector<std::string> formats;  ///< At least one; payload types where the protocol is RTP.
  std::optional<std::string> information;
  std::vector<Connection> connections;
  std::vector<Bandwidth> bandwidths;
  std::optional<std::string> key;
  std::vector<Attribute> attributes;
  std::vector<UnknownLine> unknown;

  friend bool operator==(const Media&, const Media&) = default;
};

/// A session description (RFC 8866, RFC 4566): a value that owns its texts. Its lines are in the
/// one order that the RFC allows, so that only the fields are kept.
struct SessionDescription {
  Origin origin;
  std::string name = "-";
  std::optional<std::string> information;
  std::optional<std::string> uri;
  std::vector<std::string> emails;
  std::vector<std::string> phones;
  std::optional<Connection> connection;
  std::vector<Bandwidth> bandwidths;
  std::vector<Timing> timings;  ///< At least one.
  std::optional<std::string> key;
  std::vector<Attribute> attributes;
  /// RFC 8866 §5 lets a receiver ignore or reject the whole description for one of these. Here they
  /// are kept and written back behind the other lines of their section; the user decides.
  std::vector<UnknownLine> unknown;
  std::vector<Media> media;

  bool has_unknown_lines() const;

  friend bool operator==(const SessionDescription&, const SessionDescription&) = default;
};

/// The first attribute of that name, or null. Names are case-sensitive (RFC 8866 §5.13).
const Attribute* find_attribute(const std::vector<Attribute>& attributes, std::string_view name);

/// What `a=rtpmap` says about one format: "PCMU/8000". For a static payload type without rtpmap
/// that of RFC 3551 §6, where it is a common one; else empty.
std::string_view encoding_of(const Media& media, std::string_view format);

/// Where the media is to be sent: the media's own `c=`, else the session's; null when neither has.
const Connection* connection_of(const SessionDescription& session, const Media& media);

/// The description as text, every line ended by CRLF.
void write(const SessionDescription& session, std::string& out);
std::string to_text(const SessionDescription& session);

}  // namespace trapezoid::sdp
