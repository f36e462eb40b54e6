#include "platform/null/rasteriser.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "imgui.h"
#include "ui/imgui_compat.hpp"
#include "ui/painter.hpp"

namespace odnix::platform {

namespace {

struct Clip {
  int left, top, right, bottom;
};

float cross(ImVec2 a, ImVec2 b, ImVec2 p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

/// A point on an edge belongs to the triangle whose top or left edge it is: neighbours neither overlap nor leave gaps.
bool owns_edge(ImVec2 a, ImVec2 b) { return b.y < a.y || (b.y == a.y && b.x > a.x); }

float channel(ImU32 color, int shift) { return static_cast<float>(color >> shift & 255U) / 255; }

void blend(std::uint8_t* pixel, const float (&color)[4], bool erasing) {
  const float a = color[3];
  for (int k = 0; k < 3; ++k) {
    const float under = static_cast<float>(pixel[k]);
    pixel[k] = static_cast<std::uint8_t>(color[k] * 255 * a + under * (1 - a) + 0.5F);
  }
  pixel[3] = static_cast<std::uint8_t>((erasing ? 0 : a * 255) + static_cast<float>(pixel[3]) * (1 - a) + 0.5F);
}

void triangle(const ImDrawVert& v0, const ImDrawVert& in1, const ImDrawVert& in2, const Picture* texture,
              const Clip& clip, bool erasing, Picture& out) {
  const ImDrawVert* v1 = &in1;
  const ImDrawVert* v2 = &in2;
  float area = cross(v0.pos, v1->pos, v2->pos);
  if (std::fabs(area) < 1e-6F) return;
  if (area < 0) std::swap(v1, v2), area = -area;
  const ImVec2 a = v0.pos;
  const ImVec2 b = v1->pos;
  const ImVec2 c = v2->pos;
  const int left = std::max(clip.left, static_cast<int>(std::floor(std::min({a.x, b.x, c.x}))));
  const int right = std::min(clip.right, static_cast<int>(std::ceil(std::max({a.x, b.x, c.x}))) + 1);
  const int top = std::max(clip.top, static_cast<int>(std::floor(std::min({a.y, b.y, c.y}))));
  const int bottom = std::min(clip.bottom, static_cast<int>(std::ceil(std::max({a.y, b.y, c.y}))) + 1);
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const ImVec2 p{static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
      const float w0 = cross(b, c, p);
      const float w1 = cross(c, a, p);
      const float w2 = cross(a, b, p);
      if (w0 < 0 || w1 < 0 || w2 < 0) continue;
      if ((w0 == 0 && !owns_edge(b, c)) || (w1 == 0 && !owns_edge(c, a)) || (w2 == 0 && !owns_edge(a, b))) continue;
      const float k[3] = {w0 / area, w1 / area, w2 / area};
      float color[4];
      for (int i = 0; i < 4; ++i)
        color[i] = k[0] * channel(v0.col, 8 * i) + k[1] * channel(v1->col, 8 * i) + k[2] * channel(v2->col, 8 * i);
      if (texture != nullptr) {
        const float u = k[0] * v0.uv.x + k[1] * v1->uv.x + k[2] * v2->uv.x;
        const float v = k[0] * v0.uv.y + k[1] * v1->uv.y + k[2] * v2->uv.y;
        const int tx = std::clamp(static_cast<int>(u * static_cast<float>(texture->width)), 0, texture->width - 1);
        const int ty = std::clamp(static_cast<int>(v * static_cast<float>(texture->height)), 0, texture->height - 1);
        const std::uint8_t* texel =
            &texture->rgba[4 * (static_cast<std::size_t>(ty) * static_cast<std::size_t>(texture->width) +
                                static_cast<std::size_t>(tx))];
        for (int i = 0; i < 4; ++i) color[i] *= static_cast<float>(texel[i]) / 255;
      }
      if (erasing) color[0] = color[1] = color[2] = 0;
      blend(&out.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width) +
                           static_cast<std::size_t>(x))],
            color, erasing);
    }
  }
}

}  // namespace

void rasterise(const ImDrawList& list, const BoxText& texts, Picture& picture) {
  bool erasing = false;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    if (command.UserCallback != nullptr) {
      erasing = command.UserCallback == &ui::erase_mark;
      continue;
    }
    const Clip clip{std::max(0, static_cast<int>(command.ClipRect.x)),
                    std::max(0, static_cast<int>(command.ClipRect.y)),
                    std::min(picture.width, static_cast<int>(command.ClipRect.z)),
                    std::min(picture.height, static_cast<int>(command.ClipRect.w))};
    const Picture* texture = texts.picture(ui::texture_of(command));
    for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
      const auto vertex = [&](unsigned k) -> const ImDrawVert& {
        return list.VtxBuffer[static_cast<int>(list.IdxBuffer[static_cast<int>(command.IdxOffset + i + k)] +
                                               command.VtxOffset)];
      };
      triangle(vertex(0), vertex(1), vertex(2), texture, clip, erasing, picture);
    }
  }
}

bool write_ppm(const Picture& picture, const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  bool good = std::fprintf(file, "P6\n%d %d\n255\n", picture.width, picture.height) > 0;
  for (std::size_t i = 0; i + 3 < picture.rgba.size() && good; i += 4)
    good = std::fwrite(&picture.rgba[i], 1, 3, file) == 3;
  return std::fclose(file) == 0 && good;
}

}  // namespace odnix::platform
