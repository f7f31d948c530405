#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace trapezoid {

/// The hash functions of digest authentication (RFC 7616 §3.3, RFC 8760) and of trace digests.
// NOLINTNEXTLINE(readability-identifier-naming): "512" and "256" would run into one number.
enum class HashAlgorithm { Md5, Sha256, Sha512_256 };

/// The hash of the concatenated parts, as lower-case hexadecimal (32 or 64 digits).
std::string hash_hex(HashAlgorithm algorithm, std::initializer_list<std::string_view> parts);

}  // namespace trapezoid
