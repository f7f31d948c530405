#pragma once

// Finding bytes in text that is followed by at least 16 bytes that can be read.

#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace trapezoid::sip {

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

}  // namespace trapezoid::sip
