#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/proxy/proxy.hpp"
#include "sim/resolve/zone.hpp"
#include "tests/support/lab.hpp"

namespace trapezoid::proxy::test {

/// What a test may want to say about a request; the rest is Alice's first INVITE to Bob.
struct Sent {
  std::string method = "INVITE";
  std::string uri = "sip:bob@example.com";
  std::string branch = "z9hG4bKa1";
  std::string hops = "70";
  std::string from = "<sip:alice@example.com>;tag=a1";
  std::string to = "<sip:bob@example.com>";
  std::string more = {};  ///< Whole lines, each with "\n".
  std::string body = {};
};

/// The message as text with "\n" at the ends of lines.
std::string text_of(const Sent& request);

/// A proxy "sip:p.example.com;lr", responsible for example.com, at 192.0.2.111, between peers that
/// say what the test tells them to and keep what they get. Everybody speaks TCP. The proxy's
/// branches are z9hG4bKp1, z9hG4bKp2, ..., its tags p1, p2, ..., its nonces nonce1, nonce2, ...
class ProxyLab {
 public:
  /// Alice is at 192.0.2.101, Bob at .201, Carol at .202, Dave at .203, all known to the location
  /// service under these addresses.
  ProxyLab();
  ~ProxyLab();

  /// Both to be changed before the first `send`.
  ProxyConfig config;
  resolve::Zone zone;
  /// Makes `contact` a binding of an address-of-record.
  void bind(const std::string& address_of_record, const std::string& contact, double q = 1.0);

  /// A peer sends the proxy this text on its own connection, 10 ms go by.
  void send(const std::string& from, const std::string& text);
  void send(const std::string& from, const Sent& request) { send(from, text_of(request)); }
  /// A peer answers the latest request of that method that it got; `more` are whole lines.
  void answer(const std::string& from, int status, const std::string& more = {},
              const std::string& method = "INVITE");
  /// Time goes by.
  void wait(Duration span);

  /// The messages since the start or the last call, a line each:
  /// "alice > proxy INVITE sip:bob@example.com", "proxy > alice 100 Trying (INVITE)".
  std::string log();
  /// The latest message to a peer, as text that begins with "\n"; `line_start` chooses among them.
  std::string last_to(const std::string& peer, const std::string& line_start = {}) const;

 private:
  class Peer;
  void start();

  support::Lab lab_;
  Instant now_{};
  std::map<std::string, Peer*> peers_;
  std::vector<std::unique_ptr<Peer>> unstarted_;
  bool is_started_ = false;
  std::size_t logged_ = 0;
};

/// The lines of a text that begin with one of these names.
std::string lines_of(const std::string& text, const std::vector<std::string>& names);

}  // namespace trapezoid::proxy::test
