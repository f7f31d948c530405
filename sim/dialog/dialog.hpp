#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/sip/keys.hpp"
#include "sim/sip/message.hpp"

namespace trapezoid::dialog {

/// A dialog, RFC 3261 §12: what two user agents remember of each other between requests. A value;
/// addresses are kept as the text that goes into header fields again.
struct Dialog {
  enum class State : std::uint8_t { Early, Confirmed, Terminated };

  State state = State::Early;
  std::string call_id;
  std::string local_tag;
  std::string remote_tag;  ///< May be empty: an RFC 2543 peer (§12.1.1, §12.1.2).
  std::optional<std::uint32_t> local_sequence_number;
  std::optional<std::uint32_t> remote_sequence_number;
  std::string local_address;   ///< Local URI with its display name, `Bob <sip:bob@example.com>`.
  std::string remote_address;  ///< Remote URI with its display name.
  std::string remote_target;   ///< The peer's Contact URI.
  std::vector<std::string> route_set;  ///< `<sip:proxy;lr>` in the order in which we travel it.
  bool is_secure = false;              ///< Built by a SIPS request: contacts must be SIPS too.

  sip::DialogKey key() const { return {call_id, local_tag, remote_tag}; }
};

/// "Early", "Confirmed", "Terminated".
std::string_view name_of(Dialog::State state);

/// The dialog that a response with a To tag makes for the sender of the request, §12.1.2: early for
/// a 1xx, confirmed for a 2xx. Fails when From, To, CSeq or Contact cannot be read.
sip::Parsed<Dialog> make_uac_dialog(const sip::Request& request, const sip::Response& response);

/// The dialog that a request makes for its receiver, who answers with `local_tag`, §12.1.1: early.
/// Fails when From, To, CSeq or Contact cannot be read.
sip::Parsed<Dialog> make_uas_dialog(const sip::Request& request, std::string_view local_tag);

/// What a 2xx to the INVITE changes in the caller's early dialog, §13.2.2.4: it is confirmed, with
/// the route set and the remote target of the 2xx.
void confirm(Dialog& dialog, const sip::Response& success);

/// A request within the dialog, §12.2.1.1, without Via, Contact and Content-Length: the caller adds
/// what else it needs and calls `set_body` last. The sequence number is the next one;
/// `first_sequence_number` if there was none yet (§8.1.1.5). Not for ACK and CANCEL.
sip::Request make_request_within_dialog(Dialog& dialog, const sip::Method& method,
                                        std::uint32_t first_sequence_number);

/// The ACK to a 2xx, §13.2.2.4: like a request within the dialog, with the sequence number of the
/// INVITE and its credentials unchanged (§22.1). Without Via and Content-Length, too.
sip::Request make_ack_for_2xx(const Dialog& dialog, const sip::Request& invite);

/// The URI whose server a request within the dialog is sent to, §12.2.1.1 and §8.1.2: that of the
/// first route, whether loose or strict, else the remote target. Valid as long as the dialog.
std::string_view next_hop_uri(const Dialog& dialog);

/// Fills Request-URI and Route of a new request from a route set, §12.2.1.1: with a strict router
/// in front, its URI becomes the Request-URI and `target` the last Route.
/// Used for pre-loaded routes too (§8.1.1.1).
sip::Request make_routed_request(const sip::Method& method, std::string_view target,
                                 const std::vector<std::string>& route_set);

/// The URI inside a route value, "sip:proxy;lr" of "<sip:proxy;lr>"; empty when it has none.
std::string_view route_uri(std::string_view route);

/// Whether a request comes in the order in which it was sent, §12.2.2.
enum class Order : std::uint8_t { InOrder, OutOfOrder };

/// Compares the request's sequence number with the remote one, and takes it over if it is in order.
/// An `OutOfOrder` request is to be answered with 500. Not for ACK and CANCEL.
Order accept_sequence_number(Dialog& dialog, const sip::Request& request);

/// Takes the remote target from the Contact of a target refresh request (§12.2.2) or of the 2xx to
/// one (§12.2.1.2), if there is one.
void refresh_target(Dialog& dialog, const sip::Headers& headers);

}  // namespace trapezoid::dialog
