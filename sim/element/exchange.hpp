#pragma once

#include <string>
#include <string_view>

#include "sim/sip/message.hpp"

namespace trapezoid::element {

/// What a message belongs to, as far as the choice of a connection asks.
struct Exchange {
  std::string
      branch;  ///< Of the topmost Via: INVITE, its CANCEL and its ACK to a non-2xx share it.
  std::string call_id;
  std::string dialog;  ///< Call-ID and both tags, the same for both directions; empty without one.
  sip::MethodId method = sip::MethodId::Extension;  ///< Of a response, that in CSeq.
  bool is_request = false;
  bool is_success = false;  ///< A 2xx.
};

/// Of a message that is whole: what it lacks is left empty.
Exchange exchange_of(const sip::Request& request);
Exchange exchange_of(const sip::Response& response);
/// The same, of a message in bytes.
Exchange exchange_of(std::string_view bytes);

}  // namespace trapezoid::element
