#include "platform/web/ui_port.hpp"

#include <emscripten.h>

#include <algorithm>
#include <cmath>

#include "platform/web/mirror.hpp"

namespace odnix::platform {

namespace {

UiPort* the_port = nullptr;

// clang-format off
EM_JS(void, surface_attach, (), { Module["ui"]["attach"](Module); });
EM_JS(void, surface_wanted, (int turned, double later), { Module["ui"]["wanted"](!!turned, later); });
EM_JS(void, surface_request, (), { Module["ui"]["request"](); });
EM_JS(void, surface_wake, (double delay), { Module["ui"]["wake"](delay); });
EM_JS(void, surface_close, (), { Module["ui"]["close"](); });
EM_JS(void, surface_size, (int width, int height, double w, double h), { Module["ui"]["size"](width, height, w, h); });
EM_JS(void, surface_cursor, (int hand), { Module["ui"]["cursor"](!!hand); });
EM_JS(void, surface_painting, (int works), { Module["ui"]["painting"](!!works); });
// clang-format on

constexpr int control_count = static_cast<int>(view::ControlId::tap_to_hear) + 1;
[[nodiscard]] bool is_control(int number) { return number >= 0 && number < control_count; }

/// What one's own click opens may be shown this much later, ms: laid out at once it would hold up the offer.
constexpr double opening_waits = 100;

/// A call's stage that opens is painted this long after it was first shown, ms.
constexpr double stage_waits = 300;

[[nodiscard]] bool is_stage_of_call(view::Screen screen) {
  return screen == view::Screen::outgoing || screen == view::Screen::in_call;
}

}  // namespace

UiPort::UiPort(ports::Inbox& inbox) : inbox_(inbox), text_(canvas_), ui_(text_) {
  the_port = this;
  surface_attach();
}

UiPort::~UiPort() { the_port = nullptr; }

UiPort* UiPort::instance() { return the_port; }

void UiPort::show(const view::ViewModel& model) {
  if (model == model_) return;
  const bool turned = model.screen != model_.screen;
  const bool calls = model.screen == view::Screen::outgoing && model_.screen == view::Screen::none;
  if (turned) {
    // Between two stages neither the context nor the canvas changes: the picture goes on.
    const bool opens = is_stage_of_call(model.screen) && !is_stage_of_call(model_.screen);
    unpainted_ = opens || canvas_.untried();
    paint_at_.reset();
  } else if (model.screen == view::Screen::outgoing && model.status != model_.status) {
    unpainted_ = false;  // the offer is out, now it takes a person; an accepted call has its first frames to come
  }
  model_ = model;
  if (model_.screen != view::Screen::none) {
    surface_wanted(turned, calls ? opening_waits : 0);
    return;
  }
  ui_.draw(model_, {}, theme_, input_);  // forgets what the last call left behind
  input_ = {};
  scene_ = {};
  width_ = height_ = 0;
  surface_close();
}

void UiPort::rehearse(const view::ViewModel& model, const ui::Viewport& viewport) {
  if (model_.screen != view::Screen::none) return;
  show_scene(ui_.draw(model, viewport, theme_, {}).scene);
}

bool UiPort::waits(double now) {
  if (unpainted_ && !paint_at_) {
    const bool longer = is_stage_of_call(model_.screen);
    paint_at_ = longer ? now + stage_waits : now;
    if (!longer) surface_request();
  } else if (unpainted_) {
    unpainted_ = now < *paint_at_;
  }
  return unpainted_;
}

void UiPort::frame(double now, ui::Viewport viewport, bool reduced_motion, bool visible) {
  if (model_.screen == view::Screen::none) return;
  const bool paints = visible && !waits(now);
  if (paints && canvas_.untried()) {
    ui_.textures_lost();  // texts were only measured so far
    // The mirror's layout knows the size: a canvas that has a context already would be made twice more for it.
    if (scene_.surface.w > 0) fit_canvas(scene_.surface, viewport.scale);
  }
  if (visible) surface_painting(paints && canvas_.ready());
  viewport.safe = insets_;
  input_.now = now;
  input_.reduced_motion = reduced_motion;
  ui::Output out = ui_.draw(model_, viewport, theme_, input_);
  input_.pointer.clear();
  for (const view::Intent& intent : out.intents) inbox_.post(intent);
  if (out.hand != hand_) surface_cursor(hand_ = out.hand);
  if (out.scene != scene_) {
    scene_ = std::move(out.scene);
    show_scene(scene_);
  }
  if (paints && canvas_.works()) {
    fit_canvas(scene_.surface, viewport.scale);
    canvas_.paint(ui_.picture(), width_, height_);
  }
  if (out.animating) surface_request();
  if (visible && unpainted_) out.wake_at = std::min(*paint_at_, out.wake_at.value_or(*paint_at_));
  if (out.wake_at) surface_wake(*out.wake_at - now + 1);
}

void UiPort::fit_canvas(const ui::Rect& surface, float scale) {
  const int width = static_cast<int>(std::lround(surface.w * scale));
  const int height = static_cast<int>(std::lround(surface.h * scale));
  if (width == width_ && height == height_) return;
  width_ = width;
  height_ = height;
  // The canvas is as large as its pixels, not as its place: stretching by a fraction of a pixel would blur every
  // letter.
  surface_size(width, height, static_cast<double>(width) / scale, static_cast<double>(height) / scale);
}

void UiPort::press(int control) {
  if (!is_control(control)) return;
  const auto id = static_cast<view::ControlId>(control);
  const bool there = std::any_of(model_.controls.begin(), model_.controls.end(),
                                 [id](const view::Control& c) { return c.id == id && c.enabled; });
  if (there) inbox_.post(view::Intent{id});
}

void UiPort::focus(int control) {
  input_.focus.reset();
  if (is_control(control)) input_.focus = static_cast<view::ControlId>(control);
}

void UiPort::video_size(core::PeerId peer, float width, float height) {
  auto& sizes = input_.video_sizes;
  sizes.erase(std::remove_if(sizes.begin(), sizes.end(), [&](const ui::VideoSize& size) { return size.peer == peer; }),
              sizes.end());
  sizes.push_back({peer, width, height});
}

void UiPort::context(bool lost) {
  if (canvas_.context_changed(lost)) ui_.textures_lost();
  width_ = 0;  // asks for the size again
}

}  // namespace odnix::platform
