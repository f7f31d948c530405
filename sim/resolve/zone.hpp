#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace trapezoid::resolve {

/// An A or AAAA record (RFC 1035, RFC 3596).
struct AddressRecord {
  std::string address;  ///< An IPv4 or IPv6 address without brackets.
};

/// An SRV record (RFC 2782): the smallest priority first; among equals by chance, by weight.
struct SrvRecord {
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
  std::uint16_t port = 0;
  std::string target;  ///< A host name; "." means that the service is not offered.
};

/// A NAPTR record (RFC 3403): the smallest order first, then the smallest preference.
struct NaptrRecord {
  std::uint16_t order = 0;
  std::uint16_t preference = 0;
  std::string flags;        ///< "s": `replacement` names SRV records; "a": an address.
  std::string service;      ///< "SIP+D2T".
  std::string replacement;  ///< A name.
};

/// All the name data there is: what a simulated DNS knows. Names are compared without case and
/// without a final dot. Records of one name keep the order of adding.
class Zone {
 public:
  void add(std::string_view name, AddressRecord record);
  void add(std::string_view name, SrvRecord record);
  void add(std::string_view name, NaptrRecord record);

  /// The records of a name; empty when there are none of that type.
  const std::vector<AddressRecord>& addresses(std::string_view name) const;
  const std::vector<SrvRecord>& services(std::string_view name) const;
  const std::vector<NaptrRecord>& naptrs(std::string_view name) const;

 private:
  std::map<std::string, std::vector<AddressRecord>, std::less<>> addresses_;
  std::map<std::string, std::vector<SrvRecord>, std::less<>> services_;
  std::map<std::string, std::vector<NaptrRecord>, std::less<>> naptrs_;
};

}  // namespace trapezoid::resolve
