#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trapezoid::trace {

/// RFC 4648 §4, with padding.
std::string to_base64(std::string_view bytes);

/// The bytes that `text` encodes; nothing when it is not what `to_base64` gives.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace trapezoid::trace
