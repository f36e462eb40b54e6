// What the UI is told besides the view model: the place it has, the time, and what the person did since the last draw.
#pragma once

#include <optional>
#include <vector>

#include "ui/geometry.hpp"
#include "view/model.hpp"

namespace odnix::ui {

/// Distances that notches and rounded screens need (CSS env(safe-area-inset-*)), CSS px.
struct Insets {
  float top{};
  float right{};
  float bottom{};
  float left{};
  bool operator==(const Insets&) const = default;
};

/// The page's visible area, CSS px, and how many device pixels one CSS px has.
struct Viewport {
  float width{};
  float height{};
  float scale{1};
  Insets safe;
  bool operator==(const Viewport&) const = default;
};

enum class PointerKind { move, press, release, leave };

/// One event of the primary pointer, in viewport coordinates. A finger has no place once it is lifted: touch is true.
struct PointerEvent {
  PointerKind kind{};
  Point at;
  bool touch{};
};

/// The picture size of a video element, as the browser reports it; peer 0 is our own camera.
struct VideoSize {
  core::PeerId peer;
  float width{};
  float height{};
};

struct Input {
  double now{};                          ///< ms, of a steady clock
  std::vector<PointerEvent> pointer;     ///< since the last draw, oldest first; none is lost, however short a press was
  std::optional<view::ControlId> focus;  ///< the mirror's button that has visible keyboard focus
  bool reduced_motion{};                 ///< fades become switches
  std::vector<VideoSize> video_sizes;    ///< unknown ones are missing
};

}  // namespace odnix::ui
