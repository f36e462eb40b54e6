// One pointer and the rectangles that it can press. A press counts when it began and ended on the same control.
#pragma once

#include <optional>

#include "ui/geometry.hpp"
#include "view/model.hpp"

namespace odnix::ui {

class Press {
 public:
  struct Touch {
    bool hovered{};
    bool held{};
    bool pressed{};  ///< just now
  };

  /// Before each pass: where the pointer is on the surface (nullopt: nowhere), and whether it is down.
  void move(std::optional<Point> at, bool down) {
    began_ = down && !down_;
    ended_ = down_ && !down;
    at_ = at;
    down_ = down;
  }
  /// What the pointer does to a control in this pass.
  Touch touch(view::ControlId control, const Rect& rect) {
    const bool inside = at_ && rect.contains(*at_);
    if (inside && began_) holds_ = control;
    const bool ours = holds_ == control;
    const bool over = inside && (ours || !down_);  // while it is down, what was pressed has it alone
    return {over, ours && over && down_, ours && over && ended_};
  }
  /// After each pass.
  void settle() {
    if (!down_) holds_.reset();
  }
  /// Another screen: what was held there is gone.
  void forget() { *this = {}; }

 private:
  std::optional<Point> at_;
  std::optional<view::ControlId> holds_;
  bool down_{};
  bool began_{};
  bool ended_{};
};

}  // namespace odnix::ui
