#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/sip/headers/cseq.hpp"
#include "sim/sip/headers/via.hpp"
#include "sim/sip/message.hpp"
#include "sim/sip/parse_error.hpp"
#include "sim/sip/status.hpp"

namespace trapezoid::sip {

/// What the element that received a message can do, as far as the checks need to know.
struct ValidationOptions {
  /// As whom the element handles the message: a proxy checks less and forwards more (§16.3).
  /// `Uas` stands for a user agent on either side: the UAC checks responses.
  enum class Role : std::uint8_t { Uas, Proxy };

  Role role = Role::Uas;
  std::vector<std::string> methods;      ///< Supported by a UAS, else 501 or 405; empty: every one.
  std::vector<std::string> option_tags;  ///< Supported extensions (§8.2.2.3, §16.3 step 5).
  std::vector<std::string> schemes{"sip", "sips", "tel"};  ///< Served Request-URIs, else 416.
  std::vector<std::string> body_types;    ///< Understood by a UAS, else 415; empty: every type.
  std::size_t max_body_bytes = SIZE_MAX;  ///< A larger body is answered with 413.
  std::size_t max_uri_bytes = SIZE_MAX;   ///< A longer Request-URI is answered with 414.
};

/// One thing wrong with a message: what it is answered with, and where it stands in which RFC.
struct Defect {
  /// The status code of the answer; 0 where the message must be dropped without one (responses,
  /// ACK).
  StatusCode response = 400;
  std::string_view section;         ///< Of RFC 3261 unless it names another: "§8.1.1.5".
  std::string reason;               ///< A reason phrase that says what is wrong, fit for the wire.
  std::string text;                 ///< A sentence for traces and persons.
  std::optional<ParseError> error;  ///< Where it stands, `offset` in the message; if anywhere.
  std::vector<std::string> unsupported;  ///< Of 420: the option tags for Unsupported.
};

/// What the checks read on their way, for whoever handles the message next: views into it.
struct Essentials {
  std::optional<Via> via;  ///< The topmost one.
  std::optional<CSeq> cseq;
};

/// What is wrong with a request, in the order in which an element checks: the first defect decides
/// the response. Empty when the request can be handled. Header fields that play no part in handling
/// are not looked at (§8.2.2: malformed ones are ignored); `decode_all` does that.
/// `essentials`, where given, gets what could be read; without defects, all of it.
std::vector<Defect> validate(const Request& request, const ValidationOptions& options,
                             Essentials* essentials = nullptr);

/// What is wrong with a response. Any defect means that it is dropped.
std::vector<Defect> validate(const Response& response, const ValidationOptions& options,
                             Essentials* essentials = nullptr);

}  // namespace trapezoid::sip
