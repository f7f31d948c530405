#include "sim/sip/validate.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/sip/headers/accept.hpp"
#include "sim/sip/headers/call_id.hpp"
#include "sim/sip/headers/contact.hpp"
#include "sim/sip/headers/content_disposition.hpp"
#include "sim/sip/headers/content_encoding.hpp"
#include "sim/sip/headers/content_type.hpp"
#include "sim/sip/headers/cseq.hpp"
#include "sim/sip/headers/from.hpp"
#include "sim/sip/headers/max_forwards.hpp"
#include "sim/sip/headers/option_tags.hpp"
#include "sim/sip/headers/route.hpp"
#include "sim/sip/headers/to.hpp"
#include "sim/sip/headers/via.hpp"

namespace trapezoid::sip {
namespace {

using Role = ValidationOptions::Role;

constexpr std::string_view kMagicCookie = "z9hG4bK";

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(),
                     [word](const std::string& known) { return iequals(known, word); });
}

bool has_several_values(const Headers& headers, HeaderId id) {
  ValueTexts values = headers.values(id);
  return values.next() && values.next();
}

/// What the checks of requests and responses share: the message, the fields, and the list.
class Checks {
 public:
  Checks(const MessageBase& message, Essentials& essentials)
      : message_(message), essentials_(essentials) {}

  std::vector<Defect> take_defects() { return std::move(defects_); }

  Defect& add(StatusCode response, std::string_view section, std::string reason, std::string text) {
    defects_.push_back({response, section, std::move(reason), std::move(text), {}, {}});
    return defects_.back();
  }

  /// A defect with a place: `error` is in `part`, a view into the message.
  void add_at(std::string_view part, ParseError error, StatusCode response,
              std::string_view section, std::string reason) {
    Defect& defect = add(response, section, std::move(reason), to_string(error));
    const auto offset = headers().offset_of(part);
    if (!offset) return;  // the field was not received but put there
    error.offset += *offset;
    defect.error = error;
    defect.text = to_string(error);
  }

  void add_malformed(HeaderId id, std::string_view value, const ParseError& error,
                     std::string_view section) {
    add_at(value, error, 400, section, named("Malformed ", id));
  }

  /// The topmost value of `H`; if it is there and wrong, that is noted.
  template <Header H>
  Parsed<H> check(std::string_view section) {
    const auto value = headers().first_text(H::kId);
    if (!value) return ParseError{ParseErrc::Missing, 0, "message-header", {}};
    return decode<H>(*value, section);
  }

  /// A field that every message has, exactly once.
  template <Header H>
  Parsed<H> check_mandatory(std::string_view section) {
    const auto value = check_presence(H::kId, section);
    if (!value) return ParseError{ParseErrc::Missing, 0, "message-header", {}};
    return decode<H>(*value, section);
  }

  /// The same, whatever it holds. Its value, unless something is wrong.
  std::optional<std::string_view> check_presence(HeaderId id, std::string_view section) {
    const auto value = headers().first_text(id);
    if (!value) {
      add(400, section, named("Missing ", id), "The field is mandatory.");
      return std::nullopt;
    }
    if (!is_list(id) && !check_single(id)) return std::nullopt;
    return value;
  }

  /// §7.3.1: a field that is no comma list stands once.
  bool check_single(HeaderId id) {
    if (headers().count_lines(id) < 2) return true;
    ValueTexts values = headers().values(id);
    values.next();
    add_at(*values.next(), {ParseErrc::Duplicate, 0, canonical_name(id), "one value"}, 400,
           "§7.3.1", named("More than one ", id));
    return false;
  }

  template <Header H>
  void check_all(std::string_view section) {
    ValueTexts values = headers().values(H::kId);
    for (auto value = values.next(); value; value = values.next()) {
      const auto decoded = H::parse(*value);
      if (!decoded) return add_malformed(H::kId, *value, decoded.error(), section);
    }
  }

  /// The fields of §8.1.1 but Max-Forwards: every message has them (§8.2.6.2 copies them). With
  /// `is_forwarded`, nobody here reads From, To and Call-ID: they must be there, no more.
  void check_common_fields(bool is_forwarded) {
    const auto via = check_mandatory<Via>("§8.1.1.7");
    const std::string_view branch = via ? via->branch() : std::string_view{};
    if (branch == kMagicCookie)
      add(400, "§8.1.1.7", "Empty Via branch", "The branch holds nothing but its magic cookie.");
    is_rfc3261_ = branch.starts_with(kMagicCookie);
    if (is_forwarded) {
      check_presence(HeaderId::To, "§8.1.1.2");
      check_presence(HeaderId::From, "§8.1.1.3");
      check_presence(HeaderId::CallId, "§8.1.1.4");
    } else {
      (void)check_mandatory<To>("§8.1.1.2");
      (void)check_mandatory<From>("§8.1.1.3");
      (void)check_mandatory<CallId>("§8.1.1.4");
    }
    const auto cseq = check_mandatory<CSeq>("§8.1.1.5");
    if (via) essentials_.via.emplace(*via);
    if (cseq) essentials_.cseq.emplace(*cseq);
  }

  void check_framing() {
    if (const auto& error = message_.header_error())
      add(400, "§7.3", "Malformed header field", to_string(*error)).error = *error;
    const auto& error = message_.framing_error();
    if (!error) return;
    Defect& defect = add(400, "§18.3", "Bad message length", to_string(*error));
    if (error->rule == "Content-Length") defect.reason = "Bad Content-Length header field";
    defect.error = *error;
  }

  const Headers& headers() const { return message_.headers(); }
  /// What `check_common_fields` has read.
  const Essentials& essentials() const { return essentials_; }
  /// Whether the topmost Via is that of an element of RFC 3261, by its magic cookie.
  bool is_rfc3261() const { return is_rfc3261_; }

 private:
  template <Header H>
  Parsed<H> decode(std::string_view value, std::string_view section) {
    Parsed<H> decoded = H::parse(value);
    if (!decoded) add_malformed(H::kId, value, decoded.error(), section);
    return decoded;
  }

  static std::string named(std::string_view what, HeaderId id) {
    std::string text(what);
    text += canonical_name(id);
    text += " header field";
    return text;
  }

  const MessageBase& message_;
  std::vector<Defect> defects_;
  Essentials& essentials_;
  bool is_rfc3261_ = false;
};

/// Whether `text` is `SIP-Version` of another version: "SIP" "/" 1*DIGIT "." 1*DIGIT.
bool is_other_version(std::string_view text) {
  if (text.size() < 7 || !iequals(text.substr(0, 4), "SIP/")) return false;
  const std::string_view number = text.substr(4);
  const std::size_t dot = number.find('.');
  const bool is_number = dot != std::string_view::npos &&
                         to_number<std::uint32_t>(number.substr(0, dot)) &&
                         to_number<std::uint32_t>(number.substr(dot + 1));
  return is_number && number != "2.0";
}

// --- requests --------------------------------------------------------------------------------

class RequestChecks {
 public:
  RequestChecks(const Request& request, const ValidationOptions& options, Essentials& essentials)
      : request_(request), options_(options), checks_(request, essentials) {}

  std::vector<Defect> run() {
    check_start_line();
    checks_.check_framing();
    check_syntax();
    options_.role == Role::Proxy ? check_as_proxy() : check_as_uas();
    std::vector<Defect> defects = checks_.take_defects();
    if (request_.method_id() == MethodId::Ack)  // §17: nobody answers an ACK
      for (Defect& defect : defects) defect.response = 0;
    return defects;
  }

 private:
  void check_start_line() {
    if (is_other_version(request_.version_text())) {
      checks_.add(505, "§21.5.6", "Version Not Supported", "The message is not of SIP/2.0.");
      return;
    }
    if (const auto& error = request_.start_line_error()) {
      Defect& defect = checks_.add(400, "§7.1", "Malformed Request-Line", to_string(*error));
      defect.error = *error;
    }
    if (request_.request_uri_text().size() > options_.max_uri_bytes)
      checks_.add(414, "§21.4.12", "Request-URI Too Long", "The Request-URI exceeds the limit.");
    if (request_.body().size() > options_.max_body_bytes)
      checks_.add(413, "§21.4.11", "Request Entity Too Large", "The body exceeds the limit.");
  }

  // §8.1.1 and §16.3 step 1: what must be right for a request to be handled at all.
  void check_syntax() {
    checks_.check_common_fields(false);
    const auto& cseq = checks_.essentials().cseq;
    if (cseq && cseq->method.name() != request_.method_text())
      checks_.add(400, "§8.1.1.5", "CSeq method mismatch",
                  "The method of CSeq is not that of the request.");
    // Max-Forwards may be missing, §16.6 step 3: elements of RFC 2543 do not send it.
    if (checks_.check_single(HeaderId::MaxForwards))
      if (const auto decoded = checks_.check<MaxForwards>("§8.1.1.6")) max_forwards_ = *decoded;
    checks_.check_all<Route>("§20.34");
    checks_.check_all<RecordRoute>("§20.30");
    if (!request_.start_line_error()) check_request_uri();
  }

  // §8.2.2.1 and §16.3 step 2
  void check_request_uri() {
    const std::string_view text = request_.request_uri_text();
    const auto uri = parse_uri(text);
    if (!uri) {
      checks_.add_at(text, uri.error(), 400, "§19.1.1", "Malformed Request-URI");
    } else if (!contains(options_.schemes, uri->scheme_text)) {
      checks_.add(416, options_.role == Role::Proxy ? "§16.3" : "§8.2.2.1",
                  "Unsupported URI Scheme", "The scheme of the Request-URI is not served.");
    } else if (!uri->headers.empty()) {
      checks_.add_at(uri->headers, {ParseErrc::UnexpectedByte, 0, "Request-URI", "no headers"}, 400,
                     "§19.1.1", "Headers in the Request-URI");
    }
  }

  // §16.3 steps 3 and 5; 4 (loops) and 6 (credentials) need more than the message.
  void check_as_proxy() {
    if (max_forwards_ && max_forwards_->hops == 0)
      checks_.add(483, "§16.3", "Too Many Hops", "Max-Forwards has come down to 0.");
    check_option_tags<ProxyRequire>("§16.3");
  }

  // §8.2
  void check_as_uas() {
    check_method();
    if (request_.method_id() == MethodId::Register) check_registration();
    if (request_.method_id() == MethodId::Invite) check_contact();
    if (request_.method_id() != MethodId::Cancel && request_.method_id() != MethodId::Ack)
      check_option_tags<Require>("§8.2.2.3");
    check_body();
  }

  // §8.2.1
  void check_method() {
    const auto& known = options_.methods;
    const std::string_view method = request_.method_text();
    if (known.empty() || std::find(known.begin(), known.end(), method) != known.end()) return;
    if (request_.method_id() == MethodId::Extension)
      checks_.add(501, "§21.5.2", "Not Implemented", "The method is not known.");
    else
      checks_.add(405, "§8.2.1", "Method Not Allowed", "The method is known but not supported.");
  }

  // §10.3: registrations are for SIP and SIPS addresses-of-record.
  void check_registration() {
    checks_.check_all<Contact>("§10.2.1");
    const auto to = checks_.headers().first<To>();
    if (to && !to->address.uri.is_sip_or_sips())
      checks_.add_at(to->address.uri.text,
                     {ParseErrc::UnexpectedByte, 0, "To", "a SIP or SIPS URI"}, 400, "§10.2",
                     "To is no SIP or SIPS URI");
  }

  // §8.1.1.8: an INVITE has exactly one Contact. Elements of RFC 2543 may leave it out.
  void check_contact() {
    if (!checks_.headers().first_text(HeaderId::Contact)) {
      if (checks_.is_rfc3261())
        checks_.add(400, "§8.1.1.8", "Missing Contact header field", "An INVITE must have one.");
      return;
    }
    const auto contact = checks_.check<Contact>("§8.1.1.8");
    if (has_several_values(checks_.headers(), HeaderId::Contact) || (contact && contact->is_star))
      checks_.add(400, "§8.1.1.8", "Not exactly one Contact URI",
                  "An INVITE must have one Contact value with a URI.");
  }

  template <Header H>
  void check_option_tags(std::string_view section) {
    checks_.check_all<H>(section);
    std::vector<std::string> unsupported;
    for (const auto& value : checks_.headers().template all<H>())
      if (value && !contains(options_.option_tags, value->option_tag))
        unsupported.emplace_back(value->option_tag);
    if (unsupported.empty()) return;
    checks_.add(420, section, "Bad Extension", "An extension that is required is not supported.")
        .unsupported = std::move(unsupported);
  }

  // §8.2.3, and §20.1 for the answer to come
  void check_body() {
    if (request_.method_id() == MethodId::Invite) check_accept();
    if (request_.body().empty()) return;
    if (!checks_.headers().has(HeaderId::ContentType)) {
      checks_.add(400, "§20.15", "Missing Content-Type header field",
                  "A message with a body must say what it is.");
      return;
    }
    if (!checks_.check_single(HeaderId::ContentType)) return;
    const auto type = checks_.check<ContentType>("§20.15");
    const auto disposition = checks_.headers().first<ContentDisposition>();
    if (!type || (disposition && disposition->is_optional())) return;
    const auto& known = options_.body_types;
    const bool is_known = known.empty() || std::any_of(known.begin(), known.end(),
                                                       [&](const auto& t) { return type->is(t); });
    if (!is_known)
      checks_.add(415, "§8.2.3", "Unsupported Media Type", "The type of the body is not known.");
    for (const auto& encoding : checks_.headers().all<ContentEncoding>())
      if (encoding && !iequals(encoding->coding, "identity"))
        checks_.add(415, "§8.2.3", "Unsupported Content-Encoding", "The body is encoded.");
  }

  void check_accept() {
    const auto& known = options_.body_types;
    if (known.empty() || !checks_.headers().has(HeaderId::Accept)) return;
    for (const auto& range : checks_.headers().all<Accept>()) {
      if (!range) continue;
      for (const std::string& type : known)
        if (range->covers(type)) return;
    }
    checks_.add(406, "§21.4.7", "Not Acceptable", "Accept names nothing that could be sent.");
  }

  const Request& request_;
  const ValidationOptions& options_;
  Checks checks_;
  std::optional<MaxForwards> max_forwards_;
};

}  // namespace

std::vector<Defect> validate(const Request& request, const ValidationOptions& options,
                             Essentials* essentials) {
  Essentials unwanted;
  return RequestChecks(request, options, essentials != nullptr ? *essentials : unwanted).run();
}

std::vector<Defect> validate(const Response& response, const ValidationOptions& options,
                             Essentials* essentials) {
  Essentials unwanted;
  Checks checks(response, essentials != nullptr ? *essentials : unwanted);
  if (is_other_version(response.version_text()))
    checks.add(0, "§7.2", "", "The message is not of SIP/2.0.");
  if (const auto& error = response.start_line_error())
    checks.add(0, "§7.2", "", to_string(*error)).error = *error;
  checks.check_framing();
  checks.check_common_fields(options.role == Role::Proxy);  // §16.7: by Via and CSeq
  if (options.role == Role::Uas && has_several_values(response.headers(), HeaderId::Via))
    checks.add(0, "§8.1.3.3", "", "A response that came to its end has one Via value.");
  std::vector<Defect> defects = checks.take_defects();
  for (Defect& defect : defects) defect.response = 0;
  return defects;
}

}  // namespace trapezoid::sip
