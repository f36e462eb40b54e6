// One pass over a screen: what it reads and where it writes. Every screen is a function of a Frame.
#pragma once

#include "ui/input.hpp"
#include "ui/output.hpp"
#include "ui/painter.hpp"
#include "ui/press.hpp"
#include "ui/theme.hpp"
#include "view/model.hpp"

namespace odnix::ui {

/// Sizes that follow from the surface's size alone, CSS px.
struct Metrics {
  float margin{};  ///< to the surface's edges
  float button{};  ///< diameter of a round control; never below 44
  float gap{};     ///< between controls
  float avatar{};  ///< largest diameter
  Font title;
  Font body;
  Font small;
  bool narrow{};
  bool low{};
};
[[nodiscard]] Metrics metrics_for(const Rect& area);

struct Frame {
  const view::ViewModel& model;
  const Theme& theme;
  const Input& input;
  Rect area;  ///< the whole surface
  Rect safe;  ///< what notches leave of it
  Metrics metrics;
  Painter& paint;
  Press& press;
  Output& out;
  bool over_picture{};        ///< text needs a shadow to be read
  float controls_opacity{1};  ///< of what fades over video; 0 = not pressable either
};

/// Draws a text and notes it for the mirror. Its left edge, or its centre if `centered`, is at.x.
/// Returns the height that it took.
float label(Frame& frame, TextRole role, const std::string& text, Font font, Point at, float max_width, Color color,
            int max_lines = 1, bool centered = true);

/// The timer: drawn by digits, noted for the mirror.
void clock(Frame& frame, const std::string& text, Font font, Point at, Color color);

}  // namespace odnix::ui
