#include <algorithm>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/scenario/read.hpp"

namespace trapezoid::scenario {

namespace {

enum class Kind : std::uint8_t { UserAgent, Proxy };
constexpr std::pair<std::string_view, Kind> kKinds[] = {{"user_agent", Kind::UserAgent},
                                                        {"proxy", Kind::Proxy}};
constexpr std::pair<std::string_view, Transport> kTransports[] = {{"udp", Transport::Udp},
                                                                  {"tcp", Transport::Tcp}};
constexpr std::pair<std::string_view, Trying> kTrying[] = {
    {"after_forward", Trying::AfterForward},
    {"before_forward", Trying::BeforeForward},
    {"never", Trying::Never}};
constexpr std::pair<std::string_view, HashAlgorithm> kAlgorithms[] = {
    {"MD5", HashAlgorithm::Md5},
    {"SHA-256", HashAlgorithm::Sha256},
    {"SHA-512-256", HashAlgorithm::Sha512_256}};
constexpr std::pair<std::string_view, bool> kQop[] = {{"auth", true}, {"", false}};

/// RFC 3261 §8.1.1.7.
constexpr std::string_view kMagicCookie = "z9hG4bK";

std::deque<std::string> read_list(const Reader& reader, std::string (Reader::*read)() const) {
  std::deque<std::string> values;
  for (const Reader& item : reader.items()) values.push_back((item.*read)());
  return values;
}

/// callid = word [ "@" word ], RFC 3261 §25.1, where a word has no white space, comma or semicolon.
void check_call_id(const Reader& reader) {
  const std::string id = reader.line();
  if (id.find_first_of(" ,;=@") == std::string::npos) return;
  const std::size_t at = id.find('@');
  if (at == 0 || at + 1 == id.size() || id.find('@', at + 1) != std::string::npos ||
      id.find_first_of(" ,;=") != std::string::npos)
    reader.fail(fmt::format(R"(expected a Call-ID such as "a84b@host", not "{}")", id));
}

std::string quotable(const Reader& reader) {
  std::string value = reader.line();
  if (value.find_first_of("\"\\") != std::string::npos)
    reader.fail("expected text without '\"' and '\\'");
  return value;
}

PinnedIdentifiers read_identifiers(const Reader& reader) {
  ObjectReader object = reader.object();
  PinnedIdentifiers pinned;
  const Reader call_ids = object.optional("call_ids");
  for (const Reader& item : call_ids.items()) {
    check_call_id(item);
    pinned.call_ids.push_back(item.text());
  }
  pinned.tags = read_list(object.optional("tags"), &Reader::token);
  for (const Reader& item : object.optional("branches").items()) {
    pinned.branches.push_back(item.token());
    const std::string& branch = pinned.branches.back();
    if (!branch.empty() && branch.substr(0, kMagicCookie.size()) != kMagicCookie)
      item.fail(fmt::format("expected a branch that begins with {} (RFC 3261 §8.1.1.7), not \"{}\"",
                            kMagicCookie, branch));
  }
  for (const Reader& item : object.optional("nonces").items())
    pinned.nonces.push_back(quotable(item));
  for (const Reader& item : object.optional("cnonces").items())
    pinned.cnonces.push_back(quotable(item));
  for (const Reader& item : object.optional("sdp_session_ids").items()) {
    pinned.sdp_session_ids.push_back(item.line());
    if (const std::string& id = pinned.sdp_session_ids.back();
        !id.empty() && !to_number<std::uint64_t>(id))
      item.fail(fmt::format("expected a decimal number below 2^64 in quotes, not \"{}\"", id));
  }
  object.reject_unknown_keys();
  return pinned;
}

std::vector<Credential> read_credentials(const Reader& reader) {
  std::vector<Credential> credentials;
  for (const Reader& item : reader.items()) {
    ObjectReader object = item.object();
    Credential credential;
    credential.realm = object.required("realm").line();
    credential.username = object.required("username").line();
    credential.password = object.required("password").text();
    object.reject_unknown_keys();
    credentials.push_back(std::move(credential));
  }
  return credentials;
}

MediaStream read_stream(const Reader& reader) {
  ObjectReader object = reader.object();
  MediaStream stream;
  stream.type = object.optional("type").line(stream.type);
  stream.port = object.required("port").integer<std::uint16_t>();
  stream.protocol = object.optional("protocol").line(stream.protocol);
  const Reader formats = object.required("formats");
  for (const Reader& item : formats.items()) {
    ObjectReader format = item.object();
    MediaFormat read;
    read.payload_type = format.required("payload_type").integer<std::uint8_t>(0, 127);
    read.rtpmap = format.optional("rtpmap").line();
    format.reject_unknown_keys();
    stream.formats.push_back(std::move(read));
  }
  object.reject_unknown_keys();
  return stream;
}

Media read_media(const Reader& reader, const std::string& address) {
  ObjectReader object = reader.object();
  Media media;
  media.origin_user = object.optional("origin_user").line(media.origin_user);
  const Reader origin = object.optional("origin_address");
  media.origin_address = origin.exists() ? origin.host_name() : address;
  const Reader connection = object.optional("connection_address");
  media.connection_address = connection.exists() ? connection.host_name() : address;
  media.session_name = object.optional("session_name").line(media.session_name);
  for (const Reader& item : object.required("streams").items())
    media.streams.push_back(read_stream(item));
  object.reject_unknown_keys();
  return media;
}

Answering read_answering(const Reader& reader) {
  ObjectReader object = reader.object();
  Answering answering;
  answering.ring_after = object.optional("ring_after_s").seconds();
  answering.answer_after = object.optional("answer_after_s").optional_seconds();
  const Reader status = object.optional("reject_status");
  if (status.exists()) {
    answering.reject_status = status.integer<sip::StatusCode>(300, 699, 486);
    if (!answering.answer_after)
      reader.fail("reject_status needs answer_after_s: when the call is rejected");
  }
  answering.reject_reason = object.optional("reject_reason").line();
  answering.hang_up_after = object.optional("hang_up_after_s").optional_seconds();
  object.reject_unknown_keys();
  return answering;
}

OptionalHeaders read_headers(const Reader& reader) {
  ObjectReader object = reader.object();
  OptionalHeaders headers;
  headers.allow = object.optional("allow").flag(headers.allow);
  headers.supported = object.optional("supported").flag(headers.supported);
  headers.accept = object.optional("accept").flag(headers.accept);
  const Reader user_agent = object.optional("user_agent");
  headers.user_agent = user_agent.text(headers.user_agent);
  if (!headers.user_agent.empty()) user_agent.line();
  object.reject_unknown_keys();
  return headers;
}

/// "sip:alice@client.atlanta.example.com:5060;transport=tcp": where the element itself listens.
std::string default_contact(const Element& element, std::string_view address_of_record) {
  std::string contact = "sip:";
  const std::size_t colon = address_of_record.find(':');
  const std::size_t at = address_of_record.find('@');
  if (at != std::string_view::npos && colon < at)
    contact += address_of_record.substr(colon + 1, at - colon);
  contact += element.sent_by;
  if (!element.transports.empty() && element.transports.front() != Transport::Udp)
    contact += ";transport=" + to_lower(via_token(element.transports.front()));
  return contact;
}

UserAgent read_user_agent(ObjectReader& object, const Element& element) {
  UserAgent agent;
  ObjectReader user = object.required("user").object();
  agent.address_of_record = user.required("address_of_record").address_of_record();
  agent.display_name = user.optional("display_name").line();
  const Reader contact = user.optional("contact");
  agent.contact =
      contact.exists() ? contact.sip_uri() : default_contact(element, agent.address_of_record);
  user.reject_unknown_keys();

  const Reader outbound_proxy = object.optional("outbound_proxy");
  if (outbound_proxy.exists()) agent.outbound_proxy = outbound_proxy.sip_uri();
  agent.credentials = read_credentials(object.optional("credentials"));
  const Reader media = object.optional("media");
  if (media.exists()) agent.media = read_media(media, element.address);
  agent.headers = read_headers(object.optional("headers"));
  agent.cseq_start = object.optional("cseq_start").integer<std::uint32_t>(0, 0x7fffffff, 1);
  agent.answering = read_answering(object.optional("answering"));
  agent.patience = object.optional("patience_s").optional_seconds();
  agent.max_talk = object.optional("max_talk_s").optional_seconds();
  return agent;
}

/// A method, RFC 3261 §25.1: a token; case matters, so "invite" is a slip.
std::string read_method(const Reader& reader) {
  std::string method = reader.token();
  if (std::any_of(method.begin(), method.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
    reader.fail(fmt::format("expected a method in capitals, not \"{}\"", method));
  return method;
}

Authentication read_authentication(const Reader& reader) {
  ObjectReader object = reader.object();
  Authentication authentication;
  authentication.realm = quotable(object.required("realm"));
  authentication.algorithm = object.optional("algorithm").one_of(kAlgorithms, HashAlgorithm::Md5);
  authentication.has_qop_auth = object.optional("qop").one_of(kQop, true);
  const Reader opaque = object.optional("opaque");
  if (opaque.exists()) {
    authentication.opaque = opaque.text();
    if (!authentication.opaque->empty()) quotable(opaque);
  }
  authentication.nonce_lifetime = object.optional("nonce_lifetime_s").optional_seconds();
  for (const Reader& item : object.optional("methods").items())
    authentication.methods.push_back(read_method(item));
  for (const Reader& item : object.optional("from_domains").items())
    authentication.from_domains.push_back(item.host_name());
  for (const Reader& item : object.required("users").items()) {
    ObjectReader user = item.object();
    KnownUser known{user.required("username").line(), user.required("password").text()};
    for (const KnownUser& other : authentication.users)
      if (!known.username.empty() && other.username == known.username)
        user.optional("username")
            .fail(fmt::format("the user name \"{}\" stands twice", known.username));
    user.reject_unknown_keys();
    authentication.users.push_back(std::move(known));
  }
  object.reject_unknown_keys();
  return authentication;
}

std::vector<ReasonPhrase> read_reason_phrases(const Reader& reader) {
  std::vector<ReasonPhrase> phrases;
  for (const Reader& member : reader.members()) {
    const std::string& pointer = member.pointer();
    const std::string key = pointer.substr(pointer.rfind('/') + 1);
    const auto status = to_number<std::uint16_t>(key);
    if (!status || key.size() != 3 || *status < 100 || *status > 699)
      member.fail("expected a status from 100 to 699 as the key");
    phrases.push_back({status.value_or(0), member.line()});
  }
  return phrases;
}

std::vector<Binding> read_location(const Reader& reader) {
  std::vector<Binding> location;
  for (const Reader& item : reader.items()) {
    ObjectReader object = item.object();
    Binding binding;
    binding.address_of_record = object.required("address_of_record").address_of_record();
    binding.contact = object.required("contact").sip_uri();
    binding.q = object.optional("q").number(0, 1, 1, "a number from 0 to 1");
    object.reject_unknown_keys();
    location.push_back(std::move(binding));
  }
  return location;
}

Proxy read_proxy(ObjectReader& object, const Element& element) {
  Proxy proxy;
  for (const Reader& item : object.optional("domains").items())
    proxy.domains.push_back(item.host_name());
  const Reader uri = object.optional("uri");
  proxy.uri = uri.exists() ? uri.sip_uri() : "sip:" + element.sent_by + ";lr";
  proxy.record_route = object.optional("record_route").flag(proxy.record_route);
  proxy.trying = object.optional("trying").one_of(kTrying, proxy.trying);
  proxy.reason_phrases = read_reason_phrases(object.optional("reason_phrases"));
  const Reader authentication = object.optional("authentication");
  if (authentication.exists()) proxy.authentication = read_authentication(authentication);
  proxy.location = read_location(object.optional("location"));
  for (const Reader& item : object.optional("routes").items()) {
    ObjectReader route = item.object();
    proxy.routes.push_back(
        {route.required("domain").host_name(), route.required("next_hop").sip_uri()});
    route.reject_unknown_keys();
  }
  return proxy;
}

std::vector<Transport> read_transports(const Reader& reader) {
  std::vector<Transport> transports;
  for (const Reader& item : reader.items_at_least_one("transport")) {
    if (item.is_text("tls")) {
      item.fail("TLS is not modelled yet, expected udp or tcp");
      continue;
    }
    const std::size_t findings = item.finding_count();
    const Transport transport = item.one_of(kTransports, Transport::Tcp);
    if (item.finding_count() != findings) continue;
    if (std::find(transports.begin(), transports.end(), transport) != transports.end())
      item.fail("this transport stands twice");
    transports.push_back(transport);
  }
  return transports;
}

}  // namespace

Element read_element(const Reader& reader) {
  ObjectReader object = reader.object();
  Element element;
  element.name = object.required("name").name();
  element.label = object.optional("label").line(element.name);
  element.host = object.required("host").line();
  element.address = object.required("address").ip_address();
  element.port = object.optional("port").integer<std::uint16_t>(1, 65535, element.port);
  element.transports = read_transports(object.required("transports"));
  const Reader sent_by = object.optional("sent_by");
  const std::string host =
      is_ipv6(element.address) ? fmt::format("[{}]", element.address) : element.address;
  element.sent_by = sent_by.exists() ? sent_by.sent_by() : fmt::format("{}:{}", host, element.port);
  element.identifiers = read_identifiers(object.optional("identifiers"));

  const Reader kind = object.required("kind");
  const std::size_t findings = kind.finding_count();
  const Kind read_kind = kind.one_of(kKinds, Kind::UserAgent);
  if (!kind.exists() || kind.finding_count() != findings) return element;  // other keys: unknowable
  if (read_kind == Kind::UserAgent)
    element.role = read_user_agent(object, element);
  else
    element.role = read_proxy(object, element);
  object.reject_unknown_keys();
  return element;
}

}  // namespace trapezoid::scenario
