#include "sim/resolve/zone.hpp"

#include <utility>

#include "sim/base/text.hpp"

namespace trapezoid::resolve {
namespace {

std::string canonical(std::string_view name) {
  if (name.size() > 1 && name.ends_with('.')) name.remove_suffix(1);
  return to_lower(name);
}

template <class Map>
const typename Map::mapped_type& find_in(const Map& map, std::string_view name) {
  static const typename Map::mapped_type none;
  const auto found = map.find(canonical(name));
  return found == map.end() ? none : found->second;
}

}  // namespace

void Zone::add(std::string_view name, AddressRecord record) {
  addresses_[canonical(name)].push_back(std::move(record));
}
void Zone::add(std::string_view name, SrvRecord record) {
  services_[canonical(name)].push_back(std::move(record));
}
void Zone::add(std::string_view name, NaptrRecord record) {
  naptrs_[canonical(name)].push_back(std::move(record));
}

const std::vector<AddressRecord>& Zone::addresses(std::string_view name) const {
  return find_in(addresses_, name);
}
const std::vector<SrvRecord>& Zone::services(std::string_view name) const {
  return find_in(services_, name);
}
const std::vector<NaptrRecord>& Zone::naptrs(std::string_view name) const {
  return find_in(naptrs_, name);
}

}  // namespace trapezoid::resolve
