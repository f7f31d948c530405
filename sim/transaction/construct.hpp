#pragma once

#include <string>
#include <string_view>

#include "sim/base/time.hpp"
#include "sim/base/transport_address.hpp"
#include "sim/sip/message.hpp"

namespace trapezoid::transaction {

/// The ACK to a 300-699 response to `invite`, §17.1.1.3: Request-URI, topmost Via with its branch,
/// Route, From, Call-ID and CSeq number of the INVITE, To of the response. It repeats the INVITE's
/// credentials (§22.1).
sip::Request make_ack_for_non_2xx(const sip::Request& invite, const sip::Response& response);

/// The CANCEL of `invite`, §9.1: like the ACK, but with the INVITE's To and without credentials.
sip::Request make_cancel(const sip::Request& invite);

/// The 100 (Trying) that the INVITE server transaction owes, §17.2.1 and §8.2.6: no To tag is
/// added; a Timestamp is copied, and `held` noted in it as the delay.
sip::Response make_trying(const sip::Request& invite, Duration held);

/// Appends a Via value of this element, §8.1.1.7:
/// "SIP/2.0/TCP client.atlanta.example.com:5060;branch=...".
void append_via(Transport transport, std::string_view sent_by, std::string_view branch,
                std::string& out);

}  // namespace trapezoid::transaction
