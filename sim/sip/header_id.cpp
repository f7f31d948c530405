#include "sim/sip/header_id.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "sim/base/text.hpp"

namespace trapezoid::sip {
namespace {

struct Known {
  std::string_view name;
  char compact = 0;
  bool is_list = false;
};

// In the order of `HeaderId`. Compact forms: §20, and RFC 3515 (r), RFC 6665 (o).
// clang-format off
constexpr std::array<Known, kHeaderIdCount> kKnown{{
  {"Accept", 0, true}, {"Accept-Encoding", 0, true}, {"Accept-Language", 0, true},
  {"Alert-Info", 0, true}, {"Allow", 0, true}, {"Authentication-Info"}, {"Authorization"},
  {"Call-ID", 'i'}, {"Call-Info", 0, true}, {"Contact", 'm', true}, {"Content-Disposition"},
  {"Content-Encoding", 'e', true}, {"Content-Language", 0, true}, {"Content-Length", 'l'},
  {"Content-Type", 'c'}, {"CSeq"}, {"Date"}, {"Error-Info", 0, true}, {"Event", 'o'}, {"Expires"},
  {"From", 'f'}, {"In-Reply-To", 0, true}, {"Max-Forwards"}, {"MIME-Version"}, {"Min-Expires"},
  {"Organization"}, {"Path", 0, true}, {"Priority"}, {"Proxy-Authenticate"},
  {"Proxy-Authorization"}, {"Proxy-Require", 0, true}, {"RAck"}, {"RSeq"}, {"Reason", 0, true},
  {"Record-Route", 0, true}, {"Refer-To", 'r'}, {"Replaces"}, {"Reply-To"}, {"Require", 0, true},
  {"Retry-After"}, {"Route", 0, true}, {"Server"}, {"Service-Route", 0, true}, {"Subject", 's'},
  {"Subscription-State"}, {"Supported", 'k', true}, {"Timestamp"}, {"To", 't'},
  {"Unsupported", 0, true}, {"User-Agent"}, {"Via", 'v', true}, {"Warning", 0, true},
  {"WWW-Authenticate"}, {""},
}};
// clang-format on

constexpr const Known& known(HeaderId id) {
  return kKnown[static_cast<std::size_t>(id)];
}
static_assert(known(HeaderId::WwwAuthenticate).name == "WWW-Authenticate");
static_assert(known(HeaderId::Via).name == "Via" && known(HeaderId::From).name == "From");

/// A perfect hash of the long forms, case ignored: no two of them share a slot, which is asserted
/// below. The factors were found by trial.
constexpr std::size_t slot_of(std::string_view name) {
  const auto letter = [](char c) { return static_cast<std::size_t>(c) | 0x20U; };
  return (name.size() * 40 + (letter(name.front()) & 0xFFU) * 4 + (letter(name.back()) & 0xFFU) +
          (letter(name[name.size() / 2]) & 0xFFU) * 29) &
         0xFFU;
}

constexpr std::size_t kSlots = 256;

constexpr std::array<HeaderId, kSlots> make_slots() {
  std::array<HeaderId, kSlots> slots{};
  for (HeaderId& slot : slots) slot = HeaderId::Extension;
  for (std::size_t i = 0; i + 1 < kHeaderIdCount; ++i)
    slots[slot_of(kKnown[i].name)] = static_cast<HeaderId>(i);
  return slots;
}
constexpr std::array<HeaderId, kSlots> kSlotIds = make_slots();

constexpr bool is_perfect() {
  for (std::size_t i = 0; i + 1 < kHeaderIdCount; ++i)
    if (kSlotIds[slot_of(kKnown[i].name)] != static_cast<HeaderId>(i)) return false;
  return true;
}
static_assert(is_perfect(), "two names share a slot: other factors are needed");

constexpr std::array<HeaderId, 26> make_compact_ids() {
  std::array<HeaderId, 26> ids{};
  for (HeaderId& id : ids) id = HeaderId::Extension;
  for (std::size_t i = 0; i + 1 < kHeaderIdCount; ++i)
    if (kKnown[i].compact != 0)
      ids[static_cast<std::size_t>(kKnown[i].compact - 'a')] = static_cast<HeaderId>(i);
  return ids;
}
constexpr std::array<HeaderId, 26> kCompactIds = make_compact_ids();

/// A name in lower case, the bits that make its letters lower, and those that belong to it at all.
struct Folded {
  std::array<char, kMaxHeaderName> lower{};
  std::array<char, kMaxHeaderName> case_bits{};
  std::array<char, kMaxHeaderName> used_bits{};
};

constexpr std::array<Folded, kHeaderIdCount> make_folded() {
  std::array<Folded, kHeaderIdCount> folded{};
  for (std::size_t i = 0; i < kHeaderIdCount; ++i) {
    for (std::size_t k = 0; k < kKnown[i].name.size(); ++k) {
      folded[i].lower[k] = to_lower(kKnown[i].name[k]);
      folded[i].case_bits[k] = is_alpha(kKnown[i].name[k]) ? 0x20 : 0;
      folded[i].used_bits[k] = static_cast<char>(0xFF);
    }
  }
  return folded;
}
constexpr std::array<Folded, kHeaderIdCount> kFolded = make_folded();

std::uint64_t word_at(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// The bits in which eight bytes of a name differ from the folded name's.
std::uint64_t difference(const char* name, const Folded& folded, std::size_t at) {
  const std::uint64_t lower = word_at(name + at) | word_at(folded.case_bits.data() + at);
  return (lower & word_at(folded.used_bits.data() + at)) ^ word_at(folded.lower.data() + at);
}

/// Whether a name of the right size is the folded one. `name` can be read for `kMaxHeaderName`
/// bytes. Without branches: sizes come in no order that a processor could guess.
bool is_same(const char* name, const Folded& folded) {
  static_assert(kMaxHeaderName == 24);
  return (difference(name, folded, 0) | difference(name, folded, 8) |
          difference(name, folded, 16)) == 0;
}

constexpr std::uint64_t make_list_bits() {
  static_assert(kHeaderIdCount <= 64);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kHeaderIdCount; ++i)
    if (kKnown[i].is_list) bits |= std::uint64_t{1} << i;
  return bits;
}
constexpr std::uint64_t kListBits = make_list_bits();

}  // namespace

HeaderId find_padded_header_id(std::string_view name) {
  if (name.size() <= 1) {
    if (name.empty() || !is_alpha(name.front())) return HeaderId::Extension;
    return kCompactIds[static_cast<std::size_t>(to_lower(name.front()) - 'a')];
  }
  const HeaderId id = kSlotIds[slot_of(name)];
  const bool is_found = known(id).name.size() == name.size() &&
                        is_same(name.data(), kFolded[static_cast<std::size_t>(id)]);
  return is_found ? id : HeaderId::Extension;
}

HeaderId find_header_id(std::string_view name) {
  std::array<char, kMaxHeaderName> padded{};
  if (name.size() > padded.size()) return HeaderId::Extension;
  std::copy(name.begin(), name.end(), padded.begin());
  return find_padded_header_id({padded.data(), name.size()});
}

std::string_view canonical_name(HeaderId id) {
  return known(id).name;
}

bool is_list(HeaderId id) {
  return (kListBits >> static_cast<unsigned>(id) & 1U) != 0;
}

}  // namespace trapezoid::sip
