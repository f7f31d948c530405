#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "sim/sip/headers/via.hpp"
#include "sim/sip/message.hpp"

namespace trapezoid::sip {

/// What names one transaction at one end, as text that can be compared and ordered. A CANCEL has a
/// key of its own; the ACK to a non-2xx has that of its INVITE.
using TransactionKey = std::string;

/// The key of the client transaction that a response belongs to, and of the request that began it:
/// branch and CSeq method, §17.1.3. Nothing when the topmost Via or the CSeq cannot be read.
std::optional<TransactionKey> client_transaction_key(const Response& response);
std::optional<TransactionKey> client_transaction_key(const Request& request);
/// The same for a branch and a CSeq method that are known.
TransactionKey client_transaction_key(std::string_view branch, std::string_view method);

/// The key of the server transaction that a request belongs to, §17.2.3: branch, sent-by and method
/// where the branch has the magic cookie; else, for elements older than RFC 3261, Request-URI, From
/// tag, Call-ID, CSeq number and topmost Via. An ACK has its INVITE's key. By the older rule the To
/// tag plays no part: an ACK has the tag of the response, the INVITE has none.
/// Nothing when one of those fields cannot be read.
std::optional<TransactionKey> server_transaction_key(const Request& request);
/// The same with the topmost Via of the request, which was decoded before.
std::optional<TransactionKey> server_transaction_key(const Request& request, const Via& topmost);

/// The key of the INVITE server transaction that a CANCEL is for, §9.2: its own key with INVITE as
/// the method.
std::optional<TransactionKey> cancelled_transaction_key(const Request& cancel);

/// Whether a branch was made by RFC 3261's rule: it begins with "z9hG4bK" and goes on, §8.1.1.7.
bool has_magic_cookie(std::string_view branch);

/// The tags of From and To, §19.3, of a message that `validate` lets pass; empty where there is
/// none. The addresses before them are skipped, not decoded.
std::string_view from_tag(const Headers& headers);
std::string_view to_tag(const Headers& headers);

/// What names one dialog at one end, §12: Call-ID, local tag, remote tag.
struct DialogKey {
  std::string call_id;
  std::string local_tag;
  std::string remote_tag;

  friend auto operator<=>(const DialogKey&, const DialogKey&) = default;
  friend bool operator==(const DialogKey&, const DialogKey&) = default;
};

/// The key as one line, for traces: parts joined by ";".
std::string to_string(const DialogKey& key);

/// The key by which the receiver of a request finds its dialog: the To tag is local (§12.2.2).
std::optional<DialogKey> uas_dialog_key(const Request& request);
/// The key by which the sender of the request finds the dialog of a response: the From tag is
/// local.
std::optional<DialogKey> uac_dialog_key(const Response& response);
/// The keys of the other end: the sender of a request, the sender of a response.
std::optional<DialogKey> uac_dialog_key(const Request& request);
std::optional<DialogKey> uas_dialog_key(const Response& response);

}  // namespace trapezoid::sip
