#include "ui/frame.hpp"

#include <algorithm>

namespace odnix::ui {

Metrics metrics_for(const Rect& area) {
  Metrics m;
  m.narrow = area.w < 480;
  m.low = area.h < 480;
  const float shorter = std::min(area.w, area.h);
  m.margin = m.narrow || m.low ? 16 : (shorter < 900 ? 24 : 32);
  m.button = m.low ? 52 : (shorter < 900 ? 60 : 64);
  m.gap = m.narrow ? 16 : 24;
  m.avatar = std::clamp(shorter * 0.30F, 72.0F, 176.0F);
  m.title = {m.low ? 22.0F : (shorter < 900 ? 28.0F : 32.0F), 600};
  m.body = {m.low ? 15.0F : 17.0F, 400};
  m.small = {13, 500};
  return m;
}

float label(Frame& frame, TextRole role, const std::string& text, Font font, Point at, float max_width, Color color,
            int max_lines, bool centered) {
  const TextBlock block = frame.paint.text(text, font, max_width, max_lines, centered);
  if (block.w <= 0) return 0;
  const Rect rect{centered ? at.x - block.w / 2 : at.x, at.y, block.w, block.h};
  frame.paint.draw(block, {rect.x, rect.y}, color, frame.over_picture);
  frame.out.scene.texts.push_back({role, text, rect, font.size});
  return block.h;
}

void clock(Frame& frame, const std::string& text, Font font, Point at, Color color) {
  frame.paint.draw_clock(text, font, at, color, frame.over_picture);
  frame.out.scene.texts.push_back(
      {TextRole::timer, text, {at.x, at.y, frame.paint.clock_width(text, font), frame.paint.line(font)}, font.size});
}

}  // namespace odnix::ui
