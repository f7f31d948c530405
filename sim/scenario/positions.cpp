#include "sim/scenario/positions.hpp"

#include <cmath>
#include <cstdlib>
#include <set>

#include <fmt/format.h>

#include "sim/base/text.hpp"

namespace trapezoid::scenario {

namespace {

constexpr bool is_white_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

unsigned hex_value(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>(to_lower(c) - 'a') + 10U;
}

void append_utf8(std::string& out, unsigned code) {
  const auto put = [&out](unsigned byte) { out += static_cast<char>(byte); };
  if (code < 0x80U) return put(code);
  if (code < 0x800U) return put(0xc0U | (code >> 6U)), put(0x80U | (code & 0x3fU));
  if (code < 0x10000U) {
    put(0xe0U | (code >> 12U));
  } else {
    put(0xf0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3fU));
  }
  put(0x80U | ((code >> 6U) & 0x3fU));
  put(0x80U | (code & 0x3fU));
}

/// What stands at `rest`, short enough for a message.
std::string describe(std::string_view rest) {
  if (rest.empty()) return "the end of the text";
  const auto byte = static_cast<unsigned char>(rest.front());
  if (byte < 0x20 || byte == 0x7f) return fmt::format("the control character 0x{:02x}", byte);
  std::size_t length = 1;
  while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xc0U) == 0x80U)
    ++length;
  return fmt::format("'{}'", rest.substr(0, length));
}

class Scanner {
 public:
  Scanner(std::string_view text, int max_depth) : text_(text), max_depth_(max_depth) {}

  Scan run() {
    if (text_.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;
    skip_white_space();
    if (at_ == text_.size()) {
      fail(text_.empty() ? "the file is empty, expected a JSON object"
                         : "there is nothing but white space, expected a JSON object");
    } else if (value(0)) {
      skip_white_space();
      if (at_ == text_.size())
        scan_.is_json = true;
      else
        expected("the end of the text");
    }
    return std::move(scan_);
  }

 private:
  bool fail_at(std::size_t offset, std::string message) {
    scan_.problems.push_back({offset, pointer_, std::move(message)});
    return false;
  }
  bool fail(std::string message) { return fail_at(at_, std::move(message)); }
  bool expected(std::string_view what) {
    return fail(fmt::format("not JSON: found {}, expected {}", describe(text_.substr(at_)), what));
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_white_space() {
    while (at_ < text_.size() && is_white_space(text_[at_])) ++at_;
  }

  // NOLINTBEGIN(misc-no-recursion): `max_depth_` bounds it.
  bool value(int depth) {
    scan_.values.emplace(pointer_, at_);
    const char c = peek();
    if (c == '{' || c == '[') {
      if (depth >= max_depth_)
        return fail_at(at_, fmt::format("nested deeper than {} levels", max_depth_));
      return c == '{' ? object(depth) : array(depth);
    }
    if (c == '"') return string(nullptr);
    if (c == '-' || is_digit(c)) return number();
    for (const std::string_view word : {"true", "false", "null"})
      if (text_.substr(at_, word.size()) == word) return at_ += word.size(), true;
    return expected("a value");
  }

  bool object(int depth) {
    ++at_;
    std::set<std::string, std::less<>> seen;
    skip_white_space();
    if (take('}')) return true;
    while (true) {
      const std::size_t key_offset = at_;
      std::string key;
      if (peek() != '"') return expected("a key in double quotes");
      if (!string(&key)) return false;
      skip_white_space();
      if (!take(':')) return expected("':'");
      skip_white_space();

      const std::size_t parent_size = pointer_.size();
      pointer_ += '/';
      pointer_ += escape_token(key);
      scan_.keys.emplace(pointer_, key_offset);
      if (!seen.insert(key).second)
        fail_at(key_offset, fmt::format("the key \"{}\" stands twice", key));
      if (!value(depth + 1)) return false;
      pointer_.resize(parent_size);

      skip_white_space();
      if (take('}')) return true;
      if (!take(',')) return expected("',' or '}'");
      skip_white_space();
    }
  }

  bool array(int depth) {
    ++at_;
    skip_white_space();
    if (take(']')) return true;
    for (std::size_t index = 0;; ++index) {
      const std::size_t parent_size = pointer_.size();
      pointer_ += '/';
      pointer_ += std::to_string(index);
      if (!value(depth + 1)) return false;
      pointer_.resize(parent_size);

      skip_white_space();
      if (take(']')) return true;
      if (!take(',')) return expected("',' or ']'");
      skip_white_space();
    }
  }
  // NOLINTEND(misc-no-recursion)

  /// A string, and what it says when `decoded` is given.
  bool string(std::string* decoded) {
    const std::size_t start = at_++;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') return ++at_, true;
      if (static_cast<unsigned char>(c) < 0x20)
        return fail(fmt::format("not JSON: {} inside a string, expected an escape such as \\n",
                                describe(text_.substr(at_))));
      if (c == '\\') {
        if (!escape(decoded)) return false;
        continue;
      }
      if (decoded != nullptr) *decoded += c;
      ++at_;
    }
    return fail_at(start, "not JSON: the string has no closing '\"'");
  }

  bool escape(std::string* decoded) {
    const std::size_t start = at_++;
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    constexpr auto kNone = std::string_view::npos;
    const std::size_t letter = at_ < text_.size() ? kLetters.find(text_[at_]) : kNone;
    if (letter != kNone) {
      if (decoded != nullptr) *decoded += kMeanings[letter];
      return ++at_, true;
    }
    if (!take('u')) return fail_at(start, "not JSON: no such escape in a string");
    unsigned code = 0;
    if (!hex4(code)) return fail_at(start, "not JSON: \\u needs four hexadecimal digits");
    if (code >= 0xd800U && code <= 0xdfffU) {
      unsigned low = 0;
      if (code > 0xdbffU || !take('\\') || !take('u') || !hex4(low) || low < 0xdc00U ||
          low > 0xdfffU)
        return fail_at(start, "not JSON: half of a surrogate pair, expected the other half");
      code = 0x10000U + ((code - 0xd800U) << 10U) + (low - 0xdc00U);
    }
    if (decoded != nullptr) append_utf8(*decoded, code);
    return true;
  }

  bool hex4(unsigned& code) {
    for (int i = 0; i < 4; ++i, ++at_) {
      if (!is_hex_digit(peek())) return false;
      code = code * 16U + hex_value(text_[at_]);
    }
    return true;
  }

  bool digits() {
    const std::size_t start = at_;
    while (is_digit(peek())) ++at_;
    return at_ != start;
  }

  bool number() {
    const std::size_t start = at_;
    take('-');
    if (take('0')) {
      if (is_digit(peek())) return expected("no digit after a leading zero");
    } else if (!digits()) {
      return expected("a digit");
    }
    if (take('.') && !digits()) return expected("a digit");
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (!digits()) return expected("a digit");
    }
    const std::string token(text_.substr(start, at_ - start));
    if (!std::isfinite(std::strtod(token.c_str(), nullptr)))
      return fail_at(start, "the number is too large");
    return true;
  }

  std::string_view text_;
  int max_depth_;
  std::size_t at_ = 0;
  std::string pointer_;
  Scan scan_;
};

std::size_t offset_in(const std::map<std::string, std::size_t, std::less<>>& values,
                      std::string_view pointer) {
  while (true) {
    const auto found = values.find(pointer);
    if (found != values.end()) return found->second;
    const std::size_t slash = pointer.rfind('/');
    if (slash == std::string_view::npos) return 0;
    pointer = pointer.substr(0, slash);
  }
}

}  // namespace

Place place_of(std::string_view text, std::size_t offset) {
  Place place;
  for (const char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

std::size_t Scan::offset_of(std::string_view pointer) const {
  return offset_in(values, pointer);
}

std::size_t Scan::key_offset_of(std::string_view pointer) const {
  const auto found = keys.find(pointer);
  return found != keys.end() ? found->second : offset_of(pointer);
}

Scan scan_json(std::string_view text, int max_depth) {
  return Scanner(text, max_depth).run();
}

std::string escape_token(std::string_view key) {
  std::string token;
  for (const char c : key) {
    if (c == '~')
      token += "~0";
    else if (c == '/')
      token += "~1";
    else
      token += c;
  }
  return token;
}

}  // namespace trapezoid::scenario
