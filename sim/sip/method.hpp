#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace trapezoid::sip {

/// The methods this program knows something about. Every other token is `Extension`.
enum class MethodId : std::uint8_t {
  Invite,
  Ack,
  Bye,
  Cancel,
  Register,
  Options,
  Prack,
  Subscribe,
  Notify,
  Publish,
  Info,
  Refer,
  Message,
  Update,
  Extension,
};

/// The id of a method token, case respected; `Extension` where there is none.
MethodId find_method_id(std::string_view token);

/// A request method, RFC 3261 §7.1: case-sensitive; an unknown one keeps its token.
class Method {
 public:
  Method(MethodId id) : id_(id) {}  // NOLINT(google-explicit-constructor): an id is a method
  /// `token` must be a token of §25.1; "invite" is an extension method, not INVITE.
  explicit Method(std::string_view token);

  MethodId id() const { return id_; }
  /// Valid as long as this method.
  std::string_view name() const;

  friend bool operator==(const Method& a, const Method& b) {
    return a.id_ == b.id_ && a.extension_ == b.extension_;
  }

 private:
  MethodId id_;
  std::string extension_;
};

}  // namespace trapezoid::sip
