#include "sim/sip/headers/decode_all.hpp"

namespace trapezoid::sip {

std::vector<MalformedValue> find_malformed_values(const Headers& headers) {
  std::vector<MalformedValue> malformed;
  decode_all(headers, [&malformed]<class H>(std::string_view value, const Parsed<H>& decoded) {
    if (!decoded) malformed.push_back({H::kId, value, decoded.error()});
  });
  return malformed;
}

}  // namespace trapezoid::sip
