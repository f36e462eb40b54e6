// Text is drawn by somebody else, in whole strings: the browser shapes every script and colours every emoji, and no
// font is shipped. Sizes here are device pixels.
#pragma once

#include <cstdint>
#include <string>

namespace odnix::ui {

/// A texture of the renderer in use; 0 = none.
using Texture = std::uintptr_t;

struct TextKey {
  std::string text;
  int size{};       ///< font size
  int weight{400};  ///< CSS font-weight
  int max_width{};  ///< longer text wraps, and its last line ends in an ellipsis
  int max_lines{1};
  bool centered{};  ///< how several lines are aligned
  bool operator==(const TextKey&) const = default;
};

/// White glyphs (emoji in colour) on nothing, straight alpha. The box is what layout counts with: as wide as the text,
/// as tall as its lines, whatever the script. The picture may reach beyond it: it begins at (left, top) from the box's
/// corner.
struct TextPicture {
  Texture texture{};
  int box_width{};
  int box_height{};
  int left{};
  int top{};
  int width{};
  int height{};
};

/// The height of one line of every implementation.
[[nodiscard]] inline int line_height(int size) { return (size * 4 + 2) / 3; }

class TextSource {
 public:
  virtual ~TextSource() = default;
  virtual TextPicture rasterise(const TextKey& key) = 0;
  virtual void release(Texture texture) = 0;
};

}  // namespace odnix::ui
