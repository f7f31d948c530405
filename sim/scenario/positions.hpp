#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace trapezoid::scenario {

/// A place in a text, from 1; columns count characters, not bytes.
struct Place {
  int line = 1;
  int column = 1;
};

/// The place of a byte offset in `text`, which is UTF-8 up to there.
Place place_of(std::string_view text, std::size_t offset);

/// Something wrong with a text before anybody asks what it means.
struct ScanProblem {
  std::size_t offset = 0;
  std::string pointer;  ///< The value that is being read; empty: the whole.
  std::string message;
};

/// What one pass over a JSON text finds out, which the JSON library would not say: where every
/// value and key stands, keys that stand twice, what is nested too deep, where it is no JSON.
struct Scan {
  std::map<std::string, std::size_t, std::less<>> values;  ///< Offset of each value, by pointer.
  std::map<std::string, std::size_t, std::less<>> keys;    ///< Offset of each member's key.
  std::vector<ScanProblem> problems;
  bool is_json = false;  ///< Whether the whole text could be read, duplicate keys aside.

  /// Where the value at `pointer` stands, or else the nearest that contains it.
  std::size_t offset_of(std::string_view pointer) const;
  /// Where the key of the member at `pointer` stands, or else as `offset_of`.
  std::size_t key_offset_of(std::string_view pointer) const;
};

/// Reads `text` by the grammar of RFC 8259, arrays and objects at most `max_depth` in one another.
/// The text must be UTF-8. A byte order mark at its start is skipped.
Scan scan_json(std::string_view text, int max_depth);

/// "~" and "/" of a key as RFC 6901 wants them in a pointer.
std::string escape_token(std::string_view key);

}  // namespace trapezoid::scenario
