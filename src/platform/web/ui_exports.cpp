// The browser's events for the user interface, called by web/ui/surface.js. Numbers only.
#include <emscripten.h>

#include "platform/web/ui_port.hpp"

namespace {

using odnix::platform::UiPort;
using odnix::ui::Color;

Color color_of(int rgb) {
  return {static_cast<std::uint8_t>(rgb >> 16 & 255), static_cast<std::uint8_t>(rgb >> 8 & 255),
          static_cast<std::uint8_t>(rgb & 255)};
}

float number(double value) { return static_cast<float>(value); }

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void odnix_ui_frame(double now, double width, double height, double scale, int reduced,
                                         int visible) {
  if (UiPort* port = UiPort::instance())
    port->frame(now, {number(width), number(height), number(scale), {}}, reduced != 0, visible != 0);
}

/// kind: ui::PointerKind.
EMSCRIPTEN_KEEPALIVE void odnix_ui_pointer(int kind, double x, double y, int touch) {
  if (UiPort* port = UiPort::instance(); port != nullptr && kind >= 0 && kind <= 3)
    port->pointer({static_cast<odnix::ui::PointerKind>(kind), {number(x), number(y)}, touch != 0});
}

EMSCRIPTEN_KEEPALIVE void odnix_ui_press(int control) {
  if (UiPort* port = UiPort::instance()) port->press(control);
}

EMSCRIPTEN_KEEPALIVE void odnix_ui_focus(int control) {
  if (UiPort* port = UiPort::instance()) port->focus(control);
}

EMSCRIPTEN_KEEPALIVE void odnix_ui_video(int peer, double width, double height) {
  if (UiPort* port = UiPort::instance())
    port->video_size({static_cast<std::uint32_t>(peer)}, number(width), number(height));
}

EMSCRIPTEN_KEEPALIVE void odnix_ui_context(int lost) {
  if (UiPort* port = UiPort::instance()) port->context(lost != 0);
}

EMSCRIPTEN_KEEPALIVE void odnix_ui_insets(double top, double right, double bottom, double left) {
  if (UiPort* port = UiPort::instance()) port->insets({number(top), number(right), number(bottom), number(left)});
}

/// Colours are 0xRRGGBB; accent < 0: only the font changed.
EMSCRIPTEN_KEEPALIVE void odnix_ui_theme(int accent, int surface, int danger, int warning, int text, double radius,
                                         int font) {
  UiPort* port = UiPort::instance();
  if (port == nullptr) return;
  if (accent >= 0) {
    port->theme({.surface = color_of(surface),
                 .accent = color_of(accent),
                 .danger = color_of(danger),
                 .warning = color_of(warning),
                 .text = color_of(text),
                 .radius = number(radius)});
  }
  if (font != 0) port->font_changed();
}

}  // extern "C"
