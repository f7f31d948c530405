#pragma once

#include <string_view>

#include "sim/sip/message.hpp"
#include "sim/sip/status.hpp"

namespace trapezoid::sip {

/// A response to `request` as §8.2.6.2 builds it: Via, From, To, Call-ID and CSeq are the
/// request's, Content-Length is 0. `to_tag` is added to a To that has no tag yet (§8.2.6.2; empty:
/// none, as in a 100). An empty `reason` becomes `default_reason(status)`.
Response make_response(const Request& request, StatusCode status, std::string_view to_tag,
                       std::string_view reason = {});

}  // namespace trapezoid::sip
