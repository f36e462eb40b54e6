#include "ui/stage.hpp"

#include <algorithm>

namespace odnix::ui {

namespace {
constexpr Color bar_face{22, 22, 25, 190};
}  // namespace

float banner(Frame& frame, float top) {
  if (!frame.model.banner) return top;
  Painter& paint = frame.paint;
  const view::Banner& content = *frame.model.banner;
  constexpr float pad = 14;
  constexpr float mark = 20;
  const Font font{14, 500};
  const float width = std::min(frame.safe.w - 2 * frame.metrics.margin, banner_width);
  const TextBlock text = paint.text(content.text, font, width - 2 * pad - mark, 3);
  const float w = text.w + 2 * pad + mark;
  const Rect rect{frame.safe.center().x - w / 2, top, w, text.h + 20};
  const float radius = std::min(rect.h / 2, 20.0F);
  paint.shadow(rect, radius, 12, {0, 0, 0, 50});
  paint.fill(rect, {30, 30, 34, 235}, radius);
  const Color color =
      content.kind == view::BannerKind::warning ? frame.theme.warning : mixed(frame.theme.text, black, 0.3F);
  paint.disc({rect.x + pad + 4, rect.y + 10 + paint.line(font) / 2}, 4, color);
  paint.draw(text, {rect.x + pad + mark, rect.y + 10}, white);
  frame.out.scene.texts.push_back(
      {TextRole::banner, content.text, {rect.x + pad + mark, rect.y + 10, text.w, text.h}, font.size});
  return rect.bottom() + 12;
}

float bottom_row(Frame& frame, const std::vector<view::Control>& controls) {
  const Metrics& m = frame.metrics;
  const float width = frame.safe.w - 2 * m.margin;
  const float height = row_height(frame.paint, m, controls, width);
  const float lift = m.low ? m.margin : std::clamp(frame.safe.h * 0.06F, m.margin, 64.0F);
  const float top = frame.safe.bottom() - lift - height;
  disc_row(frame, controls, frame.safe.center().x, top, width);
  return top;
}

Rect floating_bar(Frame& frame, const std::vector<view::Control>& controls) {
  const Metrics& m = frame.metrics;
  constexpr float pad = 10;
  const auto count = static_cast<float>(controls.size());
  const float gap = std::min(14.0F, (frame.safe.w - 2 * m.margin - 2 * pad - count * 44) / std::max(1.0F, count - 1));
  const float button = std::clamp((frame.safe.w - 2 * m.margin - 2 * pad - (count - 1) * gap) / count, 44.0F, 52.0F);
  const Rect bar{frame.safe.center().x - (count * button + (count - 1) * gap) / 2 - pad,
                 frame.safe.bottom() - m.margin - button - 2 * pad, count * button + (count - 1) * gap + 2 * pad,
                 button + 2 * pad};
  if (controls.empty()) return {bar.x, frame.safe.bottom() - m.margin, bar.w, 0};
  if (frame.controls_opacity > 0) {
    frame.paint.shadow(bar, bar.h / 2, 20, {0, 0, 0, 60});
    frame.paint.fill(bar, bar_face, bar.h / 2);
    frame.paint.outline(bar.inset(0.5F), {255, 255, 255, 20}, bar.h / 2 - 0.5F, 1);
  }
  float x = bar.x + pad + button / 2;
  for (const view::Control& control : controls) {
    disc_control(frame, control, {x, bar.center().y}, button);
    x += button + gap;
  }
  return bar;
}

float aspect_of(const Frame& frame, core::PeerId peer, float unknown) {
  for (const VideoSize& size : frame.input.video_sizes)
    if (size.peer == peer && size.width > 0 && size.height > 0) return size.width / size.height;
  return unknown;
}

void own_muted_badge(Frame& frame, Point at) {
  frame.paint.disc(at, 13, frame.theme.danger);
  draw_icon(frame.paint, Icon::microphone_off, at, 16, white, frame.theme.danger);
}

void own_preview(Frame& frame, const Rect& bar) {
  if (!frame.model.self_view) return;
  const Metrics& m = frame.metrics;
  const float aspect = std::clamp(aspect_of(frame, {}, 4.0F / 3), 9.0F / 16, 16.0F / 9);
  const float longer = std::clamp(std::min(frame.area.w, frame.area.h) * 0.34F, 112.0F, 320.0F);
  const float w = aspect >= 1 ? longer : longer * aspect;
  const float h = aspect >= 1 ? longer / aspect : longer;
  Rect rect{frame.safe.right() - m.margin - w, frame.safe.bottom() - m.margin - h, w, h};
  if (rect.inset(-12).overlaps(bar)) rect.y = bar.y - 12 - h;
  frame.paint.erase(rect, frame.theme.radius);
  frame.out.scene.videos.push_back({{}, rect, frame.theme.radius, true, true});
  frame.paint.outline(rect.inset(0.5F), {255, 255, 255, 36}, frame.theme.radius - 0.5F, 1);
  if (!frame.model.microphone_on) own_muted_badge(frame, {rect.x + 20, rect.bottom() - 20});
}

void scrims(Frame& frame, float top, float bottom) {
  const Rect& a = frame.area;
  constexpr Color clear{0, 0, 0, 0};
  // Two steps each: an even ramp shows where it ends.
  if (top > 0) {
    frame.paint.gradient({a.x, a.y, a.w, top * 0.55F}, {0, 0, 0, 180}, {0, 0, 0, 115});
    frame.paint.gradient({a.x, a.y + top * 0.55F, a.w, top * 0.45F}, {0, 0, 0, 115}, clear);
  }
  if (bottom > 0) {
    frame.paint.gradient({a.x, a.bottom() - bottom, a.w, bottom * 0.5F}, clear, {0, 0, 0, 50});
    frame.paint.gradient({a.x, a.bottom() - bottom * 0.5F, a.w, bottom * 0.5F}, {0, 0, 0, 50}, {0, 0, 0, 130});
  }
}

void device_dots(Frame& frame, float top) {
  const view::Control* microphone = find(frame.model, view::ControlId::microphone);
  const view::Control* camera = find(frame.model, view::ControlId::camera);
  std::vector<Icon> icons;
  if (microphone != nullptr) icons.push_back(icon_of(*microphone, true));
  if (camera != nullptr && camera->pressed == true) icons.push_back(Icon::camera);
  if (icons.empty()) return;
  const auto count = static_cast<float>(icons.size());
  const Rect rect{frame.safe.right() - frame.metrics.margin - count * 22 - 10, top, count * 22 + 10, 26};
  frame.paint.fill(rect, {0, 0, 0, 110}, 13);
  float x = rect.x + 16;
  for (const Icon icon : icons) {
    const Color ink = icon == Icon::microphone_off ? mixed(frame.theme.danger, white, 0.25F) : white;
    draw_icon(frame.paint, icon, {x, rect.center().y}, 15, ink, {40, 40, 40});
    x += 22;
  }
}

}  // namespace odnix::ui
