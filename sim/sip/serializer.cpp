#include "sim/sip/serializer.hpp"

namespace trapezoid::sip {

void serialize(const Request& request, std::string& out) {
  request.write(out);
}

void serialize(const Response& response, std::string& out) {
  response.write(out);
}

void serialize(const Message& message, std::string& out) {
  std::visit([&out](const auto& each) { serialize(each, out); }, message);
}

std::string to_bytes(const Request& request) {
  std::string out;
  serialize(request, out);
  return out;
}

std::string to_bytes(const Response& response) {
  std::string out;
  serialize(response, out);
  return out;
}

std::string to_bytes(const Message& message) {
  std::string out;
  serialize(message, out);
  return out;
}

}  // namespace trapezoid::sip
