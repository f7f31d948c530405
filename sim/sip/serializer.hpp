#pragma once

#include <string>

#include "sim/sip/message.hpp"

namespace trapezoid::sip {

/// Adds the bytes of the message to `out`. Fields that nobody touched are written as they came.
void serialize(const Request& request, std::string& out);
void serialize(const Response& response, std::string& out);
void serialize(const Message& message, std::string& out);

/// The bytes of the message.
std::string to_bytes(const Request& request);
std::string to_bytes(const Response& response);
std::string to_bytes(const Message& message);

}  // namespace trapezoid::sip
