#include "sim/sip/method.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace trapezoid::sip {
namespace {

constexpr std::array<std::string_view, 14> kNames{
    "INVITE",    "ACK",    "BYE",     "CANCEL", "REGISTER", "OPTIONS", "PRACK",
    "SUBSCRIBE", "NOTIFY", "PUBLISH", "INFO",   "REFER",    "MESSAGE", "UPDATE"};
static_assert(kNames.size() == static_cast<std::size_t>(MethodId::Extension));

}  // namespace

MethodId find_method_id(std::string_view token) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), token);
  return static_cast<MethodId>(found - kNames.begin());
}

Method::Method(std::string_view token) : id_(find_method_id(token)) {
  if (id_ == MethodId::Extension) extension_ = token;
}

std::string_view Method::name() const {
  return id_ == MethodId::Extension ? std::string_view(extension_)
                                    : kNames[static_cast<std::size_t>(id_)];
}

}  // namespace trapezoid::sip
