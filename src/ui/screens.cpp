// The plain screens: we call, it is over, there is something to say.
#include "ui/screens.hpp"

#include <algorithm>

#include "ui/person.hpp"
#include "ui/stage.hpp"

namespace odnix::ui {

Rect place_incoming(const view::ViewModel& model, const Viewport& viewport, Painter& measure);

Rect place_surface(const view::ViewModel& model, const Viewport& viewport, Painter& measure) {
  switch (model.screen) {
    case view::Screen::none: return {};
    case view::Screen::incoming: return place_incoming(model, viewport, measure);
    case view::Screen::outgoing:
    case view::Screen::in_call:
    case view::Screen::notice:
    case view::Screen::ended: return {0, 0, viewport.width, viewport.height};
  }
  return {};
}

void draw_outgoing(Frame& frame) {
  const bool preview = frame.model.self_view;
  if (preview) {
    frame.out.scene.videos.push_back({{}, frame.area, 0, true, true});
    frame.over_picture = true;
    frame.paint.fill(frame.area, {0, 0, 0, 60});
    scrims(frame, std::min(300.0F, frame.area.h * 0.45F), std::min(280.0F, frame.area.h * 0.4F));
  } else {
    room(frame, frame.area, frame.model.title);
  }
  const float bottom = bottom_row(frame, frame.model.controls);
  const float top = banner(frame, frame.safe.y + frame.metrics.margin);
  if (preview)
    heading(frame, top, bottom - 16);
  else
    portrait(frame, top, bottom - 16);
}

void draw_ended(Frame& frame) {
  room(frame, frame.area, frame.model.title);
  const float bottom = bottom_row(frame, frame.model.controls);
  const float top = banner(frame, frame.safe.y + frame.metrics.margin);
  portrait(frame, top, bottom - 16);
}

void draw_notice(Frame& frame) {
  Painter& paint = frame.paint;
  const Metrics& m = frame.metrics;
  constexpr float pad = 24;
  const float width = std::min(420.0F, frame.safe.w - 32);
  const float inner = width - 2 * pad;
  const Font head{20, 600};
  const Font body{15, 400};
  const TextBlock status = paint.text(frame.model.status, head, inner, 3, true);
  const TextBlock detail = paint.text(frame.model.detail, body, inner, 5, true);
  const std::vector<view::Control>& controls = frame.model.controls;

  // Pills side by side if their captions fit, else one above the other.
  constexpr float pill = 48;
  constexpr float gap = 12;
  const auto count = static_cast<float>(controls.size());
  const float side = (inner - (count - 1) * gap) / std::max(1.0F, count);
  const bool stacked = std::any_of(controls.begin(), controls.end(), [&](const view::Control& control) {
    return pill_width(frame, control, false) > side;
  });
  const float pills = controls.empty() ? 0 : stacked ? count * pill + (count - 1) * gap : pill;
  const float mark = m.low ? 0 : 56;
  const float banner_room = frame.model.banner ? 64 : 0;
  const float height = pad + (mark > 0 ? mark + 16 : 0) + status.h + (detail.h > 0 ? 10 + detail.h : 0) +
                       (pills > 0 ? 24 + pills : 0) + pad;
  const Rect card{frame.safe.center().x - width / 2,
                  frame.safe.y + banner_room + std::max(0.0F, (frame.safe.h - banner_room - height) / 2), width,
                  height};

  paint.fill(frame.area, {0, 0, 0, 150});
  const float radius = frame.theme.radius + 8;
  paint.shadow({card.x, card.y + 8, card.w, card.h}, radius, 40, {0, 0, 0, 90});
  paint.fill(card, mixed(frame.theme.surface, white, 0.08F), radius);
  paint.outline(card.inset(0.5F), {255, 255, 255, 22}, radius - 0.5F, 1);
  banner(frame, frame.safe.y + m.margin);

  const float x = card.center().x;
  float y = card.y + pad;
  if (mark > 0) {
    avatar(frame, frame.model.title, frame.model.initials, {x, y + mark / 2}, mark);
    y += mark + 16;
  }
  y += label(frame, TextRole::status, frame.model.status, head, {x, y}, inner, frame.theme.text, 3);
  if (detail.h > 0)
    y += 10 + label(frame, TextRole::detail, frame.model.detail, body, {x, y + 10}, inner,
                    faded(frame.theme.text, 0.75F), 5);
  y += 24;
  float left = card.x + pad;
  for (const view::Control& control : controls) {
    pill_control(frame, control, {left, y, stacked ? inner : side, pill}, false);
    if (stacked)
      y += pill + gap;
    else
      left += side + gap;
  }
}

}  // namespace odnix::ui
