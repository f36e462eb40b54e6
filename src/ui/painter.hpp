// Drawing in CSS pixels on an ImDrawList that works in device pixels.
#pragma once

#include <cstdint>
#include <string>

#include "ui/geometry.hpp"
#include "ui/text_cache.hpp"
#include "ui/theme.hpp"

struct ImDrawList;
struct ImDrawCmd;
struct ImVec2;

namespace odnix::ui {

/// The mark in a draw list from which on a renderer erases instead of painting, until ImDrawCallback_ResetRenderState.
void erase_mark(const ImDrawList* list, const ImDrawCmd* command);

struct Font {
  float size{};  ///< CSS px
  int weight{400};
};

/// A measured text, ready to be drawn. Sizes in CSS px.
struct TextBlock {
  TextPicture picture;
  float w{};
  float h{};
};

class Painter {
 public:
  /// Without a list it can only measure.
  Painter(ImDrawList* list, TextCache& texts, float scale) : list_(list), texts_(texts), scale_(scale) {}

  float opacity{1};  ///< multiplies everything drawn

  void fill(const Rect& rect, Color color, float radius = 0);
  void outline(const Rect& rect, Color color, float radius, float thickness);
  /// From the top edge's colour to the bottom edge's.
  void gradient(const Rect& rect, Color top, Color bottom, float radius = 0);
  void disc(Point center, float radius, Color color) { gradient_disc(center, radius, color, color); }
  void gradient_disc(Point center, float radius, Color top, Color bottom);
  void ring(Point center, float radius, Color color, float thickness);
  /// Soft, around a rounded rectangle; reaches `blur` beyond it. Draw it before what casts it.
  void shadow(const Rect& rect, float radius, float blur, Color color);

  /// Takes away what was drawn in a rounded rectangle: a native video below shows through.
  void erase(const Rect& rect, float radius);

  /// One paragraph; wraps at max_width and ends in an ellipsis after max_lines.
  [[nodiscard]] TextBlock text(const std::string& text, Font font, float max_width, int max_lines = 1,
                               bool centered = false);
  /// `at`: the block's top left corner.
  void draw(const TextBlock& block, Point at, Color color, bool shadowed = false);

  /// Digits and colons, glyph by glyph and all digits equally wide: a running clock makes no new textures.
  [[nodiscard]] float clock_width(const std::string& clock, Font font);
  void draw_clock(const std::string& clock, Font font, Point at, Color color, bool shadowed = false);

  [[nodiscard]] float line(Font font) const;  ///< line height in CSS px
  [[nodiscard]] ImDrawList& list() { return *list_; }
  [[nodiscard]] float scale() const { return scale_; }
  [[nodiscard]] std::uint32_t packed(Color color) const;
  [[nodiscard]] ImVec2 device(Point p) const;

 private:
  [[nodiscard]] int device_size(Font font) const;
  [[nodiscard]] TextPicture glyph(char c, Font font);

  ImDrawList* list_;
  TextCache& texts_;
  float scale_;
};

}  // namespace odnix::ui
