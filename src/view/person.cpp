#include "view/person.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace odnix::view {
namespace {

constexpr std::size_t max_code_points = 64;
constexpr std::size_t max_avatar = 32 * 1024;
constexpr char32_t replacement = 0xFFFD;

/// Takes one code point off the front; malformed input (overlong, surrogate, cut short) costs one byte and reads as
/// U+FFFD.
char32_t take_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  char32_t point = length == 1 ? lead : length == 0 ? replacement : static_cast<char32_t>(lead & (0x7F >> length));
  bool valid = length > 0 && text.size() >= length;
  for (std::size_t i = 1; valid && i < length; ++i) {
    valid = (byte(i) & 0xC0) == 0x80;
    point = point << 6 | (byte(i) & 0x3Fu);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  if (!valid || overlong || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
    text.remove_prefix(1);
    return replacement;
  }
  text.remove_prefix(length);
  return point;
}

void append_code_point(std::string& out, char32_t point) {
  const auto put = [&out](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | point >> 6);
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

/// Unicode's bidirectional controls (UAX #9 §2) and the invisible characters that hide or reorder a name.
bool is_trick(char32_t point) {
  return point == 0x061C || point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

/// Leaves no mark on the screen. Joiners and selectors belong into names that have other letters.
bool is_invisible(char32_t point) {
  constexpr std::array<std::array<char32_t, 2>, 13> ranges{{{0xAD, 0xAD},
                                                            {0x34F, 0x34F},
                                                            {0x115F, 0x1160},
                                                            {0x17B4, 0x17B5},
                                                            {0x180B, 0x180F},
                                                            {0x200B, 0x200D},
                                                            {0x2060, 0x2065},
                                                            {0x206A, 0x206F},
                                                            {0x2800, 0x2800},
                                                            {0x3164, 0x3164},
                                                            {0xFE00, 0xFE0F},
                                                            {0xFFA0, 0xFFA0},
                                                            {0xE0000, 0xE0FFF}}};
  return std::any_of(ranges.begin(), ranges.end(),
                     [point](const auto& range) { return point >= range[0] && point <= range[1]; });
}

bool is_space(char32_t point) {
  return point == ' ' || (point >= 0x09 && point <= 0x0D) || point == 0x85 || point == 0xA0 || point == 0x2028 ||
         point == 0x2029;
}

bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

}  // namespace

std::string clean_name(std::string_view raw) {
  std::string out;
  std::size_t count = 0;
  bool gap = false;
  bool visible = false;
  while (!raw.empty() && count < max_code_points) {
    const char32_t point = take_code_point(raw);
    if (is_space(point)) {
      gap = !out.empty();
      continue;
    }
    if (is_control(point) || is_trick(point)) continue;
    if (gap && count + 1 < max_code_points) {
      out += ' ';
      ++count;
    }
    gap = false;
    visible = visible || !is_invisible(point);
    append_code_point(out, point);
    ++count;
  }
  return visible ? out : std::string();
}

std::string initials(std::string_view clean) {
  if (clean.empty()) return "?";
  const auto last_space = clean.rfind(' ');
  std::string out;
  const auto add = [&out](std::string_view word) {
    char32_t point = take_code_point(word);
    if (point >= 'a' && point <= 'z') point -= 'a' - 'A';
    append_code_point(out, point);
  };
  add(clean);
  if (last_space != std::string_view::npos && last_space + 1 < clean.size()) add(clean.substr(last_space + 1));
  return out;
}

std::string clean_avatar(std::string_view url) {
  if (url.size() > max_avatar) return {};
  constexpr std::string_view data = "data:image/";
  const bool image = url.substr(0, data.size()) == data;
  const bool own_path = url.size() > 1 && url[0] == '/' && url[1] != '/' && url[1] != '\\';
  return image || own_path ? std::string(url) : std::string();
}

}  // namespace odnix::view
