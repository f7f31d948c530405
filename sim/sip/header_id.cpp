#include "sim/sip/header_id.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "sim/base/text.hpp"

namespace trapezoid::sip {
namespace {

constexpr std::size_t kMaxName = 24;

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

/// A name in lower case, and the bits that make letters of either case lower.
struct Folded {
  std::array<char, kMaxName> lower{};
  std::array<char, kMaxName> case_bits{};
};

constexpr std::array<Folded, kHeaderIdCount> make_folded() {
  std::array<Folded, kHeaderIdCount> folded{};
  for (std::size_t i = 0; i < kHeaderIdCount; ++i) {
    for (std::size_t k = 0; k < kKnown[i].name.size(); ++k) {
      folded[i].lower[k] = to_lower(kKnown[i].name[k]);
      folded[i].case_bits[k] = is_alpha(kKnown[i].name[k]) ? 0x20 : 0;
    }
  }
  return folded;
}
constexpr std::array<Folded, kHeaderIdCount> kFolded = make_folded();

template <class Word>
bool has_same_word(const char* name, const Folded& folded, std::size_t at) {
  Word word{};
  Word lower{};
  Word case_bits{};
  std::memcpy(&word, name + at, sizeof word);
  std::memcpy(&lower, folded.lower.data() + at, sizeof word);
  std::memcpy(&case_bits, folded.case_bits.data() + at, sizeof word);
  return (word | case_bits) == lower;
}

/// Whether `name` is the folded name, which has as many characters: words at a time, the last one
/// overlapping the one before.
bool is_same(std::string_view name, const Folded& folded) {
  const std::size_t size = name.size();
  if (size >= 8) {
    using Word = std::uint64_t;
    return has_same_word<Word>(name.data(), folded, 0) &&
           has_same_word<Word>(name.data(), folded, size - 8) &&
           (size <= 16 || has_same_word<Word>(name.data(), folded, 8));
  }
  if (size >= 4) {
    using Word = std::uint32_t;
    return has_same_word<Word>(name.data(), folded, 0) &&
           has_same_word<Word>(name.data(), folded, size - 4);
  }
  return iequals(name, {folded.lower.data(), size});
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

HeaderId find_header_id(std::string_view name) {
  if (name.size() <= 1) {
    if (name.empty() || !is_alpha(name.front())) return HeaderId::Extension;
    return kCompactIds[static_cast<std::size_t>(to_lower(name.front()) - 'a')];
  }
  const HeaderId id = kSlotIds[slot_of(name)];
  if (known(id).name.size() != name.size()) return HeaderId::Extension;
  return is_same(name, kFolded[static_cast<std::size_t>(id)]) ? id : HeaderId::Extension;
}

std::string_view canonical_name(HeaderId id) {
  return known(id).name;
}

bool is_list(HeaderId id) {
  return (kListBits >> static_cast<unsigned>(id) & 1U) != 0;
}

}  // namespace trapezoid::sip
