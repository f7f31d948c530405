#include "sim/sdp/session_description.hpp"

#include <algorithm>
#include <initializer_list>

namespace trapezoid::sdp {
namespace {

// RFC 3551 §6, Tables 4 and 5: the static payload types that user agents offer.
struct StaticPayload {
  std::string_view format;
  std::string_view encoding;
};
constexpr StaticPayload kStaticPayloads[] = {
    {"0", "PCMU/8000"},   {"3", "GSM/8000"},    {"4", "G723/8000"},  {"5", "DVI4/8000"},
    {"6", "DVI4/16000"},  {"7", "LPC/8000"},    {"8", "PCMA/8000"},  {"9", "G722/8000"},
    {"12", "QCELP/8000"}, {"13", "CN/8000"},    {"15", "G728/8000"}, {"18", "G729/8000"},
    {"26", "JPEG/90000"}, {"31", "H261/90000"}, {"32", "MPV/90000"}, {"33", "MP2T/90000"},
    {"34", "H263/90000"},
};

void write_line(std::string& out, char type, std::initializer_list<std::string_view> parts) {
  out += type;
  out += '=';
  for (const auto part : parts) out += part;
  out += "\r\n";
}

void write_connection(std::string& out, const Connection& connection) {
  write_line(out, 'c',
             {connection.network_type, " ", connection.address_type, " ", connection.address});
}

void write_bandwidths(std::string& out, const std::vector<Bandwidth>& bandwidths) {
  for (const auto& bandwidth : bandwidths)
    write_line(out, 'b', {bandwidth.type, ":", bandwidth.value});
}

void write_attributes(std::string& out, const std::vector<Attribute>& attributes) {
  for (const auto& attribute : attributes) {
    if (attribute.value)
      write_line(out, 'a', {attribute.name, ":", *attribute.value});
    else
      write_line(out, 'a', {attribute.name});
  }
}

void write_optional(std::string& out, char type, const std::optional<std::string>& value) {
  if (value) write_line(out, type, {*value});
}

void write_unknown(std::string& out, const std::vector<UnknownLine>& lines) {
  for (const auto& line : lines) write_line(out, line.type, {line.value});
}

void write_media(std::string& out, const Media& media) {
  out += "m=";
  out += media.type;
  out += ' ';
  out += std::to_string(media.port);
  if (media.port_count) {
    out += '/';
    out += *media.port_count;
  }
  out += ' ';
  out += media.protocol;
  for (const auto& format : media.formats) {
    out += ' ';
    out += format;
  }
  out += "\r\n";
  write_optional(out, 'i', media.information);
  for (const auto& connection : media.connections) write_connection(out, connection);
  write_bandwidths(out, media.bandwidths);
  write_optional(out, 'k', media.key);
  write_attributes(out, media.attributes);
  write_unknown(out, media.unknown);
}

}  // namespace

bool SessionDescription::has_unknown_lines() const {
  return !unknown.empty() ||
         std::ranges::any_of(media, [](const Media& one) { return !one.unknown.empty(); });
}

const Attribute* find_attribute(const std::vector<Attribute>& attributes, std::string_view name) {
  for (const auto& attribute : attributes)
    if (attribute.name == name) return &attribute;
  return nullptr;
}

std::string_view encoding_of(const Media& media, std::string_view format) {
  for (const auto& attribute : media.attributes) {
    if (attribute.name != "rtpmap" || !attribute.value) continue;
    const std::string_view value = *attribute.value;
    const auto space = value.find(' ');
    if (space != std::string_view::npos && value.substr(0, space) == format)
      return value.substr(space + 1);
  }
  for (const auto& payload : kStaticPayloads)
    if (payload.format == format) return payload.encoding;
  return {};
}

const Connection* connection_of(const SessionDescription& session, const Media& media) {
  if (!media.connections.empty()) return &media.connections.front();
  return session.connection ? &*session.connection : nullptr;
}

void write(const SessionDescription& session, std::string& out) {
  const Origin& origin = session.origin;
  write_line(out, 'v', {"0"});
  write_line(out, 'o',
             {origin.username, " ", origin.session_id, " ", origin.session_version, " ",
              origin.network_type, " ", origin.address_type, " ", origin.address});
  write_line(out, 's', {session.name});
  write_optional(out, 'i', session.information);
  write_optional(out, 'u', session.uri);
  for (const auto& email : session.emails) write_line(out, 'e', {email});
  for (const auto& phone : session.phones) write_line(out, 'p', {phone});
  if (session.connection) write_connection(out, *session.connection);
  write_bandwidths(out, session.bandwidths);
  for (const auto& timing : session.timings) {
    write_line(out, 't', {timing.start, " ", timing.stop});
    for (const auto& repeat : timing.repeats) write_line(out, 'r', {repeat});
    write_optional(out, 'z', timing.time_zones);
  }
  write_optional(out, 'k', session.key);
  write_attributes(out, session.attributes);
  write_unknown(out, session.unknown);
  for (const auto& media : session.media) write_media(out, media);
}

std::string to_text(const SessionDescription& session) {
  std::string out;
  write(session, out);
  return out;
}

}  // namespace trapezoid::sdp
