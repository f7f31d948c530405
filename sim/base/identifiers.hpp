#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "sim/base/rng.hpp"

namespace trapezoid {

/// The identifiers that a scenario pins for one element, each list in the order of use. When a list
/// is used up the generator goes on.
struct PinnedIdentifiers {
  std::deque<std::string> call_ids;
  std::deque<std::string> tags;
  std::deque<std::string> branches;  ///< With the magic cookie "z9hG4bK".
  std::deque<std::string> nonces;
  std::deque<std::string> cnonces;
  std::deque<std::string> sdp_session_ids;  ///< Decimal numbers; used as session version too.
};

/// Where one element's identifiers come from: pinned lists first, then its own generator.
class Identifiers {
 public:
  Identifiers(PinnedIdentifiers pinned, std::uint64_t seed, std::string_view element_name);

  std::string next_call_id(std::string_view host);  ///< "<random>@host", RFC 3261 §8.1.1.4.
  std::string next_tag();                           ///< At least 32 random bits, §19.3.
  std::string next_branch();                        ///< With the magic cookie, §8.1.1.7.
  std::string next_nonce();
  std::string next_cnonce();
  std::string next_sdp_session_id();
  /// For choices that are not identifiers (scripted behaviour).
  Rng& rng() { return rng_; }

 private:
  PinnedIdentifiers pinned_;
  Rng rng_;
};

}  // namespace trapezoid
