#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/identifiers.hpp"
#include "sim/base/notice.hpp"
#include "sim/base/timer_queue.hpp"
#include "sim/resolve/resolver.hpp"
#include "sim/sip/message.hpp"
#include "sim/transaction/layer.hpp"
#include "sim/ua/user_agent.hpp"

namespace trapezoid::tests {

/// Alice of RFC 3665, with one offered codec, calling nobody yet.
ua::UserAgentConfig alice();
/// Bob of RFC 3665: rings at once, answers after 2 s.
ua::UserAgentConfig bob();

/// User agents with real transaction layers over an ideal network: every message takes 1 ms. What
/// goes to "proxy.example.com" is kept for the test to answer by hand.
class UaLab {
 public:
  UaLab();
  ~UaLab();

  /// Adds a user agent that is reached at its contact's host. All are added before `run_until`.
  void add(const std::string& name, ua::UserAgentConfig config);
  void run_until(Duration date);

  /// One line a message as it leaves, and one a notice of kind Call or Media.
  std::string log() const;
  /// The lines of `log` that begin a message, without dates.
  std::string messages() const;
  /// Decisions and dialog states.
  const std::vector<std::string>& notices() const { return notices_; }

  /// The latest message sent whose start line contains `text`, as bytes.
  std::string last(std::string_view text) const;
  /// The same for a reader: an empty line in front, lines without their CR and trailing spaces.
  std::string shown(std::string_view text) const;
  sip::Request last_request(std::string_view text) const;
  /// Hands bytes to a user agent now, as if they came from the proxy.
  void deliver(const std::string& to, const std::string& bytes);
  /// Answers a request that the proxy got: `edit` adds what it likes.
  void respond(const std::string& to, const sip::Request& request, int status,
               const std::string& tag, const std::function<void(sip::Response&)>& edit = {});
  /// Messages for which this holds are lost.
  std::function<bool(const std::string& bytes)> is_lost;

  std::size_t call_count(const std::string& name) const;

 private:
  struct Endpoint;
  struct Flight {
    TransportAddress from, to;
    std::string bytes;
  };
  void send(const Endpoint& from, std::string_view bytes, const TransportAddress& to);
  void arrive(const Flight& flight);
  void note(const std::string& line);

  Instant now_{};
  std::uint64_t next_event_ = 1;
  resolve::Zone zone_;
  std::vector<std::unique_ptr<Endpoint>> endpoints_;
  std::multimap<Instant, Flight> in_flight_;
  std::vector<std::string> lines_;
  std::vector<std::string> notices_;
  std::vector<std::string> sent_;
};

}  // namespace trapezoid::tests
