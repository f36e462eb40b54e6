#include "ui/icons.hpp"

#include <cmath>
#include <initializer_list>

#include "imgui.h"

namespace odnix::ui {

namespace {

constexpr float pi = 3.14159265F;
constexpr float stroke = 1.9F;

/// Draws in the grid's units.
class Pen {
 public:
  Pen(Painter& paint, Point center, float size, Color ink)
      : list_(paint.list()),
        origin_(paint.device({center.x - size / 2, center.y - size / 2})),
        unit_(size / 24 * paint.scale()),
        color_(paint.packed(ink)) {}

  void turn(float radians) { cos_ = std::cos(radians), sin_ = std::sin(radians); }

  void convex(std::initializer_list<Point> points) {
    for (const Point p : points) list_.PathLineTo(at(p));
    list_.PathFillConvex(color_);
  }
  void box(Rect r, float radius) {
    list_.AddRectFilled(at({r.x, r.y}), at({r.right(), r.bottom()}), color_, radius * unit_);
  }
  void dot(Point p, float radius) { list_.AddCircleFilled(at(p), radius * unit_, color_); }
  /// With round ends.
  void line(Point a, Point b, float width = stroke) {
    list_.AddLine(at(a), at(b), color_, width * unit_);
    dot(a, width / 2);
    dot(b, width / 2);
  }
  void arc(Point center, float radius, float from, float to, float width = stroke, bool round = true) {
    constexpr int steps = 20;
    for (int i = 0; i <= steps; ++i)
      list_.PathLineTo(at(on_arc(center, radius, from + (to - from) * static_cast<float>(i) / steps)));
    list_.PathStroke(color_, 0, width * unit_);
    if (!round) return;
    dot(on_arc(center, radius, from), width / 2);
    dot(on_arc(center, radius, to), width / 2);
  }

 private:
  static Point on_arc(Point center, float radius, float angle) {
    return {center.x + std::cos(angle) * radius, center.y + std::sin(angle) * radius};
  }
  [[nodiscard]] ImVec2 at(Point p) const {
    const float x = p.x - 12;
    const float y = p.y - 12;
    return {origin_.x + (12 + x * cos_ - y * sin_) * unit_, origin_.y + (12 + x * sin_ + y * cos_) * unit_};
  }
  ImDrawList& list_;
  ImVec2 origin_;
  float unit_;
  std::uint32_t color_;
  float cos_{1};
  float sin_{0};
};

void microphone(Pen& pen) {
  pen.box({8.6F, 2.2F, 6.8F, 12.6F}, 3.4F);
  pen.arc({12, 11.2F}, 6.7F, 0, pi);
  pen.line({12, 18.2F}, {12, 21.2F});
}

void camera(Pen& pen) {
  pen.box({1.8F, 5.6F, 14, 12.8F}, 3.2F);
  pen.convex({{17.4F, 10.4F},
              {20.9F, 7.7F},
              {21.7F, 7.5F},
              {22.2F, 8.2F},
              {22.2F, 15.8F},
              {21.7F, 16.5F},
              {20.9F, 16.3F},
              {17.4F, 13.6F}});
}

/// A handset: a bow between two pads. As drawn it lies face down; turned it is picked up.
void handset(Pen& pen) {
  pen.arc({12, 21.6F}, 10.6F, -pi * 0.79F, -pi * 0.21F, 4.4F, false);
  pen.convex({{1.1F, 13.9F},
              {2.2F, 12.2F},
              {4.6F, 11.3F},
              {7.2F, 11.6F},
              {7.6F, 15.2F},
              {6.9F, 16.2F},
              {2.9F, 17.2F},
              {1.5F, 16.6F}});
  pen.convex({{22.9F, 13.9F},
              {21.8F, 12.2F},
              {19.4F, 11.3F},
              {16.8F, 11.6F},
              {16.4F, 15.2F},
              {17.1F, 16.2F},
              {21.1F, 17.2F},
              {22.5F, 16.6F}});
}

void speaker(Pen& pen) {
  pen.box({2.4F, 8.8F, 6, 6.4F}, 1.2F);
  pen.convex({{6.4F, 9}, {11.6F, 4.6F}, {12.6F, 5}, {12.6F, 19}, {11.6F, 19.4F}, {6.4F, 15}});
  pen.arc({12, 12}, 4.4F, -pi / 4, pi / 4);
  pen.arc({12, 12}, 8.4F, -pi / 4, pi / 4);
}

void bell(Pen& pen) {
  pen.arc({12, 9.6F}, 2.9F, -pi, 0, 5.8F, false);
  pen.convex({{6.2F, 9.5F},
              {17.8F, 9.5F},
              {18.3F, 13.5F},
              {20.1F, 16.2F},
              {19.5F, 17.4F},
              {4.5F, 17.4F},
              {3.9F, 16.2F},
              {5.7F, 13.5F}});
  pen.box({9.4F, 18.6F, 5.2F, 2.6F}, 1.3F);
}

void crossed_out(Pen& pen, Pen& gap) {
  gap.line({4.9F, 2.6F}, {21.9F, 19.6F}, 2.2F);
  pen.line({3.2F, 3.4F}, {20.6F, 20.8F});
}

}  // namespace

void draw_icon(Painter& paint, Icon icon, Point center, float size, Color ink, Color paper) {
  Pen pen(paint, center, size, ink);
  Pen gap(paint, center, size, paper);
  switch (icon) {
    case Icon::microphone: microphone(pen); break;
    case Icon::microphone_off:
      microphone(pen);
      crossed_out(pen, gap);
      break;
    case Icon::camera: camera(pen); break;
    case Icon::camera_off:
      camera(pen);
      crossed_out(pen, gap);
      break;
    case Icon::phone:
      pen.turn(-pi * 0.75F);
      handset(pen);
      break;
    case Icon::phone_down: handset(pen); break;
    case Icon::close:
      pen.line({6, 6}, {18, 18}, 2.2F);
      pen.line({18, 6}, {6, 18}, 2.2F);
      break;
    case Icon::speaker: speaker(pen); break;
    case Icon::screen:
      pen.line({3, 5.2F}, {21, 5.2F});
      pen.line({3, 16.8F}, {21, 16.8F});
      pen.line({3, 5.2F}, {3, 16.8F});
      pen.line({21, 5.2F}, {21, 16.8F});
      pen.line({8.5F, 20.4F}, {15.5F, 20.4F});
      pen.line({12, 8.2F}, {12, 14});
      pen.line({12, 8.2F}, {9.6F, 10.6F});
      pen.line({12, 8.2F}, {14.4F, 10.6F});
      break;
    case Icon::bell_off:
      bell(pen);
      crossed_out(pen, gap);
      break;
  }
}

}  // namespace odnix::ui
