#include "sim/base/hash.hpp"

#include <gtest/gtest.h>

namespace trapezoid {
namespace {

TEST(Hash, Md5IsThatOfRfc1321) {
  EXPECT_EQ(hash_hex(HashAlgorithm::Md5, {}), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(hash_hex(HashAlgorithm::Md5, {"message digest"}), "f96b697d7cb7938d525a2f31aaf161d0");
}

TEST(Hash, Sha256AndSha512256AreThoseOfFips180) {
  EXPECT_EQ(hash_hex(HashAlgorithm::Sha256, {"abc"}),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash_hex(HashAlgorithm::Sha512_256, {"abc"}),
            "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23");
}

TEST(Hash, PartsAreHashedAsOneText) {
  EXPECT_EQ(hash_hex(HashAlgorithm::Md5, {"mess", "", "age digest"}),
            hash_hex(HashAlgorithm::Md5, {"message digest"}));
}

}  // namespace
}  // namespace trapezoid
