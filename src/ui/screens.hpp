// The screens of ui.md. place_surface() says where, draw_screen() fills it.
#pragma once

#include "ui/frame.hpp"

namespace odnix::ui {

/// In the viewport: a card for an incoming call, all of it for the others, empty for none.
[[nodiscard]] Rect place_surface(const view::ViewModel& model, const Viewport& viewport, Painter& measure);
/// True where controls may fade: somebody's picture fills the stage.
[[nodiscard]] bool shows_picture(const view::ViewModel& model);

void draw_incoming(Frame& frame);
void draw_outgoing(Frame& frame);
void draw_call(Frame& frame);
void draw_notice(Frame& frame);
void draw_ended(Frame& frame);

}  // namespace odnix::ui
