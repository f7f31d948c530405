#include "sim/base/hash.hpp"

#include <cassert>
#include <memory>

#include <openssl/evp.h>

namespace trapezoid {
namespace {

struct MdFree {
  void operator()(EVP_MD* md) const { EVP_MD_free(md); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Fetched once: a fetch costs more than the hash of a SIP header.
const EVP_MD* find_md(HashAlgorithm algorithm) {
  static const std::unique_ptr<EVP_MD, MdFree> md5(EVP_MD_fetch(nullptr, "MD5", nullptr));
  static const std::unique_ptr<EVP_MD, MdFree> sha256(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  static const std::unique_ptr<EVP_MD, MdFree> sha512_256(
      EVP_MD_fetch(nullptr, "SHA512-256", nullptr));
  switch (algorithm) {
    case HashAlgorithm::Md5: return md5.get();
    case HashAlgorithm::Sha256: return sha256.get();
    case HashAlgorithm::Sha512_256: return sha512_256.get();
  }
  return nullptr;
}

}  // namespace

std::string hash_hex(HashAlgorithm algorithm, std::initializer_list<std::string_view> parts) {
  static thread_local const std::unique_ptr<EVP_MD_CTX, MdFree> context(EVP_MD_CTX_new());
  const EVP_MD* md = find_md(algorithm);
  assert(md != nullptr);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestInit_ex2(context.get(), md, nullptr);
  for (const auto part : parts) EVP_DigestUpdate(context.get(), part.data(), part.size());
  EVP_DigestFinal_ex(context.get(), digest, &size);

  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(std::size_t{2} * size);
  for (unsigned int i = 0; i < size; ++i) {
    text += kDigits[digest[i] >> 4U];
    text += kDigits[digest[i] & 15U];
  }
  return text;
}

}  // namespace trapezoid
