// The call's user interface: a function of a view model. Knows no browser, no port and no event of the core; the
// platform shows the picture, the videos and the mirror that a draw() describes.
#pragma once

#include "ui/imgui_compat.hpp"
#include "ui/input.hpp"
#include "ui/output.hpp"
#include "ui/press.hpp"
#include "ui/text_cache.hpp"
#include "ui/theme.hpp"
#include "view/model.hpp"

namespace odnix::ui {

class Ui {
 public:
  explicit Ui(TextSource& texts) : texts_(texts) {}
  ~Ui() { texts_.clear(); }
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  /// Builds the picture of `model` and says what was pressed. Afterwards picture() is valid until the next call.
  /// The same arguments give the same picture; only the controls' fading remembers when the person last did something.
  Output draw(const view::ViewModel& model, const Viewport& viewport, const Theme& theme, const Input& input);

  /// In device pixels of the surface; null while nothing is shown.
  [[nodiscard]] const ImDrawList* picture() const { return drawn_ ? &drawing_.list() : nullptr; }

  /// The renderer lost its textures.
  void textures_lost() { texts_.forget_all(); }
  /// The page's font changed.
  void font_changed() { texts_.clear(); }
  [[nodiscard]] const TextCache& texts() const { return texts_; }

 private:
  void take(const PointerEvent& event, double now);
  void pass(const view::ViewModel& model, const Viewport& viewport, const Theme& theme, const Input& input,
            Output& out);
  [[nodiscard]] float controls_opacity(const view::ViewModel& model, const Input& input, Output& out) const;

  TextCache texts_;
  Drawing drawing_;
  // Scratch, all of it about looks: no state of the call.
  Point pointer_;
  Press press_;
  bool pointer_inside_{};
  bool pointer_down_{};
  bool touch_{};
  double last_input_{};
  Scene last_scene_;
  bool drawn_{};
};

/// Controls fade this long after the last input over video, ms (ui.md, in call).
inline constexpr double fade_after = 3000;
inline constexpr double fade_for = 200;

}  // namespace odnix::ui
