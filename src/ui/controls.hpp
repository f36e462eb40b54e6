// The things that can be pressed: each is drawn, made pressable, noted for the mirror, and answers with
// an Intent.
#pragma once

#include <vector>

#include "ui/frame.hpp"
#include "ui/icons.hpp"

namespace odnix::ui {

[[nodiscard]] Icon icon_of(const view::Control& control, bool video);

/// A disc with an icon; `caption_width` > 0 puts the caption under it, within that width.
void disc_control(Frame& frame, const view::Control& control, Point center, float diameter, float caption_width = 0);
/// A pill with its caption inside, and its icon if there is room.
void pill_control(Frame& frame, const view::Control& control, const Rect& rect, bool icon);
[[nodiscard]] float pill_width(Frame& frame, const view::Control& control, bool icon);

/// Several discs in a row around center_x with their captions, in at most `width`; takes row_height() from `top`.
void disc_row(Frame& frame, const std::vector<view::Control>& controls, float center_x, float top, float width);
[[nodiscard]] float row_height(Painter& paint, const Metrics& metrics, const std::vector<view::Control>& controls,
                               float width);

[[nodiscard]] const view::Control* find(const view::ViewModel& model, view::ControlId id);
/// The model's controls without those.
[[nodiscard]] std::vector<view::Control> without(const view::ViewModel& model,
                                                 std::initializer_list<view::ControlId> ids);

}  // namespace odnix::ui
