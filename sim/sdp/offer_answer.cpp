#include "sim/sdp/offer_answer.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/text.hpp"

namespace trapezoid::sdp {
namespace {

constexpr Direction kDirections[] = {Direction::SendRecv, Direction::SendOnly, Direction::RecvOnly,
                                     Direction::Inactive};

bool sends(Direction d) {
  return d == Direction::SendRecv || d == Direction::SendOnly;
}
bool receives(Direction d) {
  return d == Direction::SendRecv || d == Direction::RecvOnly;
}
Direction make_direction(bool is_sending, bool is_receiving) {
  if (is_sending) return is_receiving ? Direction::SendRecv : Direction::SendOnly;
  return is_receiving ? Direction::RecvOnly : Direction::Inactive;
}

// What both ends allow, seen from the end that `own` belongs to. RFC 3264 §6.1.
Direction common_direction(Direction offered, Direction own) {
  return make_direction(sends(own) && receives(offered), receives(own) && sends(offered));
}

std::string address_type_of(std::string_view address) {
  return address.find(':') == std::string_view::npos ? "IP4" : "IP6";
}

bool is_rtp(std::string_view protocol) {
  return protocol.find("RTP/") != std::string_view::npos;
}

// "opus/48000/2" and "OPUS/48000/2" are one encoding, as are "L16/8000" and "L16/8000/1".
bool is_same_encoding(std::string_view a, std::string_view b) {
  const auto without_one_channel = [](std::string_view encoding) {
    if (std::count(encoding.begin(), encoding.end(), '/') == 2 && encoding.ends_with("/1"))
      encoding.remove_suffix(2);
    return encoding;
  };
  return !a.empty() && iequals(without_one_channel(a), without_one_channel(b));
}

std::string_view encoding_of(const Format& format) {
  return format.rtpmap.empty() ? encoding_of(Media{}, format.payload_type) : format.rtpmap;
}

// Whether `own` is the offer's format `offered`: by encoding where both have one, else by number.
bool is_same_format(const Media& offer, std::string_view offered, const Format& own) {
  if (!is_rtp(offer.protocol)) return own.payload_type == offered;
  const auto encoding = encoding_of(offer, offered);
  const auto own_encoding = encoding_of(own);
  if (encoding.empty() || own_encoding.empty()) return own.payload_type == offered;
  return is_same_encoding(encoding, own_encoding);
}

void append_format(Media& media, std::string_view payload_type, const Format& format) {
  media.formats.emplace_back(payload_type);
  std::string prefix(payload_type);
  prefix += ' ';
  if (!format.rtpmap.empty()) media.attributes.push_back({"rtpmap", prefix + format.rtpmap});
  if (!format.fmtp.empty()) media.attributes.push_back({"fmtp", prefix + format.fmtp});
}

// sendrecv is the default and not written.
void append_direction(Media& media, Direction direction) {
  if (direction != Direction::SendRecv)
    media.attributes.push_back({std::string(to_string(direction)), std::nullopt});
}

SessionDescription make_session(const Capabilities& capabilities, std::string_view session_id) {
  SessionDescription session;
  session.origin = {capabilities.user,
                    std::string(session_id),
                    std::string(session_id),
                    "IN",
                    address_type_of(capabilities.origin_address),
                    capabilities.origin_address};
  session.name = capabilities.session_name;
  session.connection = {"IN", address_type_of(capabilities.connection_address),
                        capabilities.connection_address};
  return session;
}

// RFC 3264 §6: port zero; the formats are ignored, but there must be one.
Media make_rejected(const Media& offered) {
  Media media;
  media.type = offered.type;
  media.port = 0;
  media.protocol = offered.protocol;
  media.formats = offered.formats;
  return media;
}

// The stream with the formats that both have, or nothing when there is none.
std::optional<Media> make_accepted(const Media& offered, Direction offered_direction,
                                   const MediaCapability& own) {
  Media media;
  media.type = offered.type;
  media.port = own.port;
  media.protocol = offered.protocol;
  for (const auto& format : offered.formats) {
    const auto match = std::find_if(own.formats.begin(), own.formats.end(), [&](const Format& one) {
      return is_same_format(offered, format, one);
    });
    if (match == own.formats.end()) continue;
    Format common = *match;
    if (common.rtpmap.empty() && encoding_of(Media{}, format).empty())
      common.rtpmap = encoding_of(offered, format);  // a dynamic number needs its meaning
    append_format(media, format, common);
  }
  if (media.formats.empty()) return std::nullopt;
  append_direction(media, common_direction(offered_direction, own.direction));
  return media;
}

// Decimal addition of one to a number of any length.
std::string successor(std::string number) {
  for (auto digit = number.rbegin(); digit != number.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return number;
    }
    *digit = '0';
  }
  return "1" + number;
}

void remove_direction(std::vector<Attribute>& attributes) {
  std::erase_if(attributes, [](const Attribute& a) { return find_direction(a.name).has_value(); });
}

std::optional<Direction> own_direction(const std::vector<Attribute>& attributes) {
  for (const auto& attribute : attributes)
    if (const auto direction = find_direction(attribute.name)) return direction;
  return std::nullopt;
}

std::string stream_name(std::size_t index, const Media& media) {
  return "stream " + std::to_string(index + 1) + " (" + media.type + ")";
}

// Why the answer's stream does not fit the offer's; empty when it does.
std::string find_stream_mismatch(const SessionDescription& offer, const Media& offered,
                                 const SessionDescription& answer, const Media& answered) {
  if (offered.type != answered.type) return "is answered as " + answered.type;
  if (offered.protocol != answered.protocol)
    return "is offered over " + offered.protocol + " and answered over " + answered.protocol;
  if (answered.port == 0) return {};
  if (offered.port == 0) return "was offered with port 0 and is not rejected";
  const bool has_common =
      std::any_of(answered.formats.begin(), answered.formats.end(), [&](const std::string& format) {
        return std::any_of(
            offered.formats.begin(), offered.formats.end(), [&](const std::string& other) {
              const Format own{format, std::string(encoding_of(answered, format)), {}};
              return is_same_format(offered, other, own);
            });
      });
  if (!has_common) return "is answered without any of the offered formats";
  const Direction theirs = direction_of(offer, offered);
  const Direction own = direction_of(answer, answered);
  if (common_direction(theirs, own) != own)
    return "is offered " + std::string(to_string(theirs)) + " and answered " +
           std::string(to_string(own));
  return {};
}

}  // namespace

std::string_view to_string(Direction direction) {
  switch (direction) {
    case Direction::SendRecv: return "sendrecv";
    case Direction::SendOnly: return "sendonly";
    case Direction::RecvOnly: return "recvonly";
    case Direction::Inactive: return "inactive";
  }
  return {};
}

std::optional<Direction> find_direction(std::string_view attribute_name) {
  for (const auto direction : kDirections)
    if (to_string(direction) == attribute_name) return direction;
  return std::nullopt;
}

Direction reversed(Direction direction) {
  return make_direction(receives(direction), sends(direction));
}

SessionDescription make_offer(const Capabilities& capabilities, std::string_view session_id) {
  SessionDescription offer = make_session(capabilities, session_id);
  offer.timings.emplace_back();  // §5: "t=0 0" for a session without an end
  for (const auto& own : capabilities.media) {
    Media media;
    media.type = own.type;
    media.port = own.port;
    media.protocol = own.protocol;
    for (const auto& format : own.formats) append_format(media, format.payload_type, format);
    append_direction(media, own.direction);
    offer.media.push_back(std::move(media));
  }
  return offer;
}

Result<SessionDescription, Mismatch> make_answer(const SessionDescription& offer,
                                                 const Capabilities& capabilities,
                                                 std::string_view session_id) {
  SessionDescription answer = make_session(capabilities, session_id);
  answer.timings = offer.timings;  // §6: the t= line is the offer's
  std::vector<bool> is_used(capabilities.media.size(), false);
  bool wants_any = false;
  bool has_any = false;
  for (const auto& offered : offer.media) {
    std::optional<Media> accepted;
    for (std::size_t i = 0; i < capabilities.media.size() && offered.port != 0 && !accepted; ++i) {
      const MediaCapability& own = capabilities.media[i];
      if (is_used[i] || own.type != offered.type || own.protocol != offered.protocol) continue;
      accepted = make_accepted(offered, direction_of(offer, offered), own);
      is_used[i] = accepted.has_value();
    }
    wants_any |= offered.port != 0;
    has_any |= accepted.has_value();
    answer.media.push_back(accepted ? std::move(*accepted) : make_rejected(offered));
  }
  if (wants_any && !has_any) return Mismatch{"no offered stream has a known type and format"};
  return answer;
}

SessionDescription make_successor(const SessionDescription& previous, SessionDescription changed) {
  changed.origin = previous.origin;
  if (changed != previous)
    changed.origin.session_version = successor(std::move(changed.origin.session_version));
  return changed;
}

void set_direction(SessionDescription& session, Direction direction) {
  remove_direction(session.attributes);
  for (auto& media : session.media) {
    remove_direction(media.attributes);
    if (media.port != 0) append_direction(media, direction);
  }
}

Direction direction_of(const SessionDescription& session, const Media& media) {
  if (const auto own = own_direction(media.attributes)) return *own;
  return own_direction(session.attributes).value_or(Direction::SendRecv);
}

bool is_hold(const SessionDescription& session) {
  bool has_stream = false;
  for (const auto& media : session.media) {
    if (media.port == 0) continue;
    has_stream = true;
    const Connection* connection = connection_of(session, media);
    const bool is_black_hole = connection != nullptr && connection->address == "0.0.0.0";
    if (receives(direction_of(session, media)) && !is_black_hole) return false;
  }
  return has_stream;
}

std::optional<Mismatch> find_mismatch(const SessionDescription& offer,
                                      const SessionDescription& answer) {
  if (offer.media.size() != answer.media.size())
    return Mismatch{"the offer has " + std::to_string(offer.media.size()) +
                    " streams and the answer " + std::to_string(answer.media.size())};
  for (std::size_t i = 0; i < offer.media.size(); ++i) {
    auto why = find_stream_mismatch(offer, offer.media[i], answer, answer.media[i]);
    if (!why.empty()) return Mismatch{stream_name(i, offer.media[i]) + " " + std::move(why)};
  }
  return std::nullopt;
}

}  // namespace trapezoid::sdp
