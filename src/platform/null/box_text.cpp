#include "platform/null/box_text.hpp"

#include <algorithm>

namespace odnix::platform {

namespace {

struct Line {
  std::vector<int> advances;  ///< per letter; 0 width is impossible
  int width{};
};

/// The letters' code points; malformed bytes count as one letter each.
std::vector<std::uint32_t> letters_of(const std::string& text) {
  std::vector<std::uint32_t> letters;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte >> 5 == 6 ? 2 : byte >> 4 == 14 ? 3 : byte >> 3 == 30 ? 4 : 1;
    std::uint32_t letter = byte;
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
      letter = letter << 8 | static_cast<unsigned char>(text[i + k]);
    letters.push_back(letter);
    i += length;
  }
  return letters;
}

int advance_of(std::uint32_t letter, int size) {
  const bool slim = letter == ' ' || letter == ':' || letter == '.' || letter == ',' || letter == 'i' || letter == 'l';
  const bool wide = letter > 0xE2BA80;  // about where CJK and emoji begin in UTF-8
  return std::max(1, size * (slim ? 30 : wide ? 100 : 56) / 100);
}

void finish_with_ellipsis(Line& line, int size, int max_width) {
  const int ellipsis = size;
  while (!line.advances.empty() && line.width + ellipsis > max_width) {
    line.width -= line.advances.back();
    line.advances.pop_back();
  }
  line.advances.push_back(ellipsis);
  line.width += ellipsis;
}

std::vector<Line> lines_of(const ui::TextKey& key) {
  std::vector<Line> lines(1);
  std::size_t word = 0;  // where the current word began in the last line; breaking there is nicer than inside
  const std::vector<std::uint32_t> letters = letters_of(key.text);
  for (const std::uint32_t letter : letters) {
    const int advance = advance_of(letter, key.size);
    if (lines.back().width + advance > key.max_width && !lines.back().advances.empty()) {
      if (static_cast<int>(lines.size()) == std::max(1, key.max_lines)) {
        finish_with_ellipsis(lines.back(), key.size, key.max_width);
        return lines;
      }
      Line rest;
      Line& full = lines.back();
      if (word > 0) {
        rest.advances.assign(full.advances.begin() + static_cast<std::ptrdiff_t>(word), full.advances.end());
        full.advances.resize(word);
        for (const int moved : rest.advances) rest.width += moved;
        full.width -= rest.width;
      }
      lines.push_back(rest);
      word = 0;
    }
    lines.back().advances.push_back(advance);
    lines.back().width += advance;
    if (letter == ' ') word = lines.back().advances.size();
  }
  return lines;
}

}  // namespace

ui::TextPicture BoxText::rasterise(const ui::TextKey& key) {
  ++rasterised_;
  const std::vector<Line> lines = lines_of(key);
  const int height = ui::line_height(key.size);
  int width = 1;
  for (const Line& line : lines) width = std::max(width, line.width);
  Picture picture{width, height * static_cast<int>(lines.size()), {}};
  picture.rgba.assign(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 4, 0);
  for (std::size_t row = 0; row < lines.size(); ++row) {
    int x = key.centered ? (width - lines[row].width) / 2 : 0;
    const int top = static_cast<int>(row) * height + height / 4;
    const int bottom = static_cast<int>(row) * height + height * 3 / 4;
    for (const int advance : lines[row].advances) {
      for (int py = top; py < bottom; ++py)
        for (int px = x; px < x + std::max(1, advance - std::max(1, key.size / 10)); ++px)
          std::fill_n(picture.rgba.begin() + 4 * (py * static_cast<std::ptrdiff_t>(width) + px), 4, std::uint8_t{255});
      x += advance;
    }
  }
  const ui::Texture texture = next_++;
  const ui::TextPicture result{texture, picture.width, picture.height, 0, 0, picture.width, picture.height};
  pictures_.emplace(texture, std::move(picture));
  return result;
}

const Picture* BoxText::picture(ui::Texture texture) const {
  const auto found = pictures_.find(texture);
  return found == pictures_.end() ? nullptr : &found->second;
}

}  // namespace odnix::platform
