#include "python_json.hpp"

#include <algorithm>
#include <cstdint>

#include "python_number.hpp"
#include "python_string.hpp"

namespace odnix::devserver {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  JsonDocument document() {
    JsonDocument result;
    skip_space();
    bool good = false;
    if (peek() == '{') {
      result.kind = JsonKind::Object;
      good = object(1, [&](const std::string& key) {
        result.members.push_back({key, {}});
        return &result.members.back().value;
      });
    } else {
      JsonValue value;
      good = item(value, 0);
      result.kind = value.kind;
    }
    skip_space();
    good = good && rest_.empty();
    result.status = too_deep_ ? JsonDocument::Status::TooDeep
                    : good    ? JsonDocument::Status::Ok
                              : JsonDocument::Status::NotJson;
    if (result.status != JsonDocument::Status::Ok) result.members.clear();
    return result;
  }

 private:
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n\r"), rest_.size())); }
  bool take(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  bool item(JsonValue& into, int depth) {
    switch (peek()) {
      case '{': return nested_object(into, depth + 1);
      case '[': return array(into, depth + 1);
      case '"': return string_item(into);
      case 't': return word(into, "true", JsonKind::Boolean, true);
      case 'f': return word(into, "false", JsonKind::Boolean, false);
      case 'n': return word(into, "null", JsonKind::Null, false);
      default: break;
    }
    into.kind = JsonKind::Number;
    return take_python_number(rest_, into.text, into.truthy);
  }

  bool word(JsonValue& into, std::string_view name, JsonKind kind, bool truthy) {
    into.kind = kind;
    into.truthy = truthy;
    into.text += name;
    return take(name);
  }

  bool string_item(JsonValue& into) {
    into.kind = JsonKind::String;
    into.text += '"';
    const std::size_t before = into.text.size();
    if (!string(into.text)) return false;
    into.truthy = into.text.size() > before;
    into.text += '"';
    return true;
  }

  /// Reads "…" and appends its escaped inside.
  bool string(std::string& out) {
    if (!take("\"")) return false;
    while (!rest_.empty() && rest_.front() != '"') {
      if (static_cast<std::uint8_t>(rest_.front()) < 0x20) return false;
      if (rest_.front() == '\\') {
        if (!escape(out)) return false;
      } else if (const auto code = take_utf8(rest_)) {
        append_code_point(out, *code);
      } else {
        return false;
      }
    }
    return take("\"");
  }

  bool escape(std::string& out) {
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (rest_.size() < 2) return false;
    const char name = rest_[1];
    rest_.remove_prefix(2);
    if (name != 'u') {
      const std::size_t index = kNames.find(name);
      if (index == std::string_view::npos) return false;
      append_code_point(out, static_cast<std::uint8_t>(kMeanings[index]));
      return true;
    }
    // Surrogates, paired or lone, leave as they came: unit by unit.
    if (rest_.size() < 4) return false;
    std::uint32_t unit = 0;
    for (const char digit : rest_.substr(0, 4)) {
      const bool decimal = digit >= '0' && digit <= '9';
      const char lower = static_cast<char>(digit | 0x20);
      if (!decimal && (lower < 'a' || lower > 'f')) return false;
      unit = unit * 16 + static_cast<std::uint32_t>(decimal ? digit - '0' : lower - 'a' + 10);
    }
    rest_.remove_prefix(4);
    append_code_point(out, unit);
    return true;
  }

  bool enter(int depth) {
    too_deep_ = too_deep_ || depth > kMaxJsonDepth;
    return !too_deep_;
  }

  bool array(JsonValue& into, int depth) {
    into.text += '[';
    rest_.remove_prefix(1);
    if (!enter(depth)) return false;
    bool first = true;
    for (skip_space(); !take("]"); skip_space()) {
      if (!first && !take(",")) return false;
      if (!first) into.text += ", ";
      first = false;
      skip_space();
      if (!item(into, depth)) return false;
    }
    into.text += ']';
    into.kind = JsonKind::Array;
    into.truthy = !first;
    return true;
  }

  bool nested_object(JsonValue& into, int depth) {
    into.text += '{';
    bool empty = true;
    const bool good = object(depth, [&](const std::string& key) {
      if (!empty) into.text += ", ";
      empty = false;
      into.text += '"' + key + "\": ";
      return &into;
    });
    into.text += '}';
    into.kind = JsonKind::Object;
    into.truthy = !empty;
    return good;
  }

  /// `slot(key)` says where the member's value goes.
  template <typename Slot>
  bool object(int depth, Slot slot) {
    rest_.remove_prefix(1);
    if (!enter(depth)) return false;
    bool first = true;
    for (skip_space(); !take("}"); skip_space()) {
      if (!first && !take(",")) return false;
      first = false;
      skip_space();
      std::string key;
      if (!string(key)) return false;
      skip_space();
      if (!take(":")) return false;
      skip_space();
      if (!item(*slot(key), depth)) return false;
    }
    return true;
  }

  std::string_view rest_;
  bool too_deep_ = false;
};

}  // namespace

const JsonValue* JsonDocument::find(std::string_view key) const {
  const auto found = std::find_if(members.rbegin(), members.rend(), [&](const JsonMember& m) { return m.key == key; });
  return found == members.rend() ? nullptr : &found->value;
}

JsonDocument read_json(std::string_view text) { return Reader(text).document(); }

}  // namespace odnix::devserver
