// A call that runs, with pictures or without, with one person or several.
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/person.hpp"
#include "ui/screens.hpp"
#include "ui/stage.hpp"
#include "view/clock_text.hpp"

namespace odnix::ui {

using view::ControlId;

bool shows_picture(const view::ViewModel& model) {
  return model.screen == view::Screen::in_call &&
         (model.shared ||
          std::any_of(model.tiles.begin(), model.tiles.end(), [](const view::Tile& tile) { return tile.video; }));
}

namespace {

/// The largest part of `rect` with the picture's proportions.
Rect fitted(const Rect& rect, float aspect) {
  const float w = std::min(rect.w, rect.h * aspect);
  const float h = w / aspect;
  return {rect.x + (rect.w - w) / 2, rect.y + (rect.h - h) / 2, w, h};
}

/// A picture fills its place and is cropped, unless that would cost too much of it (a phone held upright, seen on a
/// wide screen): then it is shown whole, in a room of the person's colour. Peer 0 is this person, as in a mirror.
void picture(Frame& frame, core::PeerId peer, const std::string& name, const Rect& place, float radius,
             float least_kept) {
  const float wide = place.w / std::max(1.0F, place.h);
  const float aspect = aspect_of(frame, peer, wide);
  Rect rect = place;
  if (std::min(wide, aspect) / std::max(wide, aspect) < least_kept) {
    rect = fitted(place, aspect);
    room(frame, place, name, radius);
    frame.paint.erase(rect, 0);
  }
  frame.out.scene.videos.push_back({peer, rect, rect == place ? radius : 0, peer == core::PeerId{}, true});
}

/// Their screen, whole, and they themselves in a small picture in the upper right corner: its place, empty without one.
Rect shared_screen(Frame& frame, core::PeerId screen) {
  frame.out.scene.videos.push_back({screen, frame.area, 0, false, false});
  const view::Tile& person = frame.model.tiles.front();
  if (!person.video) return {};
  const Metrics& m = frame.metrics;
  const float aspect = std::clamp(aspect_of(frame, person.peer, 4.0F / 3), 9.0F / 16, 16.0F / 9);
  const float longer = std::clamp(std::min(frame.area.w, frame.area.h) * 0.26F, 96.0F, 240.0F);
  const float w = aspect >= 1 ? longer : longer * aspect;
  const float h = aspect >= 1 ? longer / aspect : longer;
  const Rect rect{frame.safe.right() - m.margin - w, frame.safe.y + m.margin, w, h};
  frame.out.scene.videos.push_back({person.peer, rect, frame.theme.radius, false, true});
  return rect;
}

void tile_name(Frame& frame, const Rect& rect, const std::string& name) {
  const TextBlock text = frame.paint.text(name, frame.metrics.small, rect.w - 36);
  if (text.w <= 0) return;
  const Rect tag{rect.x + 8, rect.bottom() - 8 - text.h - 8, text.w + 20, text.h + 8};
  frame.paint.fill(tag, {0, 0, 0, 140}, tag.h / 2);
  frame.paint.draw(text, {tag.x + 10, tag.y + 4}, white);
  frame.out.scene.texts.push_back(
      {TextRole::name, name, {tag.x + 10, tag.y + 4, text.w, text.h}, frame.metrics.small.size});
}

void muted_badge(Frame& frame, Point at) {
  frame.paint.disc(at, 12, {0, 0, 0, 140});
  draw_icon(frame.paint, Icon::microphone_off, at, 14, white, {40, 40, 40});
}

/// The number of columns that makes pictures largest, if they are 3:2, with few places left empty.
int columns_for(int count, const Rect& area, float gap) {
  int best = 1;
  float best_size = 0;
  for (int columns = 1; columns <= count; ++columns) {
    const int rows = (count + columns - 1) / columns;
    const float w = (area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float h = (area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
    const float used = static_cast<float>(count) / static_cast<float>(columns * rows);
    const float size = std::min(w, h * 1.5F) * (0.85F + 0.15F * used);
    if (size > best_size + 0.5F) best_size = size, best = columns;
  }
  return best;
}

/// This person among the others, with the last place.
void own_tile(Frame& frame, const Rect& rect) {
  picture(frame, {}, frame.model.title, rect, frame.theme.radius, 0.45F);
  if (!frame.model.microphone_on) own_muted_badge(frame, {rect.right() - 20, rect.bottom() - 20});
}

void grid(Frame& frame, const Rect& area) {
  constexpr float gap = 8;
  const auto people = static_cast<int>(frame.model.tiles.size());
  const int count = people + (frame.model.self_view ? 1 : 0);
  const int columns = columns_for(count, area, gap);
  const int rows = (count + columns - 1) / columns;
  const float w = (area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float h = (area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  for (int i = 0; i < count; ++i) {
    const int row = i / columns;
    const int in_row = std::min(columns, count - row * columns);  // a last row that is not full is centred
    const float left = area.x + (area.w - static_cast<float>(in_row) * (w + gap) + gap) / 2;
    const Rect rect{left + static_cast<float>(i % columns) * (w + gap), area.y + static_cast<float>(row) * (h + gap), w,
                    h};
    if (i == people) return own_tile(frame, rect);
    const view::Tile& tile = frame.model.tiles[static_cast<std::size_t>(i)];
    if (tile.video) {
      picture(frame, tile.peer, tile.name, rect, frame.theme.radius, 0.45F);
    } else {
      room(frame, rect, tile.name, frame.theme.radius);
      avatar(frame, tile.name, tile.initials, rect.center(), std::min(frame.metrics.avatar, std::min(w, h) * 0.5F));
    }
    tile_name(frame, rect, tile.name);
    if (tile.muted) muted_badge(frame, {rect.right() - 20, rect.bottom() - 20});
  }
}

/// Name, and status or clock under it, in the upper left corner, as far as `right`. Returns its height.
float header(Frame& frame, float right) {
  Painter& paint = frame.paint;
  const Metrics& m = frame.metrics;
  const Font name{17, 600};
  const Font line{14, 500};
  const float x = frame.safe.x + m.margin;
  float y = frame.safe.y + m.margin;
  const float width = right - x;
  y += label(frame, TextRole::title, frame.model.title, name, {x, y}, width, white, 1, false) + 2;
  float left = x;
  const float h = paint.line(line);
  if (frame.model.timer) {
    const std::string text = view::clock_text(*frame.model.timer);
    const float w = paint.clock_width(text, line);
    clock(frame, text, line, {left, y}, faded(white, 0.85F));
    left += w + 10;
  }
  label(frame, TextRole::status, frame.model.status, line, {left, y}, x + width - left, faded(white, 0.85F), 1, false);
  return y + h - frame.safe.y - m.margin;
}

/// "Tap to hear" stands out, under whatever is at the top.
float prominent(Frame& frame, float top) {
  const view::Control* tap = find(frame.model, ControlId::tap_to_hear);
  if (tap == nullptr) return top;
  const float fading = std::exchange(frame.controls_opacity, 1.0F);  // it is there until it was pressed
  const float opacity = std::exchange(frame.paint.opacity, 1.0F);
  const float w = std::min(pill_width(frame, *tap, true), frame.safe.w - 2 * frame.metrics.margin);
  const Rect rect{frame.safe.center().x - w / 2, top, w, 48};
  frame.paint.shadow(rect, 24, 16, {0, 0, 0, 60});
  if (tap->role == view::ControlRole::neutral) frame.paint.fill(rect, {40, 40, 44, 240}, 24);
  pill_control(frame, *tap, rect, true);
  frame.controls_opacity = fading;
  frame.paint.opacity = opacity;
  return rect.bottom() + 12;
}

void with_pictures(Frame& frame) {
  const Metrics& m = frame.metrics;
  const std::vector<view::Control> controls = without(frame.model, {ControlId::tap_to_hear});
  Rect face;  // beside a shared screen
  if (frame.model.shared) {
    face = shared_screen(frame, *frame.model.shared);
  } else if (frame.model.tiles.size() == 1) {
    const view::Tile& tile = frame.model.tiles.front();
    picture(frame, tile.peer, tile.name, frame.area, 0, 0.6F);
  } else {
    // People keep their places when the controls fade: nothing jumps.
    const float top = m.low ? 8 : m.margin + 56;
    const float bottom = m.low ? 8 : m.margin + 72 + 12;
    const Rect& safe = frame.safe;
    grid(frame, {safe.x + 8, safe.y + top, safe.w - 16, safe.h - top - bottom});
  }
  frame.over_picture = true;
  frame.paint.opacity = frame.controls_opacity;
  if (frame.controls_opacity > 0 && (frame.model.tiles.size() == 1 || m.low)) scrims(frame, m.margin + 116, 0);
  const float header_height = header(frame, face.w > 0 ? face.x - 12 : frame.safe.right() - m.margin);
  const Rect bar = floating_bar(frame, controls);
  frame.paint.opacity = 1;
  if (face.w > 0) frame.paint.erase(face, frame.theme.radius);  // what is dark for the name is not dark for the face
  if (frame.model.tiles.size() == 1) own_preview(frame, bar);
  float below = frame.safe.y + m.margin + header_height + 12;
  if (face.x < frame.safe.center().x + banner_width / 2 + 12) below = std::max(below, face.bottom() + 12);
  prominent(frame, banner(frame, below));
  frame.paint.opacity = 1 - frame.controls_opacity;
  if (frame.controls_opacity < 1) device_dots(frame, face.w > 0 ? face.bottom() + 8 : frame.safe.y + m.margin);
  frame.paint.opacity = 1;
}

/// A video call keeps its bar while no picture is there yet or any more: nobody misses "end" because it moved.
Rect place_controls(Frame& frame, const std::vector<view::Control>& controls) {
  if (frame.model.video) return floating_bar(frame, controls);
  const float top = bottom_row(frame, controls);
  return {frame.safe.x, top, frame.safe.w, frame.safe.bottom() - top};
}

void without_pictures(Frame& frame) {
  const std::vector<view::Control> controls = without(frame.model, {ControlId::tap_to_hear});
  float top = frame.safe.y + frame.metrics.margin;
  if (frame.model.tiles.size() > 1) {
    const Rect row = place_controls(frame, controls);
    top = banner(frame, top + header(frame, frame.safe.right() - frame.metrics.margin) + 12);
    top = prominent(frame, top);
    grid(frame, {frame.safe.x + 8, top, frame.safe.w - 16, row.y - top - 12});
    return;
  }
  room(frame, frame.area, frame.model.title);
  const Rect row = place_controls(frame, controls);
  own_preview(frame, row);
  float bottom = row.y;
  top = prominent(frame, banner(frame, top));
  if (!frame.out.scene.videos.empty()) {  // a low or narrow screen: do not write under the own preview
    const Rect& own = frame.out.scene.videos.back().rect;
    if (own.x < frame.safe.center().x + std::min(frame.safe.w / 2 - frame.metrics.margin, 140.0F)) bottom = own.y;
  }
  portrait(frame, top, bottom - 16);
}

}  // namespace

void draw_call(Frame& frame) {
  if (shows_picture(frame.model))
    with_pictures(frame);
  else
    without_pictures(frame);
}

}  // namespace odnix::ui
