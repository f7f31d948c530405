#include "tests/ua/ua_lab.hpp"

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/sip/make_response.hpp"
#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"

namespace trapezoid::tests {
namespace {

const TransportAddress kProxy{"192.0.2.111", 5060, Transport::Tcp};

std::string first_line(std::string_view bytes) {
  return std::string(bytes.substr(0, bytes.find('\r')));
}

/// "INVITE sip:bob@example.com (1 INVITE)", "200 OK (1 INVITE)".
std::string summary(std::string_view bytes) {
  const auto message = sip::parse_message(std::string(bytes));
  if (!message) return "unreadable: " + first_line(bytes);
  std::string line = first_line(bytes);
  if (line.starts_with("SIP/2.0 "))
    line.erase(0, 8);
  else
    line.erase(line.size() - 8);
  const auto cseq = sip::headers_of(*message).first_text(sip::HeaderId::CSeq);
  return line + " (" + std::string(cseq.value_or("")) + ")";
}

ua::UserAgentConfig user(const std::string& name, const std::string& domain,
                         const std::string& address, std::uint16_t port) {
  ua::UserAgentConfig config;
  config.display_name = name;
  const std::string user = to_lower(name);
  config.address_of_record = "sip:" + user + "@" + domain;
  config.contact = "sip:" + user + "@client." + domain + ";transport=tcp";
  config.transports = {Transport::Tcp};
  config.has_allow = config.has_supported = config.has_accept = false;
  config.product.clear();
  config.media.user = user;
  config.media.origin_address = "client." + domain;
  config.media.connection_address = address;
  config.media.media = {{"audio", port, "RTP/AVP", {{"0", "PCMU/8000", ""}}}};
  return config;
}

}  // namespace

ua::UserAgentConfig alice() {
  return user("Alice", "atlanta.example.com", "192.0.2.101", 49172);
}

ua::UserAgentConfig bob() {
  ua::UserAgentConfig config = user("Bob", "biloxi.example.com", "192.0.2.201", 3456);
  config.answering.answer_after = std::chrono::seconds(2);
  return config;
}

struct UaLab::Endpoint final : transaction::MessageSender, NoticeSink {
  Endpoint(UaLab& owner, std::string endpoint_name, ua::UserAgentConfig config,
           TransportAddress own)
      : lab(owner),
        name(std::move(endpoint_name)),
        address(std::move(own)),
        sent_by_text("client." + name + ".example.com:5060"),
        identifiers(pinned(name), 1, name),
        resolver(lab.zone_, 1, name),
        agent(std::move(config), resolver, identifiers, transaction::TimerValues{}),
        layer(agent, *this, timers, identifiers, transaction::TimerValues{}) {}

  /// Call-ID, tags and branches that a reader can tell apart.
  static PinnedIdentifiers pinned(const std::string& name) {
    PinnedIdentifiers ids;
    for (int i = 1; i <= 40; ++i) {
      ids.call_ids.push_back(fmt::format("call{}@{}", i, name));
      ids.tags.push_back(fmt::format("{}-tag{}", name, i));
      ids.branches.push_back(fmt::format("z9hG4bK-{}-{}", name, i));
      ids.cnonces.push_back(fmt::format("{}-cnonce{}", name, i));
      ids.sdp_session_ids.push_back(fmt::format("{}", 1000 + i));
    }
    return ids;
  }

  void send_request(std::string_view bytes, const TransportAddress& to,
                    const transaction::SendInfo& /*info*/, const Context& /*context*/) override {
    lab.send(*this, bytes, to);
  }
  void send_response(const sip::Response& response, const Source& to,
                     const transaction::SendInfo& /*info*/, const Context& /*context*/) override {
    lab.send(*this, sip::to_bytes(response), to.remote);
  }
  std::string_view sent_by(Transport /*transport*/) const override { return sent_by_text; }

  bool is_listening() const override { return true; }
  void take(Notice notice) override {
    if (notice.kind == Notice::Kind::Call || notice.kind == Notice::Kind::Media) {
      const char* what = notice.kind == Notice::Kind::Call ? "call" : "media";
      lab.note(fmt::format("{}: {} {}", name, what, notice.text));
    } else if (notice.kind == Notice::Kind::Decision) {
      lab.notices_.push_back(fmt::format("{}: {}", name, notice.text));
    } else if (notice.kind == Notice::Kind::State && notice.subject.starts_with("dialog ")) {
      lab.notices_.push_back(fmt::format("{}: {}: {} -> {}", name, notice.subject,
                                         notice.from.empty() ? "none" : notice.from, notice.text));
    }
  }

  Context context() { return {lab.now_, lab.next_event_++, this}; }

  void handle_due() {
    while (const auto due = timers.pop_due(lab.now_)) {
      if (due->purpose.owner == transaction::kTransactionTimer)
        layer.handle_timer(*due, context());
      else
        agent.handle_timer(*due, context());
    }
  }

  UaLab& lab;
  std::string name;
  TransportAddress address;
  std::string sent_by_text;
  Identifiers identifiers;
  TimerQueue timers;
  resolve::Resolver resolver;
  ua::UserAgent agent;
  transaction::Layer layer;
};

UaLab::UaLab() {
  for (const std::string name : {"proxy.example.com", "strict.example.com", "p1.example.com",
                                 "p2.example.com", "p3.example.com"}) {
    zone_.add("_sip._tcp." + name, resolve::SrvRecord{0, 0, 5060, name});
    zone_.add(name, resolve::AddressRecord{kProxy.address});
  }
}

UaLab::~UaLab() = default;

void UaLab::add(const std::string& name, ua::UserAgentConfig config) {
  const auto contact = sip::parse_uri(config.contact);
  const TransportAddress address{config.media.connection_address, 5060, Transport::Tcp};
  zone_.add(contact->host_port.host, resolve::AddressRecord{address.address});
  zone_.add(sip::parse_uri(config.address_of_record)->host_port.host,
            resolve::AddressRecord{address.address});
  endpoints_.push_back(std::make_unique<Endpoint>(*this, name, std::move(config), address));
  Endpoint& endpoint = *endpoints_.back();
  endpoint.agent.start(endpoint.layer, endpoint.timers, {now_, 0, &endpoint});
}

void UaLab::run_until(Duration date) {
  const Instant end{date};
  while (true) {
    std::optional<Instant> next;
    if (!in_flight_.empty()) next = in_flight_.begin()->first;
    for (const auto& endpoint : endpoints_)
      if (const auto due = endpoint->timers.next_deadline(); due && (!next || *due < *next))
        next = due;
    if (!next || *next > end) break;
    now_ = *next;
    while (!in_flight_.empty() && in_flight_.begin()->first == now_) {
      const Flight flight = std::move(in_flight_.extract(in_flight_.begin()).mapped());
      arrive(flight);
    }
    for (const auto& endpoint : endpoints_) endpoint->handle_due();
  }
  now_ = end;
}

void UaLab::send(const Endpoint& from, std::string_view bytes, const TransportAddress& to) {
  const bool lost = is_lost && is_lost(std::string(bytes));
  note(fmt::format("{} > {}{}", from.name, summary(bytes), lost ? " (lost)" : ""));
  sent_.emplace_back(bytes);
  if (!lost)
    in_flight_.emplace(now_ + std::chrono::milliseconds(1),
                       Flight{from.address, to, std::string(bytes)});
}

void UaLab::arrive(const Flight& flight) {
  for (const auto& endpoint : endpoints_) {
    if (endpoint->address.address != flight.to.address) continue;
    auto message = sip::parse_message(flight.bytes);
    if (!message) return note(endpoint->name + ": unreadable");
    const Source source{flight.from, flight.to, 1};
    if (auto* request = std::get_if<sip::Request>(&*message))
      endpoint->layer.handle_request(std::move(*request), source, endpoint->context());
    else
      endpoint->layer.handle_response(std::get<sip::Response>(std::move(*message)), source,
                                      endpoint->context());
  }
}

void UaLab::note(const std::string& line) {
  lines_.push_back(fmt::format("{:7.3f}  {}", to_seconds(now_), line));
}

std::string UaLab::log() const {
  std::string text = "\n";
  for (const std::string& line : lines_) text += line + "\n";
  return text;
}

std::string UaLab::messages() const {
  std::string text = "\n";
  for (const std::string& line : lines_)
    if (line.find(" > ") != std::string::npos) text += line.substr(9) + "\n";
  return text;
}

std::string UaLab::last(std::string_view text) const {
  for (auto bytes = sent_.rbegin(); bytes != sent_.rend(); ++bytes)
    if (first_line(*bytes).find(text) != std::string::npos) return *bytes;
  return {};
}

std::string UaLab::shown(std::string_view text) const {
  std::string lines = "\n";
  for (const char c : last(text)) {
    if (c == '\r') continue;
    if (c == '\n')
      while (lines.ends_with(' ')) lines.pop_back();
    lines += c;
  }
  return lines;
}

sip::Request UaLab::last_request(std::string_view text) const {
  return std::get<sip::Request>(*sip::parse_message(last(text)));
}

void UaLab::deliver(const std::string& to, const std::string& bytes) {
  for (const auto& endpoint : endpoints_)
    if (endpoint->name == to) arrive({kProxy, endpoint->address, bytes});
}

void UaLab::respond(const std::string& to, const sip::Request& request, int status,
                    const std::string& tag, const std::function<void(sip::Response&)>& edit) {
  sip::Response response = sip::make_response(request, status, tag);
  if (edit) edit(response);
  deliver(to, sip::to_bytes(response));
}

std::size_t UaLab::call_count(const std::string& name) const {
  for (const auto& endpoint : endpoints_)
    if (endpoint->name == name) return endpoint->agent.call_count();
  return 0;
}

}  // namespace trapezoid::tests
