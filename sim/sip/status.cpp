#include "sim/sip/status.hpp"

#include <algorithm>
#include <array>

namespace trapezoid::sip {
namespace {

struct Row {
  StatusCode code;
  std::string_view reason;
};

// §21; the others come from RFC 3262 and later documents. In ascending order.
constexpr std::array kReasons{
    Row{100, "Trying"},
    Row{180, "Ringing"},
    Row{181, "Call Is Being Forwarded"},
    Row{182, "Queued"},
    Row{183, "Session Progress"},
    Row{199, "Early Dialog Terminated"},
    Row{200, "OK"},
    Row{202, "Accepted"},
    Row{204, "No Notification"},
    Row{300, "Multiple Choices"},
    Row{301, "Moved Permanently"},
    Row{302, "Moved Temporarily"},
    Row{305, "Use Proxy"},
    Row{380, "Alternative Service"},
    Row{400, "Bad Request"},
    Row{401, "Unauthorized"},
    Row{402, "Payment Required"},
    Row{403, "Forbidden"},
    Row{404, "Not Found"},
    Row{405, "Method Not Allowed"},
    Row{406, "Not Acceptable"},
    Row{407, "Proxy Authentication Required"},
    Row{408, "Request Timeout"},
    Row{410, "Gone"},
    Row{412, "Conditional Request Failed"},
    Row{413, "Request Entity Too Large"},
    Row{414, "Request-URI Too Long"},
    Row{415, "Unsupported Media Type"},
    Row{416, "Unsupported URI Scheme"},
    Row{420, "Bad Extension"},
    Row{421, "Extension Required"},
    Row{422, "Session Interval Too Small"},
    Row{423, "Interval Too Brief"},
    Row{428, "Use Identity Header"},
    Row{429, "Provide Referrer Identity"},
    Row{430, "Flow Failed"},
    Row{433, "Anonymity Disallowed"},
    Row{439, "First Hop Lacks Outbound Support"},
    Row{440, "Max-Breadth Exceeded"},
    Row{469, "Bad Info Package"},
    Row{480, "Temporarily Unavailable"},
    Row{481, "Call/Transaction Does Not Exist"},
    Row{482, "Loop Detected"},
    Row{483, "Too Many Hops"},
    Row{484, "Address Incomplete"},
    Row{485, "Ambiguous"},
    Row{486, "Busy Here"},
    Row{487, "Request Terminated"},
    Row{488, "Not Acceptable Here"},
    Row{489, "Bad Event"},
    Row{491, "Request Pending"},
    Row{493, "Undecipherable"},
    Row{494, "Security Agreement Required"},
    Row{500, "Server Internal Error"},
    Row{501, "Not Implemented"},
    Row{502, "Bad Gateway"},
    Row{503, "Service Unavailable"},
    Row{504, "Server Time-out"},
    Row{505, "Version Not Supported"},
    Row{513, "Message Too Large"},
    Row{580, "Precondition Failure"},
    Row{600, "Busy Everywhere"},
    Row{603, "Decline"},
    Row{604, "Does Not Exist Anywhere"},
    Row{606, "Not Acceptable"},
    Row{607, "Unwanted"},
};

std::string_view find_reason(StatusCode code) {
  const auto* const row = std::lower_bound(
      kReasons.begin(), kReasons.end(), code,
      [](const Row& candidate, StatusCode wanted) { return candidate.code < wanted; });
  return row != kReasons.end() && row->code == code ? row->reason : std::string_view{};
}

}  // namespace

std::string_view default_reason(StatusCode code) {
  const std::string_view reason = find_reason(code);
  return reason.empty() ? find_reason(code / 100 * 100) : reason;
}

}  // namespace trapezoid::sip
