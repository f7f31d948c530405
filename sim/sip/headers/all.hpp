#pragma once

// Every header type. Most callers need a few: include those.

#include "sim/sip/headers/accept.hpp"               // IWYU pragma: export
#include "sim/sip/headers/allow.hpp"                // IWYU pragma: export
#include "sim/sip/headers/auth_parameters.hpp"      // IWYU pragma: export
#include "sim/sip/headers/authentication.hpp"       // IWYU pragma: export
#include "sim/sip/headers/call_id.hpp"              // IWYU pragma: export
#include "sim/sip/headers/call_info.hpp"            // IWYU pragma: export
#include "sim/sip/headers/contact.hpp"              // IWYU pragma: export
#include "sim/sip/headers/content_disposition.hpp"  // IWYU pragma: export
#include "sim/sip/headers/content_encoding.hpp"     // IWYU pragma: export
#include "sim/sip/headers/content_length.hpp"       // IWYU pragma: export
#include "sim/sip/headers/content_type.hpp"         // IWYU pragma: export
#include "sim/sip/headers/cseq.hpp"                 // IWYU pragma: export
#include "sim/sip/headers/date.hpp"                 // IWYU pragma: export
#include "sim/sip/headers/event.hpp"                // IWYU pragma: export
#include "sim/sip/headers/expires.hpp"              // IWYU pragma: export
#include "sim/sip/headers/from.hpp"                 // IWYU pragma: export
#include "sim/sip/headers/max_forwards.hpp"         // IWYU pragma: export
#include "sim/sip/headers/mime_version.hpp"         // IWYU pragma: export
#include "sim/sip/headers/name_addr.hpp"            // IWYU pragma: export
#include "sim/sip/headers/option_tags.hpp"          // IWYU pragma: export
#include "sim/sip/headers/priority.hpp"             // IWYU pragma: export
#include "sim/sip/headers/rack.hpp"                 // IWYU pragma: export
#include "sim/sip/headers/reason.hpp"               // IWYU pragma: export
#include "sim/sip/headers/refer_to.hpp"             // IWYU pragma: export
#include "sim/sip/headers/replaces.hpp"             // IWYU pragma: export
#include "sim/sip/headers/reply_to.hpp"             // IWYU pragma: export
#include "sim/sip/headers/retry_after.hpp"          // IWYU pragma: export
#include "sim/sip/headers/route.hpp"                // IWYU pragma: export
#include "sim/sip/headers/subject.hpp"              // IWYU pragma: export
#include "sim/sip/headers/timestamp.hpp"            // IWYU pragma: export
#include "sim/sip/headers/to.hpp"                   // IWYU pragma: export
#include "sim/sip/headers/user_agent.hpp"           // IWYU pragma: export
#include "sim/sip/headers/via.hpp"                  // IWYU pragma: export
#include "sim/sip/headers/warning.hpp"              // IWYU pragma: export
