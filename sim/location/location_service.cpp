#include "sim/location/location_service.hpp"

#include <algorithm>
#include <utility>

#include "sim/sip/uri.hpp"

namespace trapezoid::location {
namespace {

// Whether two contacts are one, §19.1.4; texts that are no URIs are compared byte for byte.
bool is_same_contact(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto left = sip::parse_uri(a);
  const auto right = sip::parse_uri(b);
  return left && right && sip::are_equivalent(*left, *right);
}

template <class Bindings>
auto find_contact(Bindings& bindings, std::string_view contact) {
  return std::find_if(bindings.begin(), bindings.end(), [&](const Binding& binding) {
    return is_same_contact(binding.contact, contact);
  });
}

}  // namespace

void LocationService::add_user(std::string_view address_of_record) {
  users_.try_emplace(std::string(address_of_record));
}

void LocationService::bind(std::string_view address_of_record, Binding binding) {
  auto& bindings = users_[std::string(address_of_record)];
  const auto known = find_contact(bindings, binding.contact);
  if (known == bindings.end())
    bindings.push_back(std::move(binding));
  else
    *known = std::move(binding);
}

bool LocationService::unbind(std::string_view address_of_record, std::string_view contact) {
  const auto user = users_.find(address_of_record);
  if (user == users_.end()) return false;
  const auto known = find_contact(user->second, contact);
  if (known == user->second.end()) return false;
  user->second.erase(known);
  return true;
}

void LocationService::unbind_all(std::string_view address_of_record) {
  const auto user = users_.find(address_of_record);
  if (user != users_.end()) user->second.clear();
}

void LocationService::remove_expired(Instant now) {
  for (auto& [address_of_record, bindings] : users_)
    std::erase_if(bindings, [now](const Binding& binding) { return !binding.is_current(now); });
}

bool LocationService::knows(std::string_view address_of_record) const {
  return users_.find(address_of_record) != users_.end();
}

const Binding* LocationService::find(std::string_view address_of_record,
                                     std::string_view contact) const {
  const auto user = users_.find(address_of_record);
  if (user == users_.end()) return nullptr;
  const auto known = find_contact(user->second, contact);
  return known == user->second.end() ? nullptr : &*known;
}

std::vector<Binding> LocationService::lookup(std::string_view address_of_record,
                                             Instant now) const {
  std::vector<Binding> current;
  const auto user = users_.find(address_of_record);
  if (user == users_.end()) return current;
  for (const Binding& binding : user->second)
    if (binding.is_current(now)) current.push_back(binding);
  std::stable_sort(current.begin(), current.end(),
                   [](const Binding& a, const Binding& b) { return a.q > b.q; });
  return current;
}

std::vector<std::vector<std::string>> LocationService::targets(std::string_view address_of_record,
                                                               Instant now) const {
  std::vector<std::vector<std::string>> groups;
  double last_q = 0;
  for (const Binding& binding : lookup(address_of_record, now)) {
    if (groups.empty() || binding.q < last_q) groups.emplace_back();
    last_q = binding.q;
    groups.back().push_back(binding.contact);
  }
  return groups;
}

}  // namespace trapezoid::location
