#include "ui/ui.hpp"

#include <algorithm>
#include <cmath>

#include "ui/controls.hpp"
#include "ui/screens.hpp"
#include "ui/sort_few.hpp"

namespace odnix::ui {

namespace {

void draw_screen(Frame& frame) {
  switch (frame.model.screen) {
    case view::Screen::none: break;
    case view::Screen::incoming: draw_incoming(frame); break;
    case view::Screen::outgoing: draw_outgoing(frame); break;
    case view::Screen::in_call: draw_call(frame); break;
    case view::Screen::notice: draw_notice(frame); break;
    case view::Screen::ended: draw_ended(frame); break;
  }
}

/// Escape leaves what can be left without harm: it never ends a running call and never answers one.
std::optional<view::ControlId> escape_of(const view::ViewModel& model) {
  for (const view::ControlId id : {view::ControlId::dismiss, view::ControlId::cancel, view::ControlId::mute_ring}) {
    const view::Control* control = find(model, id);
    if (control != nullptr && control->enabled) return id;
  }
  return std::nullopt;
}

/// On whole device pixels, or the browser would blur the canvas.
Rect snapped(const Rect& rect, float scale) {
  const auto snap = [scale](float value) { return std::round(value * scale) / scale; };
  return {snap(rect.x), snap(rect.y), snap(rect.right()) - snap(rect.x), snap(rect.bottom()) - snap(rect.y)};
}

void sort_as_in(const view::ViewModel& model, std::vector<MirrorButton>& buttons) {
  const auto place = [&](const MirrorButton& button) { return find(model, button.control) - model.controls.data(); };
  sort_few(buttons, [&](const MirrorButton& a, const MirrorButton& b) { return place(a) < place(b); });
}

}  // namespace

float Ui::controls_opacity(const view::ViewModel& model, const Input& input, Output& out) const {
  if (!shows_picture(model) || input.focus) return 1;
  if (pointer_inside_ && !touch_) {  // a mouse that rests on a control keeps it
    for (const MirrorButton& button : last_scene_.buttons)
      if (button.rect.contains(pointer_)) return 1;
  }
  const double age = input.now - last_input_;
  if (age < fade_after) {
    out.wake_at = last_input_ + fade_after;
    return 1;
  }
  if (input.reduced_motion || age >= fade_after + fade_for) return 0;
  out.animating = true;
  return 1 - static_cast<float>((age - fade_after) / fade_for);
}

void Ui::take(const PointerEvent& event, double now) {
  pointer_ = {event.at.x - last_scene_.surface.x, event.at.y - last_scene_.surface.y};
  touch_ = event.touch;
  switch (event.kind) {
    case PointerKind::move: pointer_inside_ = true; break;
    case PointerKind::press:
      // What is not seen cannot be pressed: a finger on a bare picture only brings the controls back.
      pointer_down_ = !last_scene_.controls_hidden;
      pointer_inside_ = true;
      break;
    case PointerKind::release: pointer_down_ = false; break;
    case PointerKind::leave:
      pointer_down_ = false;
      pointer_inside_ = false;
      return;  // nobody did anything
  }
  last_input_ = now;
}

Output Ui::draw(const view::ViewModel& model, const Viewport& viewport, const Theme& theme, const Input& input) {
  Output out;
  const Rect surface_before = last_scene_.surface;
  drawn_ = model.screen != view::Screen::none && viewport.width >= 1 && viewport.height >= 1;
  if (!drawn_) {
    last_scene_ = {};
    pointer_down_ = false;
    press_.forget();
    return out;
  }
  if (model.screen != last_scene_.screen) last_input_ = input.now;

  // One pass per press and release, so that neither is lost however fast they follow; moves only count where they end.
  for (std::size_t i = 0; i < input.pointer.size(); ++i) {
    const PointerEvent& event = input.pointer[i];
    const bool more = i + 1 < input.pointer.size() && input.pointer[i + 1].kind == PointerKind::move;
    if (event.kind == PointerKind::move && more) continue;
    take(event, input.now);
    Output step;
    pass(model, viewport, theme, input, step);
    out.intents.insert(out.intents.end(), step.intents.begin(), step.intents.end());
    last_scene_ = std::move(step.scene);
  }
  if (touch_ && !pointer_down_) pointer_inside_ = false;  // a lifted finger is nowhere
  if (input.focus) last_input_ = input.now;
  pass(model, viewport, theme, input, out);
  texts_.end_frame();
  // Dear ImGui finds what is under the pointer by the windows of the frame before: a surface that moved needs one more.
  if (out.scene.surface != surface_before && pointer_inside_) out.animating = true;
  last_scene_ = out.scene;
  return out;
}

void Ui::pass(const view::ViewModel& model, const Viewport& viewport, const Theme& theme, const Input& input,
              Output& out) {
  Painter measure(nullptr, texts_, viewport.scale);
  const Rect surface = snapped(place_surface(model, viewport, measure), viewport.scale);
  press_.move(pointer_inside_ ? std::optional(pointer_) : std::nullopt, pointer_down_);
  ImDrawList& list = drawing_.begin({surface.w * viewport.scale, surface.h * viewport.scale});
  Painter paint(&list, texts_, viewport.scale);
  out.scene.screen = model.screen;
  out.scene.surface = surface;
  out.scene.modal = model.screen != view::Screen::incoming;
  out.scene.opaque = out.scene.modal && model.screen != view::Screen::notice;
  const Rect area{0, 0, surface.w, surface.h};
  Rect safe = area;
  if (out.scene.modal) {
    safe = {viewport.safe.left, viewport.safe.top, area.w - viewport.safe.left - viewport.safe.right,
            area.h - viewport.safe.top - viewport.safe.bottom};
  }
  Frame frame{model, theme, input, area, safe, metrics_for(safe), paint, press_, out};
  frame.controls_opacity = controls_opacity(model, input, out);
  out.scene.controls_hidden = frame.controls_opacity <= 0;
  draw_screen(frame);
  press_.settle();
  sort_as_in(model, out.scene.buttons);
  out.scene.microphone_open = model.microphone_open;
  out.scene.camera_open = model.self_view;
  out.scene.escape = escape_of(model);
}

}  // namespace odnix::ui
