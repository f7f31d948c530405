#pragma once

// Finding bytes in text that is followed by at least 16 bytes that can be read, where nothing else
// is said.

#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace trapezoid::sip {

/// The first byte of [at, end) for which the test holds, or `end`; nothing behind `end` is read.
/// Four at a time: this is what decoding spends its time on.
template <class Test>
constexpr const char* find_byte(const char* at, const char* end, Test is_wanted) {
  for (; end - at >= 4; at += 4) {
    if (is_wanted(at[0])) return at;
    if (is_wanted(at[1])) return at + 1;
    if (is_wanted(at[2])) return at + 2;
    if (is_wanted(at[3])) return at + 3;
  }
  while (at != end && !is_wanted(*at)) ++at;
  return at;
}

#if defined(__SSE2__)

/// The first CR or LF in [at, end), or `end`.
inline const char* find_line_break(const char* at, const char* end) {
  const __m128i cr = _mm_set1_epi8('\r');
  const __m128i lf = _mm_set1_epi8('\n');
  for (; at < end; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(bytes, cr), _mm_cmpeq_epi8(bytes, lf));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask == 0) continue;
    const char* const found = at + std::countr_zero(mask);
    return found < end ? found : end;
  }
  return end;
}

/// How many of the next 16 bytes stand before the first ":"; 16 if there is none.
inline int count_to_colon(const char* at) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i hits = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(':'));
  return std::countr_zero(static_cast<unsigned>(_mm_movemask_epi8(hits)) | 0x10000U);
}

#else

inline const char* find_line_break(const char* at, const char* end) {
  while (at < end && *at != '\r' && *at != '\n') ++at;
  return at;
}

inline int count_to_colon(const char* at) {
  int count = 0;
  while (count < 16 && at[count] != ':') ++count;
  return count;
}

#endif

/// The first CR or LF in [at, end), or `end`, where nothing behind `end` can be read.
inline const char* find_line_break_within(const char* at, const char* end) {
  for (; end - at >= 16; at += 16) {
    const char* const found = find_line_break(at, at + 16);
    if (found != at + 16) return found;
  }
  return find_byte(at, end, [](char c) { return c == '\r' || c == '\n'; });
}

}  // namespace trapezoid::sip
