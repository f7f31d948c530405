#include "sim/auth/digest.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace trapezoid::auth {
namespace {

using Json = nlohmann::json;

std::string text(const Json& vector, const char* key) {
  return vector.contains(key) && vector[key].is_string() ? vector[key].get<std::string>() : "";
}

void check_vector(const Json& vector) {
  SCOPED_TRACE(text(vector, "name"));
  std::string token = text(vector, "algorithm");
  if (token == "unspecified") token.clear();
  const auto algorithm = find_algorithm(token);
  ASSERT_TRUE(algorithm);
  const auto qop = find_qop(text(vector, "qop")).value_or(Qop::None);
  const std::string ha1 = make_ha1(*algorithm, text(vector, "username"), text(vector, "realm"),
                                   text(vector, "password"));
  const std::string method = text(vector, "method");
  const std::string uri = text(vector, "uri");
  const std::string nonce = text(vector, "nonce");
  const std::string count = text(vector, "nc");
  const std::string cnonce = text(vector, "cnonce");
  const std::string body = text(vector, "body");
  const Digest digest =
      make_digest({*algorithm, qop, ha1, method, uri, nonce, count, cnonce, body});
  EXPECT_EQ(digest.ha1, text(vector, "ha1"));
  EXPECT_EQ(digest.ha2, text(vector, "ha2"));
  EXPECT_EQ(digest.response, text(vector, "response"));
}

Json read(const std::filesystem::path& path) {
  std::ifstream in(path);
  return Json::parse(in, nullptr, false);
}

TEST(Digest, EveryVectorGivesItsHa1Ha2AndResponse) {
  const Json vectors =
      read(std::filesystem::path(TRAPEZOID_SOURCE_DIR) / "tests/auth/digest_vectors.json");
  ASSERT_TRUE(vectors.is_array());
  ASSERT_GE(vectors.size(), 20U);
  for (const Json& vector : vectors) check_vector(vector);
}

TEST(Digest, EveryUsableVectorOfTheGivenFileToo) {
  const char* given = std::getenv("TRAPEZOID_DIGEST");
  const std::filesystem::path path =
      given != nullptr ? given : std::string(TRAPEZOID_SOURCE_DIR) + "/../shared/digest.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no file " << path;
  const Json file = read(path);
  ASSERT_TRUE(file.is_object());
  int used = 0;
  for (const Json& vector : file["vectors"]) {
    if (!vector.value("usable", false)) continue;
    check_vector(vector);
    ++used;
  }
  EXPECT_GT(used, 0);
}

TEST(Digest, TheStepsCanBeReadBack) {
  const Digest digest = make_digest(
      {Algorithm::Md5, Qop::Auth, "12af60467a33e8518da5c68bbff12b11", "INVITE",
       "sip:bob@biloxi.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "00000001", "0a4f113b", ""});
  EXPECT_EQ(digest.a2, "INVITE:sip:bob@biloxi.com");
  EXPECT_EQ(digest.hashed,
            "12af60467a33e8518da5c68bbff12b11:dcd98b7102dd2f0e8b11d0f600bfb0c093:00000001:0a4f113b:"
            "auth:13a14a3eb5e2c24732a1a04fff543e92");
  EXPECT_EQ(digest.response, "89eb0059246c02b2f6ee02c7961d5ea3");
}

TEST(Digest, TokensLeadToAlgorithmsAndBack) {
  EXPECT_EQ(find_algorithm(""), Algorithm::Md5);
  for (const char* token :
       {"MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"}) {
    ASSERT_TRUE(find_algorithm(token)) << token;
    EXPECT_EQ(to_string(*find_algorithm(token)), token);
  }
  EXPECT_EQ(find_algorithm("md5"), Algorithm::Md5);
  EXPECT_EQ(find_algorithm("SHA-512"), std::nullopt);
  EXPECT_EQ(find_qop("AUTH-INT"), Qop::AuthInt);
  EXPECT_EQ(find_qop("none"), std::nullopt);
}

}  // namespace
}  // namespace trapezoid::auth
