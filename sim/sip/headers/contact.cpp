#include "sim/sip/headers/contact.hpp"

#include "sim/sip/grammar.hpp"

namespace trapezoid::sip {

namespace {

// qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )
std::optional<int> thousandths(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int value = (text[0] - '0') * 1000;
  if (text.size() == 1) return value;
  if (text[1] != '.' || text.size() > 5) return std::nullopt;
  int weight = 100;
  for (const char c : text.substr(2)) {
    if (!is_digit(c)) return std::nullopt;
    value += (c - '0') * weight;
    weight /= 10;
  }
  return value <= 1000 ? std::optional(value) : std::nullopt;
}

}  // namespace

Parsed<Contact> Contact::parse(std::string_view value) {
  Cursor in(value, "contact-param");
  Contact contact;
  if (in.take('*')) {
    // A token may start with "*" too: then this is a display name.
    if (in.at_end()) {
      contact.is_star = true;
      return contact;
    }
    in.rewind(0);
  }
  if (const auto error =
          take_last_address(in, Brackets::Optional, contact.address, contact.parameters))
    return *error;
  if (const auto q = contact.parameters.find("q"); q && !contact.q_thousandths())
    return in.fail_at(q->value.value_or(q->name), ParseErrc::UnexpectedByte, "qvalue");
  return contact;
}

void Contact::write(std::string& out) const {
  if (is_star) {
    out += '*';
    return;
  }
  address.write(out);
  out += parameters.text();
}

std::optional<int> Contact::q_thousandths() const {
  return thousandths(parameters.value_of("q"));
}

double Contact::q() const {
  return q_thousandths().value_or(1000) / 1000.0;
}

std::optional<std::uint32_t> Contact::expires() const {
  return to_number<std::uint32_t>(parameters.value_of("expires"));
}

}  // namespace trapezoid::sip
