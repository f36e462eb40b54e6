// Somebody calls: a card in a corner, so that the page stays usable.
#include <algorithm>

#include "ui/controls.hpp"
#include "ui/person.hpp"
#include "ui/screens.hpp"
#include "ui/sort_few.hpp"

namespace odnix::ui {

namespace {

constexpr float padding = 16;
constexpr float portrait_size = 56;
constexpr float quiet_size = 44;
constexpr float row_gap = 18;

Metrics card_metrics() {
  Metrics m;
  m.button = 56;
  m.gap = 32;
  return m;
}

/// Decline lies left and Accept right, as on every telephone.
std::vector<view::Control> row_of(const view::ViewModel& model) {
  std::vector<view::Control> row = without(model, {view::ControlId::mute_ring});
  sort_few(row, [](const view::Control& a, const view::Control& b) {
    const auto rank = [](const view::Control& c) {
      return c.role == view::ControlRole::danger ? 0 : c.role == view::ControlRole::accept ? 2 : 1;
    };
    return rank(a) < rank(b);
  });
  return row;
}

}  // namespace

Rect place_incoming(const view::ViewModel& model, const Viewport& viewport, Painter& measure) {
  const Insets& safe = viewport.safe;
  const bool phone = viewport.width < 560;
  const float margin = phone ? 10 : 20;
  const float width = std::min(380.0F, viewport.width - 2 * margin - safe.left - safe.right);
  const float row = row_height(measure, card_metrics(), row_of(model), width - 2 * padding);
  const float height = padding + portrait_size + row_gap + row + padding;
  const float x = phone ? (viewport.width - width) / 2 : viewport.width - safe.right - margin - width;
  return {x, safe.top + margin, width, height};
}

void draw_incoming(Frame& frame) {
  Painter& paint = frame.paint;
  frame.out.scene.radius = frame.theme.radius + 8;
  const Color face = mixed(frame.theme.surface, white, 0.07F);
  paint.gradient(frame.area, mixed(face, white, 0.03F), face, frame.out.scene.radius);
  paint.outline(frame.area.inset(0.5F), {255, 255, 255, 22}, frame.out.scene.radius - 0.5F, 1);

  avatar(frame, frame.model.title, frame.model.initials, {padding + portrait_size / 2, padding + portrait_size / 2},
         portrait_size);
  const view::Control* quiet = find(frame.model, view::ControlId::mute_ring);
  const float left = padding + portrait_size + 14;
  const float room = frame.area.w - left - padding - (quiet != nullptr ? quiet_size + 8 : 0);
  const Font name{18, 600};
  const Font line{14, 400};
  const float texts = paint.line(name) + 2 + paint.text(frame.model.status, line, room, 2, false).h;
  float y = padding + (portrait_size - texts) / 2;
  y += label(frame, TextRole::title, frame.model.title, name, {left, y}, room, frame.theme.text, 1, false) + 2;
  label(frame, TextRole::status, frame.model.status, line, {left, y}, room, faded(frame.theme.text, 0.7F), 2, false);
  if (quiet != nullptr) {
    const float inset = padding + quiet_size / 2;
    disc_control(frame, *quiet, {frame.area.w - inset, padding + portrait_size / 2}, quiet_size);
  }
  frame.metrics = card_metrics();
  disc_row(frame, row_of(frame.model), frame.area.w / 2, padding + portrait_size + row_gap, frame.area.w - 2 * padding);
}

}  // namespace odnix::ui
