// Parts of the screens that fill the viewport.
#pragma once

#include "ui/controls.hpp"

namespace odnix::ui {

/// A banner is never wider, in px.
inline constexpr float banner_width = 480;
/// A banner at the top; returns the height below which the rest may begin.
float banner(Frame& frame, float top);
/// Discs with captions at the bottom; returns their upper edge.
float bottom_row(Frame& frame, const std::vector<view::Control>& controls);
/// Discs without captions in a floating bar over video; its rectangle.
Rect floating_bar(Frame& frame, const std::vector<view::Control>& controls);
/// On one's own picture: nobody hears this.
void own_muted_badge(Frame& frame, Point at);
/// The own preview in the lower right corner, above the bar where they would meet.
void own_preview(Frame& frame, const Rect& bar);
/// The picture's width divided by its height, or `unknown`.
[[nodiscard]] float aspect_of(const Frame& frame, core::PeerId peer, float unknown);
/// Dark above and below, so that white text reads over every picture.
void scrims(Frame& frame, float top, float bottom);
/// What stays when the controls have faded, at the right: which devices are open.
void device_dots(Frame& frame, float top);

}  // namespace odnix::ui
