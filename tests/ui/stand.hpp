// A user interface on a test stand: a clock, a pointer and a source of text that belong to the test.
#pragma once

#include <catch2/catch.hpp>

#include <ostream>

#include "platform/null/box_text.hpp"
#include "platform/null/rasteriser.hpp"
#include "ui/samples.hpp"
#include "ui/ui.hpp"

namespace odnix::test {

struct Size {
  float width;
  float height;
  float scale;
};
inline std::ostream& operator<<(std::ostream& out, const Size& size) {
  return out << size.width << 'x' << size.height << '@' << size.scale;
}

/// From the smallest phone to 4K, upright and lying, at the pixel ratios that exist (ui.md, Look).
inline const std::vector<Size> sizes{{320, 480, 1},      {320, 480, 2},  {320, 568, 2},     {390, 844, 3},
                                     {360, 740, 2.625F}, {844, 390, 3},  {568, 320, 2},     {768, 1024, 2},
                                     {1024, 768, 1},     {1280, 800, 1}, {1280, 800, 1.5F}, {1920, 1080, 1},
                                     {3840, 2160, 1},    {3840, 2160, 2}};

struct Stand {
  platform::BoxText texts;
  ui::Ui ui{texts};
  ui::Theme theme;
  ui::Viewport viewport{1280, 800, 1, {}};
  ui::Input input;

  Stand() = default;
  explicit Stand(const Size& size) : viewport{size.width, size.height, size.scale, {}} {}

  ui::Output draw(const view::ViewModel& model) {
    ui::Output out = ui.draw(model, viewport, theme, input);
    input.pointer.clear();
    return out;
  }
  void later(double ms) { input.now += ms; }
  void pointer(ui::PointerKind kind, ui::Point in_viewport, bool touch = false) {
    input.pointer.push_back({kind, in_viewport, touch});
  }
  /// Down and up at one place, before the next draw.
  void tap(ui::Point in_viewport, bool touch = true) {
    pointer(ui::PointerKind::press, in_viewport, touch);
    pointer(ui::PointerKind::release, in_viewport, touch);
  }
  void click(ui::Point in_viewport) {
    pointer(ui::PointerKind::move, in_viewport);
    tap(in_viewport, false);
  }
  /// The picture over nothing, device px.
  platform::Picture picture(const ui::Output& out) {
    platform::Picture picture{static_cast<int>(out.scene.surface.w * viewport.scale + 0.5F),
                              static_cast<int>(out.scene.surface.h * viewport.scale + 0.5F),
                              {}};
    picture.rgba.assign(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 4, 0);
    platform::rasterise(*ui.picture(), texts, picture);
    return picture;
  }
};

/// The centre of a control in the viewport.
inline ui::Point place_of(const ui::Scene& scene, view::ControlId id) {
  for (const ui::MirrorButton& button : scene.buttons) {
    const ui::Point center = button.rect.center();
    if (button.control == id) return {scene.surface.x + center.x, scene.surface.y + center.y};
  }
  FAIL("the control is not on the screen");
  return {};
}

}  // namespace odnix::test
