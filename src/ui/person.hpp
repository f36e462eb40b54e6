// How a person looks without a picture: a coloured disc with initials, and the colour of the room around it.
#pragma once

#include "ui/frame.hpp"

namespace odnix::ui {

struct Hue {
  Color top;
  Color bottom;
};
/// Always the same for the same name.
[[nodiscard]] Hue hue_of(const std::string& name);

void avatar(Frame& frame, const std::string& name, const std::string& initials, Point center, float diameter);
/// The surface's background where there is no video: the surface colour with a breath of the person's.
void room(Frame& frame, const Rect& rect, const std::string& name, float radius = 0);
/// Avatar, name, status or timer, detail: centred between two heights; the avatar gives way if there is little room.
void portrait(Frame& frame, float top, float bottom);
/// The same in small and at the top: the middle belongs to a face.
void heading(Frame& frame, float top, float bottom);

}  // namespace odnix::ui
