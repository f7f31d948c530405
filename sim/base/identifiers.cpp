#include "sim/base/identifiers.hpp"

#include <utility>

namespace trapezoid {
namespace {

// The next pinned identifier, or an empty string when the list is used up.
std::string take(std::deque<std::string>& list) {
  if (list.empty()) return {};
  std::string front = std::move(list.front());
  list.pop_front();
  return front;
}

}  // namespace

Identifiers::Identifiers(PinnedIdentifiers pinned, std::uint64_t seed,
                         std::string_view element_name)
    : pinned_(std::move(pinned)), rng_(seed, element_name) {}

std::string Identifiers::next_call_id(std::string_view host) {
  std::string id = take(pinned_.call_ids);
  if (id.empty()) {
    id = rng_.token(20);
    id += '@';
    id += host;
  }
  return id;
}

std::string Identifiers::next_tag() {
  std::string tag = take(pinned_.tags);
  return tag.empty() ? rng_.token(10) : tag;
}

std::string Identifiers::next_branch() {
  std::string branch = take(pinned_.branches);
  if (branch.empty()) {
    branch = "z9hG4bK";
    branch += rng_.token(12);
  }
  return branch;
}

std::string Identifiers::next_nonce() {
  std::string nonce = take(pinned_.nonces);
  return nonce.empty() ? rng_.hex(32) : nonce;
}

std::string Identifiers::next_cnonce() {
  std::string cnonce = take(pinned_.cnonces);
  return cnonce.empty() ? rng_.hex(16) : cnonce;
}

std::string Identifiers::next_sdp_session_id() {
  std::string id = take(pinned_.sdp_session_ids);
  return id.empty() ? std::to_string(1'000'000'000 + rng_.below(9'000'000'000)) : id;
}

}  // namespace trapezoid
