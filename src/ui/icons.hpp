// The icons, drawn as paths on a grid of 24 units: no font, no picture, crisp at every size.
#pragma once

#include "ui/painter.hpp"

namespace odnix::ui {

enum class Icon { microphone, microphone_off, camera, camera_off, phone, phone_down, close, speaker, bell_off, screen };

/// `paper`: the colour behind the icon; the stroke that crosses out an "off" icon is set off from it by a gap.
void draw_icon(Painter& paint, Icon icon, Point center, float size, Color ink, Color paper);

}  // namespace odnix::ui
