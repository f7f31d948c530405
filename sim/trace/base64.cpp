#include "sim/trace/base64.hpp"

#include <cstdint>

namespace trapezoid::trace {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const auto byte = i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
      group = group << 8U | byte;
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const bool is_padding = i + k > bytes.size();
      out += is_padding ? '=' : kAlphabet[group >> (18U - 6U * k) & 63U];
    }
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::uint32_t group = 0;
    std::size_t padding = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const std::size_t digit = kAlphabet.find(text[i + k]);
      if (digit == std::string_view::npos) {
        if (text[i + k] != '=') return std::nullopt;
        ++padding;
      }
      group = group << 6U | static_cast<std::uint32_t>(digit & 63U);
    }
    for (std::size_t k = 0; k + padding < 3; ++k)
      out += static_cast<char>(group >> (16U - 8U * k) & 255U);
  }
  if (to_base64(out) != text) return std::nullopt;  // padding in odd places, bits left over
  return out;
}

}  // namespace trapezoid::trace
