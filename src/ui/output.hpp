// What a draw decided besides the picture: where the surface lies, where the native videos go, and everything that a
// screen reader, a keyboard or a test must be able to find (the mirror). Rectangles are CSS px inside the surface.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/geometry.hpp"
#include "view/model.hpp"

namespace odnix::ui {

/// One control as it was drawn.
struct MirrorButton {
  view::ControlId control{};
  std::string label;
  std::string caption;
  view::ControlRole role{};
  std::optional<bool> pressed;
  bool enabled{true};
  bool round{true};   ///< a disc with an icon; else a pill with its caption inside
  Rect rect;          ///< what can be pressed
  Rect caption_rect;  ///< text under a disc; empty if there is none
  bool operator==(const MirrorButton&) const = default;
};

/// name: of one tile among several. initials: of an avatar, decoration.
ODNIX_ENUM(TextRole, title, status, detail, timer, banner, name, initials)

/// One text as it was drawn.
struct MirrorText {
  TextRole role{};
  std::string text;
  Rect rect;
  float size{};  ///< font size, CSS px
  bool operator==(const MirrorText&) const = default;
};

/// Where a native video element belongs; peer 0 is our own preview. Later ones lie above earlier ones.
struct VideoPlace {
  core::PeerId peer;
  Rect rect;
  float radius{};
  bool mirrored{};
  bool cover{true};  ///< fill the rectangle and crop; else show all of the picture
  bool operator==(const VideoPlace&) const = default;
};

/// Everything of an Output that lasts until the next change: the platform compares it to know whether the DOM must
/// follow.
struct Scene {
  view::Screen screen{};
  Rect surface;    ///< in the viewport; empty: nothing is shown and nothing may be in the DOM
  float radius{};  ///< of the surface's corners
  bool modal{};    ///< covers the page: takes the keyboard focus when it opens
  bool opaque{};   ///< the page must not shine through
  std::vector<VideoPlace> videos;
  std::vector<MirrorText> texts;
  std::vector<MirrorButton> buttons;      ///< in reading order
  std::optional<view::ControlId> escape;  ///< what the Escape key presses
  bool microphone_open{};  ///< for the indicator that stays while a device is open (security.md, hidden capture)
  bool camera_open{};
  bool controls_hidden{};  ///< faded out; their buttons stay in the mirror
  bool operator==(const Scene&) const = default;
};

struct Output {
  Scene scene;
  std::vector<view::Intent> intents;  ///< what was pressed, in order
  bool hand{};                        ///< the pointer is over something that can be pressed
  bool animating{};                   ///< draw again at the next display frame
  std::optional<double> wake_at;      ///< Input::now at which to draw again though nothing happened
};

}  // namespace odnix::ui
