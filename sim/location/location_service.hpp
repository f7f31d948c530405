#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/time.hpp"

namespace trapezoid::location {

/// Where an address-of-record can be reached (RFC 3261 §10).
struct Binding {
  std::string contact;                ///< A URI, with its parameters, without angle brackets.
  double q = 1.0;                     ///< 0 to 1; larger is preferred (§20.10).
  std::optional<Instant> expires_at;  ///< Nothing: it stays.
  std::string call_id;                ///< Of the registration; empty for a fixed binding.
  std::uint32_t sequence_number = 0;  ///< CSeq of the registration.

  bool is_current(Instant now) const { return !expires_at || now < *expires_at; }
};

/// The table of bindings that a registrar writes and a proxy reads. Addresses-of-record are in the
/// form of `sip::canonical_address_of_record`. A user may be known without having a binding.
class LocationService {
 public:
  /// Makes a user known, with or without bindings.
  void add_user(std::string_view address_of_record);

  /// Adds a binding and makes its user known. A binding with an equivalent contact (§19.1.4) is
  /// replaced and keeps its place among bindings of equal q.
  void bind(std::string_view address_of_record, Binding binding);

  /// Removes the binding with an equivalent contact; whether there was one. The user stays known.
  bool unbind(std::string_view address_of_record, std::string_view contact);
  void unbind_all(std::string_view address_of_record);

  /// Forgets the bindings that have expired.
  void remove_expired(Instant now);

  bool knows(std::string_view address_of_record) const;

  /// The binding with an equivalent contact, current or not; null when there is none.
  const Binding* find(std::string_view address_of_record, std::string_view contact) const;

  /// The current bindings by falling q; those of equal q in the order of binding.
  std::vector<Binding> lookup(std::string_view address_of_record, Instant now) const;

  /// The contacts of the current bindings in groups of equal q, by falling q: a proxy tries a group
  /// at once and one group after the other (§16.6).
  std::vector<std::vector<std::string>> targets(std::string_view address_of_record,
                                                Instant now) const;

  /// Known users.
  std::size_t size() const { return users_.size(); }

 private:
  std::map<std::string, std::vector<Binding>, std::less<>> users_;
};

}  // namespace trapezoid::location
