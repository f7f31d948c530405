#pragma once

#include <cassert>
#include <utility>
#include <variant>

namespace trapezoid {

/// A value, or the reason why there is none. Converts implicitly from either.
/// Reading the side that is not there is a broken invariant (`assert`).
template <class T, class E>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using error_type = E;

  /// A value made in place; without `arguments` it is to be filled in where it stands.
  template <class... Arguments>
  constexpr explicit Result(std::in_place_t /*tag*/, Arguments&&... arguments)
      : state_(std::in_place_index<0>, std::forward<Arguments>(arguments)...) {}
  constexpr Result(const T& value)  // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<0>, value) {}
  constexpr Result(T&& value)  // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<0>, std::move(value)) {}
  constexpr Result(const E& error)  // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<1>, error) {}
  constexpr Result(E&& error)  // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<1>, std::move(error)) {}

  constexpr bool has_value() const { return state_.index() == 0; }
  constexpr explicit operator bool() const { return has_value(); }

  constexpr const T& value() const& { return *get(); }
  constexpr T& value() & { return *get(); }
  constexpr T&& value() && { return std::move(*get()); }
  constexpr const T& operator*() const& { return *get(); }
  constexpr T& operator*() & { return *get(); }
  constexpr T&& operator*() && { return std::move(*get()); }
  constexpr const T* operator->() const { return get(); }
  constexpr T* operator->() { return get(); }

  constexpr const E& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  constexpr const T* get() const {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  constexpr T* get() {
    assert(has_value());
    return std::get_if<0>(&state_);
  }

  std::variant<T, E> state_;
};

}  // namespace trapezoid
