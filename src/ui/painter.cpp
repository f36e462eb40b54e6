#include "ui/painter.hpp"

#include <algorithm>
#include <cmath>

#include "imgui.h"
#include "imgui_internal.h"
#include "ui/imgui_compat.hpp"

namespace odnix::ui {

namespace {

constexpr Color text_shadow{0, 0, 0, 140};

/// Points of a rounded rectangle, clockwise from its upper left arc; the same number for every radius.
constexpr int arc_points = 9;
constexpr int outline_points = 4 * arc_points;

void rounded_outline(ImVec2 (&points)[outline_points], ImVec2 min, ImVec2 max, float inner, float radius) {
  const ImVec2 centers[4] = {{min.x + inner, min.y + inner},
                             {max.x - inner, min.y + inner},
                             {max.x - inner, max.y - inner},
                             {min.x + inner, max.y - inner}};
  for (int corner = 0; corner < 4; ++corner) {
    for (int i = 0; i < arc_points; ++i) {
      const float turn = static_cast<float>(corner) + static_cast<float>(i) / (arc_points - 1);
      const float angle = IM_PI + turn * IM_PI / 2;
      points[corner * arc_points + i] = {centers[corner].x + std::cos(angle) * radius,
                                         centers[corner].y + std::sin(angle) * radius};
    }
  }
}

}  // namespace

std::uint32_t Painter::packed(Color color) const {
  const Color c = faded(color, opacity);
  return IM_COL32(c.r, c.g, c.b, c.a);
}

ImVec2 Painter::device(Point p) const { return {p.x * scale_, p.y * scale_}; }

void Painter::fill(const Rect& rect, Color color, float radius) {
  list_->AddRectFilled(device({rect.x, rect.y}), device({rect.right(), rect.bottom()}), packed(color), radius * scale_);
}

void Painter::outline(const Rect& rect, Color color, float radius, float thickness) {
  list_->AddRect(device({rect.x, rect.y}), device({rect.right(), rect.bottom()}), packed(color), radius * scale_, 0,
                 thickness * scale_);
}

void Painter::gradient(const Rect& rect, Color top, Color bottom, float radius) {
  const ImVec2 min = device({rect.x, rect.y});
  const ImVec2 max = device({rect.right(), rect.bottom()});
  if (radius <= 0) {
    list_->AddRectFilledMultiColor(min, max, packed(top), packed(top), packed(bottom), packed(bottom));
    return;
  }
  const int first = list_->VtxBuffer.Size;
  list_->AddRectFilled(min, max, packed(top), radius * scale_);
  ImGui::ShadeVertsLinearColorGradientKeepAlpha(list_, first, list_->VtxBuffer.Size, min, {min.x, max.y}, packed(top),
                                                packed(bottom));
}

void Painter::gradient_disc(Point center, float radius, Color top, Color bottom) {
  const ImVec2 at = device(center);
  const float r = radius * scale_;
  const int first = list_->VtxBuffer.Size;
  list_->AddCircleFilled(at, r, packed(top));
  if (top == bottom) return;
  ImGui::ShadeVertsLinearColorGradientKeepAlpha(list_, first, list_->VtxBuffer.Size, {at.x, at.y - r}, {at.x, at.y + r},
                                                packed(top), packed(bottom));
}

void Painter::ring(Point center, float radius, Color color, float thickness) {
  list_->AddCircle(device(center), radius * scale_, packed(color), 0, thickness * scale_);
}

void Painter::shadow(const Rect& rect, float radius, float blur, Color color) {
  // Rings of falling opacity: cheap, needs no texture, and eight of them look like a blur.
  constexpr int rings = 8;
  const ImVec2 min = device({rect.x, rect.y});
  const ImVec2 max = device({rect.right(), rect.bottom()});
  const float inner = std::min({radius * scale_, (max.x - min.x) / 2, (max.y - min.y) / 2});
  fill(rect, color, radius);
  const ImVec2 uv = list_->_Data->TexUvWhitePixel;
  list_->PrimReserve(rings * outline_points * 6, (rings + 1) * outline_points);
  const unsigned base = list_->_VtxCurrentIdx;
  ImVec2 points[outline_points];
  for (int ring = 0; ring <= rings; ++ring) {
    const float t = static_cast<float>(ring) / rings;
    rounded_outline(points, min, max, inner, inner + t * blur * scale_);
    const std::uint32_t shade = packed(faded(color, (1 - t) * (1 - t)));
    for (const ImVec2& point : points) list_->PrimWriteVtx(point, uv, shade);
  }
  for (unsigned ring = 0; ring < rings; ++ring) {
    for (unsigned i = 0; i < outline_points; ++i) {
      const unsigned next = (i + 1) % outline_points;
      const unsigned a = base + ring * outline_points;
      const unsigned b = a + outline_points;
      for (const unsigned index : {a + i, a + next, b + next, a + i, b + next, b + i})
        list_->PrimWriteIdx(static_cast<ImDrawIdx>(index));
    }
  }
}

void erase_mark(const ImDrawList*, const ImDrawCmd*) {}

void Painter::erase(const Rect& rect, float radius) {
  list_->AddCallback(erase_mark, nullptr);
  list_->AddRectFilled(device({rect.x, rect.y}), device({rect.right(), rect.bottom()}), IM_COL32_BLACK,
                       radius * scale_);
  list_->AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

int Painter::device_size(Font font) const { return std::max(1, static_cast<int>(std::lround(font.size * scale_))); }

float Painter::line(Font font) const { return static_cast<float>(line_height(device_size(font))) / scale_; }

TextBlock Painter::text(const std::string& text, Font font, float max_width, int max_lines, bool centered) {
  if (text.empty() || max_width < 1) return {};
  TextBlock block;
  block.picture =
      texts_.get({text, device_size(font), font.weight, static_cast<int>(max_width * scale_), max_lines, centered});
  block.w = static_cast<float>(block.picture.box_width) / scale_;
  block.h = static_cast<float>(block.picture.box_height) / scale_;
  return block;
}

void Painter::draw(const TextBlock& block, Point at, Color color, bool shadowed) {
  const TextPicture& picture = block.picture;
  if (picture.texture == 0) return;
  // On whole device pixels: texels and pixels coincide, so that glyphs are as crisp as the browser made them.
  const ImVec2 corner = device(at);
  const ImVec2 min{std::floor(corner.x + 0.5F) + static_cast<float>(picture.left),
                   std::floor(corner.y + 0.5F) + static_cast<float>(picture.top)};
  const ImVec2 max{min.x + static_cast<float>(picture.width), min.y + static_cast<float>(picture.height)};
  const ImTextureID texture = imgui_texture(picture.texture);
  if (shadowed) {
    const float d = std::max(1.0F, std::round(scale_));
    list_->AddImage(texture, {min.x, min.y + d}, {max.x, max.y + d}, {0, 0}, {1, 1}, packed(text_shadow));
  }
  list_->AddImage(texture, min, max, {0, 0}, {1, 1}, packed(color));
}

TextPicture Painter::glyph(char c, Font font) {
  return texts_.get({std::string(1, c), device_size(font), font.weight, device_size(font) * 4, 1, false});
}

float Painter::clock_width(const std::string& clock, Font font) {
  int digit = 0;
  for (char c = '0'; c <= '9'; ++c) digit = std::max(digit, glyph(c, font).box_width);
  int width = 0;
  for (const char c : clock) width += c == ':' ? glyph(c, font).box_width : digit;
  return static_cast<float>(width) / scale_;
}

void Painter::draw_clock(const std::string& clock, Font font, Point at, Color color, bool shadowed) {
  const float digit = clock_width("0", font);
  for (const char c : clock) {
    const TextPicture picture = glyph(c, font);
    const float width = static_cast<float>(picture.box_width) / scale_;
    const float cell = c == ':' ? width : digit;
    draw({picture, width, 0}, {at.x + (cell - width) / 2, at.y}, color, shadowed);
    at.x += cell;
  }
}

}  // namespace odnix::ui
