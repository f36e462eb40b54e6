// Points and rectangles in CSS pixels. The origin is the surface's top left corner, unless a name says "viewport".
#pragma once

namespace odnix::ui {

struct Point {
  float x{};
  float y{};
  bool operator==(const Point&) const = default;
};

struct Rect {
  float x{};
  float y{};
  float w{};
  float h{};

  [[nodiscard]] float right() const { return x + w; }
  [[nodiscard]] float bottom() const { return y + h; }
  [[nodiscard]] Point center() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] bool contains(Point p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }
  [[nodiscard]] bool contains(const Rect& r) const {
    return r.x >= x && r.y >= y && r.right() <= right() && r.bottom() <= bottom();
  }
  [[nodiscard]] bool overlaps(const Rect& r) const {
    return x < r.right() && r.x < right() && y < r.bottom() && r.y < bottom();
  }
  /// Smaller by d on every side (larger if d < 0).
  [[nodiscard]] Rect inset(float d) const { return {x + d, y + d, w - 2 * d, h - 2 * d}; }
  bool operator==(const Rect&) const = default;
};

/// A square around a centre.
[[nodiscard]] inline Rect around(Point c, float size) { return {c.x - size / 2, c.y - size / 2, size, size}; }

}  // namespace odnix::ui
