// Reads JSON the way the real server's `json.loads` does and writes what its `json.dumps` would: ": " and ", "
// between items, every character outside printable ASCII as \uXXXX. A DOM library would lose what must pass through
// untouched: integers beyond 64 bits, lone surrogates, NaN. A key that is repeated inside a payload stays repeated;
// who reads it takes the last, as Python would have.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace odnix::devserver {

enum class JsonKind { Object, Array, String, Number, Boolean, Null };

struct JsonValue {
  JsonKind kind = JsonKind::Null;
  bool truthy = false;  ///< what Python's bool() says
  std::string text;     ///< as json.dumps writes it
};

struct JsonMember {
  std::string key;  ///< escaped like `text`, without the quotes
  JsonValue value;
};

struct JsonDocument {
  enum class Status { Ok, NotJson, TooDeep };
  Status status = Status::NotJson;
  JsonKind kind = JsonKind::Null;
  std::vector<JsonMember> members;  ///< of a top-level object, in order; filled only when status is Ok

  /// The last of that name, as Python keeps it; nullptr when there is none.
  [[nodiscard]] const JsonValue* find(std::string_view key) const;
};

/// Nesting beyond this is TooDeep (CPython gives up near its recursion limit of 1000).
inline constexpr int kMaxJsonDepth = 900;

[[nodiscard]] JsonDocument read_json(std::string_view text);

}  // namespace odnix::devserver
