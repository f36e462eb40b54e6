#include "ui/controls.hpp"

#include <algorithm>

namespace odnix::ui {

using view::Control;
using view::ControlId;
using view::ControlRole;

namespace {

constexpr Font caption_font{13, 500};
constexpr Font pill_font{16, 600};
constexpr float caption_gap = 8;
constexpr Color idle_face{255, 255, 255, 38};
constexpr Color off_face{255, 255, 255, 240};
constexpr Color dark_ink{24, 24, 27};

using Touch = Press::Touch;

/// Makes the rectangle pressable and notes the intent.
Touch pressable(Frame& frame, const Control& control, const Rect& rect) {
  if (!control.enabled || frame.controls_opacity <= 0) return {};
  const Touch touch = frame.press.touch(control.id, rect);
  if (touch.pressed) frame.out.intents.push_back({control.id});
  if (touch.hovered) frame.out.hand = true;
  return touch;
}

struct Look {
  Color face;
  Color ink;
};

/// A device that is off stands out: dark on white; so does a screen that is shared, in its colour. Everything else is
/// white on its colour.
Look look_of(const Frame& frame, const Control& control) {
  switch (control.role) {
    case ControlRole::accept: return {frame.theme.accent, white};
    case ControlRole::danger: return {frame.theme.danger, white};
    case ControlRole::neutral: break;
  }
  if (control.id == ControlId::share) return {control.pressed == true ? frame.theme.accent : idle_face, white};
  if (control.pressed == false) return {off_face, dark_ink};
  return {idle_face, frame.theme.text};
}

Look touched(Look look, const Touch& touch, bool enabled) {
  if (!enabled) return {faded(look.face, 0.4F), faded(look.ink, 0.45F)};
  if (touch.held) {
    look.face = look.face.a == 255 || look.face == off_face ? mixed(look.face, black, 0.22F) : faded(look.face, 0.6F);
  } else if (touch.hovered) {
    look.face = look.face == off_face ? white
                : look.face.a == 255  ? mixed(look.face, white, 0.14F)
                                      : Color{look.face.r, look.face.g, look.face.b, 66};
  }
  return look;
}

void note(Frame& frame, const Control& control, const Rect& rect, bool round, const Rect& caption) {
  frame.out.scene.buttons.push_back({control.id, control.label, control.caption, control.role, control.pressed,
                                     control.enabled, round, rect, caption});
}

bool focused(const Frame& frame, const Control& control) { return frame.input.focus == control.id; }

}  // namespace

Icon icon_of(const Control& control, bool video) {
  switch (control.id) {
    case ControlId::accept:
    case ControlId::call_again: return video ? Icon::camera : Icon::phone;
    case ControlId::accept_audio: return Icon::phone;
    case ControlId::decline:
    case ControlId::cancel:
    case ControlId::hang_up: return Icon::phone_down;
    case ControlId::mute_ring: return Icon::bell_off;
    case ControlId::microphone: return control.pressed == false ? Icon::microphone_off : Icon::microphone;
    case ControlId::share: return Icon::screen;
    case ControlId::camera: return control.pressed == false ? Icon::camera_off : Icon::camera;
    case ControlId::dismiss: return Icon::close;
    case ControlId::listen_only:
    case ControlId::tap_to_hear: return Icon::speaker;
  }
  return Icon::close;
}

void disc_control(Frame& frame, const Control& control, Point center, float diameter, float caption_width) {
  const Rect rect = around(center, diameter);
  const Touch touch = pressable(frame, control, rect);
  const Look look = touched(look_of(frame, control), touch, control.enabled);
  const float radius = diameter / 2 - (touch.held ? diameter * 0.02F : 0);
  Painter& paint = frame.paint;
  paint.disc(center, radius, look.face);
  const Color paper =
      look.face.a == 255 ? look.face : mixed(frame.theme.surface, white, static_cast<float>(look.face.a) / 255);
  draw_icon(paint, icon_of(control, frame.model.video), center, diameter * 0.48F, look.ink,
            {paper.r, paper.g, paper.b});
  if (focused(frame, control)) {
    paint.ring(center, radius + 2, faded(black, 0.6F), 2);
    paint.ring(center, radius + 3.5F, white, 2.5F);
  }
  Rect caption;
  if (caption_width > 0 && !control.caption.empty()) {
    const TextBlock text = paint.text(control.caption, caption_font, caption_width, 2, true);
    caption = {center.x - text.w / 2, rect.bottom() + caption_gap, text.w, text.h};
    paint.draw(text, {caption.x, caption.y}, faded(frame.theme.text, control.enabled ? 0.85F : 0.45F),
               frame.over_picture);
  }
  note(frame, control, rect, true, caption);
}

float pill_width(Frame& frame, const Control& control, bool icon) {
  const TextBlock text = frame.paint.text(control.caption.empty() ? control.label : control.caption, pill_font, 1000);
  return text.w + 44 + (icon ? 28.0F : 0.0F);
}

void pill_control(Frame& frame, const Control& control, const Rect& rect, bool icon) {
  const Touch touch = pressable(frame, control, rect);
  const Look look = touched(look_of(frame, control), touch, control.enabled);
  Painter& paint = frame.paint;
  const float radius = rect.h / 2;
  paint.fill(touch.held ? rect.inset(0.5F) : rect, look.face, radius);
  const TextBlock text =
      paint.text(control.caption.empty() ? control.label : control.caption, pill_font, rect.w - (icon ? 60.0F : 32.0F));
  float x = rect.center().x - (text.w + (icon ? 28.0F : 0.0F)) / 2;
  if (icon) {
    draw_icon(paint, icon_of(control, frame.model.video), {x + 10, rect.center().y}, 20, look.ink, look.face);
    x += 28;
  }
  paint.draw(text, {x, rect.center().y - text.h / 2}, look.ink);
  if (focused(frame, control)) {
    paint.outline(rect.inset(-2), faded(black, 0.6F), radius + 2, 2);
    paint.outline(rect.inset(-3.5F), white, radius + 3.5F, 2.5F);
  }
  note(frame, control, rect, false, {});
}

namespace {

float cell_width(const Metrics& metrics, std::size_t count, float width) {
  return std::min(width / static_cast<float>(count), metrics.button + 2 * metrics.gap);
}
float button_size(const Metrics& metrics, float cell) { return std::clamp(cell - 8, 44.0F, metrics.button); }

}  // namespace

float row_height(Painter& paint, const Metrics& metrics, const std::vector<Control>& controls, float width) {
  if (controls.empty()) return 0;
  const float cell = cell_width(metrics, controls.size(), width);
  float captions = 0;
  for (const Control& control : controls) {
    if (control.caption.empty()) continue;
    captions = std::max(captions, caption_gap + paint.text(control.caption, caption_font, cell - 4, 2, true).h);
  }
  return button_size(metrics, cell) + captions;
}

void disc_row(Frame& frame, const std::vector<Control>& controls, float center_x, float top, float width) {
  if (controls.empty()) return;
  const float cell = cell_width(frame.metrics, controls.size(), width);
  const float button = button_size(frame.metrics, cell);
  float x = center_x - cell * static_cast<float>(controls.size()) / 2 + cell / 2;
  for (const Control& control : controls) {
    disc_control(frame, control, {x, top + button / 2}, button, cell - 4);
    x += cell;
  }
}

const Control* find(const view::ViewModel& model, ControlId id) {
  const auto found = std::find_if(model.controls.begin(), model.controls.end(),
                                  [id](const Control& control) { return control.id == id; });
  return found == model.controls.end() ? nullptr : &*found;
}

std::vector<Control> without(const view::ViewModel& model, std::initializer_list<ControlId> ids) {
  std::vector<Control> rest;
  for (const Control& control : model.controls)
    if (std::find(ids.begin(), ids.end(), control.id) == ids.end()) rest.push_back(control);
  return rest;
}

}  // namespace odnix::ui
