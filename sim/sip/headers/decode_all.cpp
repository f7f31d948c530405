#include "sim/sip/headers/decode_all.hpp"

#include <optional>
#include <type_traits>

namespace trapezoid::sip {
namespace {

/// message-qop = "qop" EQUAL qop-value, a token: in a challenge it is quoted, in credentials not.
/// Authentication reads it either way, as many phones quote it.
template <class H>
std::optional<ParseError> find_quoted_qop(std::string_view value, const H& header) {
  const auto qop = header.credentials.parameters.find("qop");
  if (!qop || !qop->value || !qop->value->starts_with('"')) return std::nullopt;
  return ParseError{ParseErrc::UnexpectedByte,
                    static_cast<std::size_t>(qop->value->data() - value.data()), "message-qop",
                    "qop-value without quotes"};
}

}  // namespace

std::vector<MalformedValue> find_malformed_values(const Headers& headers) {
  std::vector<MalformedValue> malformed;
  decode_all(headers, [&malformed]<class H>(std::string_view value, const Parsed<H>& decoded) {
    if (!decoded) {
      malformed.push_back({H::kId, value, decoded.error()});
    } else if constexpr (std::is_same_v<H, Authorization> ||
                         std::is_same_v<H, ProxyAuthorization>) {
      if (const auto error = find_quoted_qop(value, *decoded))
        malformed.push_back({H::kId, value, *error});
    }
  });
  return malformed;
}

}  // namespace trapezoid::sip
