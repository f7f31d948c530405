#include "tests/proxy/proxy_lab.hpp"

#include <deque>
#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include "sim/element/sip_element.hpp"
#include "sim/sip/make_response.hpp"
#include "sim/sip/parser.hpp"
#include "sim/sip/serializer.hpp"
#include "sim/sip/uri.hpp"

namespace trapezoid::proxy::test {
namespace {

const TransportAddress kProxyAddress{"192.0.2.111", 5060, Transport::Tcp};

std::string to_wire(const std::string& text) {
  std::string bytes;
  for (const char c : text) {
    if (c == '\n') bytes += '\r';
    bytes += c;
  }
  return bytes;
}

std::string to_text(std::string_view bytes) {
  std::string text = "\n";
  for (const char c : bytes)
    if (c != '\r') text += c;
  return text;
}

std::string method_of(std::string_view bytes) {
  const auto message = sip::parse_message(std::string(bytes));
  if (!message) return "?";
  const std::string cseq(sip::headers_of(*message).first_text(sip::HeaderId::CSeq).value_or("? ?"));
  return cseq.substr(cseq.find(' ') + 1);
}

std::string summary(const support::LabMessage& message) {
  std::string line = message.start_line();
  if (line.starts_with("SIP/2.0 "))
    line = line.substr(8) + " (" + method_of(message.bytes) + ")";
  else if (line.ends_with(" SIP/2.0"))
    line.resize(line.size() - 8);
  return message.from + " > " + message.to + " " + line + "\n";
}

}  // namespace

std::string text_of(const Sent& request) {
  std::string text = request.method + " " + request.uri + " SIP/2.0\n";
  text += "Via: SIP/2.0/TCP 192.0.2.101:5060;branch=" + request.branch + "\n";
  if (!request.hops.empty()) text += "Max-Forwards: " + request.hops + "\n";
  text += request.more;
  text += "From: " + request.from + "\nTo: " + request.to + "\n";
  text += "Call-ID: c1@192.0.2.101\nCSeq: 1 " + request.method + "\n";
  text += "Contact: <sip:alice@192.0.2.101;transport=tcp>\n";
  text += "Content-Length: " + std::to_string(request.body.size()) + "\n\n" + request.body;
  return text;
}

/// Says what it is told and keeps what it gets.
class ProxyLab::Peer final : public element::Element {
 public:
  explicit Peer(std::string address) : own{std::move(address), 5060, Transport::Tcp} {}

  void send(const std::string& bytes, Instant now) {
    if (!is_connected_) plan(now, element::Open{1, {own.address, 0, own.transport}, kProxyAddress});
    is_connected_ = true;
    plan(now, element::SendBytes{1, bytes, 0, false});
  }
  void answer(const std::string& method, int status, const std::string& more, Instant now) {
    for (auto one = received_.rbegin(); one != received_.rend(); ++one) {
      const auto message = sip::parse_message(one->second);
      const auto* request = message ? std::get_if<sip::Request>(&*message) : nullptr;
      if (request == nullptr || request->method_text() != method) continue;
      const auto response = sip::make_response(*request, status, "tag-" + own.address);
      std::string bytes = sip::to_bytes(response);
      bytes.insert(bytes.find("Content-Length"), to_wire(more));
      plan(now, element::SendBytes{one->first, bytes, 0, false});
      return;
    }
    ADD_FAILURE() << "no " << method << " to answer at " << own.address;
  }
  void plan(Instant date, element::Output output) {
    planned_.emplace_back(date, std::move(output));
  }

  void handle(element::Input input, Instant now) override {
    if (const auto* arrived = std::get_if<element::Arrived>(&input)) {
      received_.emplace_back(arrived->connection, arrived->bytes);
    } else if (std::holds_alternative<element::TimeReached>(input)) {
      while (!planned_.empty() && planned_.front().first <= now) {
        ready_.push_back(std::move(planned_.front().second));
        planned_.pop_front();
      }
    }
  }
  std::optional<element::Output> poll() override {
    if (ready_.empty()) return std::nullopt;
    auto output = std::move(ready_.front());
    ready_.pop_front();
    return output;
  }
  std::optional<Instant> next_deadline() const override {
    if (planned_.empty()) return std::nullopt;
    return planned_.front().first;
  }

  const TransportAddress own;

 private:
  std::deque<std::pair<Instant, element::Output>> planned_;
  std::deque<element::Output> ready_;
  std::vector<std::pair<ConnectionId, std::string>> received_;
  bool is_connected_ = false;
};

ProxyLab::ProxyLab() {
  config.uri = "sip:p.example.com;lr";
  config.domains = {"example.com"};
  config.transports = {Transport::Tcp};
  const std::pair<const char*, const char*> people[] = {{"alice", "192.0.2.101"},
                                                        {"bob", "192.0.2.201"},
                                                        {"carol", "192.0.2.202"},
                                                        {"dave", "192.0.2.203"}};
  for (const auto& [name, address] : people) {
    unstarted_.push_back(std::make_unique<Peer>(address));
    peers_[name] = unstarted_.back().get();
    bind(std::string("sip:") + name + "@example.com",
         std::string("sip:") + name + "@" + address + ";transport=tcp");
  }
}

ProxyLab::~ProxyLab() = default;

void ProxyLab::bind(const std::string& address_of_record, const std::string& contact, double q) {
  location::Binding binding;
  binding.contact = contact;
  binding.q = q;
  config.location.bind(address_of_record, std::move(binding));
}

void ProxyLab::start() {
  if (std::exchange(is_started_, true)) return;
  element::SipElementConfig element_config;
  element_config.name = "proxy";
  element_config.listens = {kProxyAddress};
  element_config.sent_by = "p.example.com:5060";
  element_config.validation.role = sip::ValidationOptions::Role::Proxy;
  for (int i = 1; i <= 20; ++i) {
    element_config.pinned.branches.push_back("z9hG4bKp" + std::to_string(i));
    element_config.pinned.tags.push_back("p" + std::to_string(i));
    element_config.pinned.nonces.push_back("nonce" + std::to_string(i));
  }
  const auto make_user = [this](resolve::Resolver& resolver, Identifiers& identifiers) {
    return std::make_unique<Proxy>(std::move(config), resolver, identifiers);
  };
  for (auto& peer : unstarted_)
    for (const auto& [name, known] : peers_)
      if (known == peer.get()) {
        lab_.add(name, {known->own}, std::move(peer));
        break;
      }
  lab_.add("proxy", {kProxyAddress},
           std::make_unique<element::SipElement>(std::move(element_config), zone, make_user));
}

void ProxyLab::send(const std::string& from, const std::string& text) {
  start();
  peers_.at(from)->send(to_wire(text), now_);
  wait(std::chrono::milliseconds(10));
}

void ProxyLab::answer(const std::string& from, int status, const std::string& more,
                      const std::string& method) {
  peers_.at(from)->answer(method, status, more, now_);
  wait(std::chrono::milliseconds(10));
}

void ProxyLab::wait(Duration span) {
  now_ += span;
  lab_.run(now_);
}

std::string ProxyLab::log() {
  std::string text = "\n";
  for (; logged_ < lab_.messages().size(); ++logged_) text += summary(lab_.messages()[logged_]);
  return text;
}

std::string ProxyLab::last_to(const std::string& peer, const std::string& line_start) const {
  const auto& messages = lab_.messages();
  for (auto message = messages.rbegin(); message != messages.rend(); ++message)
    if (message->to == peer && message->bytes.starts_with(line_start))
      return to_text(message->bytes);
  return "nothing to " + peer;
}

std::string lines_of(const std::string& text, const std::vector<std::string>& names) {
  std::string found = "\n";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    for (const std::string& name : names)
      if (line.starts_with(name)) found += line + "\n";
    at = end + 1;
  }
  return found;
}

}  // namespace trapezoid::proxy::test
