#include "sim/resolve/resolver.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "sim/base/text.hpp"

namespace trapezoid::resolve {
namespace {

constexpr std::uint16_t default_port(Transport transport) {
  return transport == Transport::Tls ? 5061 : 5060;
}

// The NAPTR services of §4.1. (SIPS+D2T is TLS over TCP.)
std::optional<Transport> transport_of_service(std::string_view service) {
  if (iequals(service, "SIP+D2U")) return Transport::Udp;
  if (iequals(service, "SIP+D2T")) return Transport::Tcp;
  if (iequals(service, "SIPS+D2T")) return Transport::Tls;
  return std::nullopt;
}

std::string service_name(Transport transport, std::string_view host) {
  std::string name;
  switch (transport) {
    case Transport::Udp: name = "_sip._udp."; break;
    case Transport::Tcp: name = "_sip._tcp."; break;
    case Transport::Tls: name = "_sips._tcp."; break;
  }
  name += host;
  return name;
}

// The transport that a `transport` parameter asks for; sips always means TLS (§4.1).
std::optional<Transport> transport_of_parameter(std::string_view value, sip::Scheme scheme) {
  const bool is_sips = scheme == sip::Scheme::Sips;
  if (iequals(value, "tcp")) return is_sips ? Transport::Tls : Transport::Tcp;
  if (iequals(value, "tls")) return Transport::Tls;  // deprecated by RFC 3261, still in use
  if (iequals(value, "udp") && !is_sips) return Transport::Udp;
  return std::nullopt;
}

bool contains(const std::vector<Transport>& transports, Transport transport) {
  return std::find(transports.begin(), transports.end(), transport) != transports.end();
}

// The records of a name, to be put in order without copying them.
template <class Record>
std::vector<const Record*> pointers_to(const std::vector<Record>& records) {
  std::vector<const Record*> pointers;
  pointers.reserve(records.size());
  for (const Record& record : records) pointers.push_back(&record);
  return pointers;
}

// SRV records in the order of trying: RFC 2782, the algorithm under "Weight".
std::vector<const SrvRecord*> in_order(const std::vector<SrvRecord>& all, Rng& rng,
                                       bool& is_by_chance) {
  auto records = pointers_to(all);
  std::stable_sort(records.begin(), records.end(), [](const SrvRecord* a, const SrvRecord* b) {
    // Among equals the records of weight 0 stand first.
    return a->priority != b->priority ? a->priority < b->priority
                                      : a->weight == 0 && b->weight != 0;
  });
  for (auto chosen = records.begin(); chosen != records.end(); ++chosen) {
    auto last = chosen;
    std::uint64_t sum = 0;
    for (; last != records.end() && (*last)->priority == (*chosen)->priority; ++last)
      sum += (*last)->weight;
    if (last - chosen < 2) continue;  // no choice: draws nothing
    is_by_chance = true;
    const std::uint64_t limit = rng.below(sum + 1);
    auto pick = chosen;
    for (std::uint64_t running = (*pick)->weight; running < limit; running += (*pick)->weight)
      ++pick;
    std::rotate(chosen, pick, pick + 1);
  }
  return records;
}

// One question: gathers targets, and the names that were asked for in vain.
class Lookup {
 public:
  Lookup(const Zone& zone, Rng& rng) : zone_(zone), rng_(rng) {}

  void add_host(std::string_view host, std::uint16_t port, Transport transport) {
    const auto& addresses = zone_.addresses(host);
    if (addresses.empty()) note("no address of ", host);
    for (const auto& record : addresses) add_target({record.address, port, transport});
  }

  // Whether there are such records, leading anywhere or not.
  bool add_services(std::string_view name, Transport transport) {
    const auto& records = zone_.services(name);
    if (records.empty()) {
      note("no SRV records of ", name);
      return false;
    }
    for (const auto* record : in_order(records, rng_, is_by_chance_)) {
      if (record->target == ".")
        note("no service by ", name);
      else
        add_host(record->target, record->port, transport);
    }
    return true;
  }

  void add_target(TransportAddress target) {
    if (std::find(targets_.begin(), targets_.end(), target) == targets_.end())
      targets_.push_back(std::move(target));
  }

  void note(std::string_view what, std::string_view name) {
    if (!notes_.empty()) notes_ += ", ";
    notes_ += what;
    notes_ += name;
  }

  // Whether the same question may get another answer.
  bool is_by_chance() const { return is_by_chance_; }

  Targets result() {
    if (targets_.empty()) return ResolveError{std::move(notes_)};
    return std::move(targets_);
  }

 private:
  const Zone& zone_;
  Rng& rng_;
  bool is_by_chance_ = false;
  std::vector<TransportAddress> targets_;
  std::string notes_;
};

// Whether there are NAPTR records, which then say it all. §4.1
bool add_by_naptrs(Lookup& lookup, const Zone& zone, std::string_view host, bool is_sips,
                   const std::vector<Transport>& transports) {
  auto naptrs = pointers_to(zone.naptrs(host));
  std::stable_sort(naptrs.begin(), naptrs.end(), [](const NaptrRecord* a, const NaptrRecord* b) {
    return a->order != b->order ? a->order < b->order : a->preference < b->preference;
  });
  std::optional<Transport> usable;
  bool has_records = false;
  for (const auto* record : naptrs) {
    const auto transport = transport_of_service(record->service);
    if (!transport || !contains(transports, *transport)) continue;
    if (is_sips && *transport != Transport::Tls) continue;
    if (!usable) usable = transport;
    if (iequals(record->flags, "a")) {
      lookup.add_host(record->replacement, default_port(*transport), *transport);
      has_records = true;
    } else {
      has_records |= lookup.add_services(record->replacement, *transport);
    }
  }
  if (usable && !has_records)
    lookup.add_host(host, default_port(*usable), *usable);  // §4.2, last part
  if (!usable && !naptrs.empty())
    lookup.note("no NAPTR record with a transport of this element: ", host);
  return !naptrs.empty();
}

// The target set of a name without port and transport: NAPTR, else SRV, else addresses. §4.1
void add_by_name(Lookup& lookup, const Zone& zone, std::string_view host, sip::Scheme scheme,
                 const std::vector<Transport>& transports) {
  const bool is_sips = scheme == sip::Scheme::Sips;
  if (add_by_naptrs(lookup, zone, host, is_sips, transports)) return;
  bool has_services = false;
  for (const auto transport : transports) {
    if (is_sips && transport != Transport::Tls) continue;
    has_services |= lookup.add_services(service_name(transport, host), transport);
  }
  if (has_services) return;

  const Transport last = is_sips ? Transport::Tls : Transport::Udp;
  if (contains(transports, last))
    lookup.add_host(host, default_port(last), last);
  else
    lookup.note(is_sips ? "this element has no TLS for " : "this element has no UDP for ", host);
}

// All that the answer to a request's question depends on besides the records.
void write_question(const sip::Uri& uri, const sip::HostPort& target, std::string_view transport,
                    const std::vector<Transport>& transports, std::string& out) {
  out.clear();
  out += static_cast<char>('0' + static_cast<int>(uri.scheme));
  for (const Transport one : transports) out += static_cast<char>('0' + static_cast<int>(one));
  out += ' ';
  target.write(out);
  out += ' ';
  out += transport;
}

}  // namespace

Resolver::Resolver(const Zone& zone, std::uint64_t seed, std::string_view name)
    : zone_(&zone), rng_(seed, name) {}

Targets Resolver::resolve_request(const sip::Uri& uri, const std::vector<Transport>& transports) {
  if (!uri.is_sip_or_sips()) return ResolveError{"not a SIP or SIPS URI: " + std::string(uri.text)};
  const auto maddr = uri.parameters.value_of("maddr");  // TARGET of §4
  const sip::HostPort target{maddr.empty() ? uri.host_port.host : maddr, uri.host_port.port};
  const std::string_view host = target.address();
  const bool is_address = target.is_ip_address();
  Lookup lookup(*zone_, rng_);

  const auto parameter = uri.parameters.value_of("transport");
  std::optional<Transport> transport;
  if (!parameter.empty()) {
    transport = transport_of_parameter(parameter, uri.scheme);
    if (!transport) return ResolveError{"unknown transport: " + std::string(uri.text)};
  } else if (is_address || target.port) {
    transport = uri.scheme == sip::Scheme::Sips ? Transport::Tls : Transport::Udp;
  }
  write_question(uri, target, parameter, transports, question_);
  if (const auto known = known_.find(question_); known != known_.end()) return known->second;
  const auto remember = [&](Targets targets) {
    if (targets && !is_address && !lookup.is_by_chance()) known_.emplace(question_, *targets);
    return targets;
  };
  if (!transport) {
    add_by_name(lookup, *zone_, host, uri.scheme, transports);
    return remember(lookup.result());
  }

  if (!contains(transports, *transport))
    return ResolveError{"this element has no " + std::string(via_token(*transport)) + " for " +
                        std::string(uri.text)};
  // §4.2: the port is the URI's, else that of SRV records, else the default.
  const std::uint16_t port = target.port.value_or(default_port(*transport));
  if (is_address)
    lookup.add_target({std::string(host), port, *transport});
  else if (target.port || !lookup.add_services(service_name(*transport, host), *transport))
    lookup.add_host(host, port, *transport);
  return remember(lookup.result());
}

Targets Resolver::resolve_response(std::string_view host, std::uint16_t port, Transport transport) {
  const sip::HostPort target{host, std::nullopt};
  const std::string_view address = target.address();
  Lookup lookup(*zone_, rng_);
  const std::uint16_t known_port = port != 0 ? port : default_port(transport);
  if (target.is_ip_address() || host.find(':') != std::string_view::npos)
    lookup.add_target({std::string(address), known_port, transport});
  else if (port != 0 || !lookup.add_services(service_name(transport, host), transport))
    lookup.add_host(host, known_port, transport);
  return lookup.result();
}

}  // namespace trapezoid::resolve
