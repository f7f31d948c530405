#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/base/rng.hpp"
#include "sim/base/transport_address.hpp"
#include "sim/resolve/zone.hpp"
#include "sim/sip/uri.hpp"

namespace trapezoid::resolve {

/// Why a name leads nowhere: the sentence names the records that were looked for, RFC 3263 §4.
struct ResolveError {
  std::string text;
};

using Targets = Result<std::vector<TransportAddress>, ResolveError>;

/// RFC 3263 over the name data of a scenario: where requests and responses go. Without I/O: the
/// records are there, and answers come at once. The seed decides between SRV records of equal
/// priority; the same questions in the same order have the same answers.
class Resolver {
 public:
  /// `zone` is not owned and outlives the resolver.
  Resolver(const Zone& zone, std::uint64_t seed, std::string_view name);

  /// Where a request for `uri` goes, in the order of trying (§4): the transports are those that the
  /// client has, in its order of preference. Never empty when it succeeds.
  Targets resolve_request(const sip::Uri& uri, const std::vector<Transport>& transports);

  /// Where a response goes whose topmost Via names a host (§5). `port` 0: SRV first.
  Targets resolve_response(std::string_view host, std::uint16_t port, Transport transport);

 private:
  const Zone* zone_;
  Rng rng_;
  /// Answers that chance had no part in: the data never changes.
  std::map<std::string, std::vector<TransportAddress>, std::less<>> known_;
  std::string question_;  // the one being asked, kept for its memory
};

}  // namespace trapezoid::resolve
