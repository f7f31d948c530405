#include "sim/sip/make_response.hpp"

#include <string>

#include "sim/sip/headers/to.hpp"

namespace trapezoid::sip {

Response make_response(const Request& request, StatusCode status, std::string_view to_tag,
                       std::string_view reason) {
  Response response(status, reason);
  const Headers& from = request.headers();
  Headers& to = response.headers();
  for (const HeaderId id :
       {HeaderId::Via, HeaderId::From, HeaderId::To, HeaderId::CallId, HeaderId::CSeq})
    to.copy_all(from, id);
  if (!to_tag.empty()) {
    const auto decoded = from.first<To>();
    if (decoded && decoded->tag().empty()) {
      std::string parameter = ";tag=";
      parameter += to_tag;
      to.append_to_first(HeaderId::To, parameter);
    }
  }
  response.set_body({}, {});
  return response;
}

}  // namespace trapezoid::sip
