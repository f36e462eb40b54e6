// The screen: shows view models as pictures and as DOM, and turns what is pressed into intents. Draws only when
// something changed; a tab that is not visible is laid out but never painted.
#pragma once

#include <optional>
#include <vector>

#include "platform/web/canvas.hpp"
#include "platform/web/text.hpp"
#include "ports/inbox.hpp"
#include "ports/ports.hpp"
#include "ui/ui.hpp"

namespace odnix::platform {

/// One per page: the browser's events (ui_exports.cpp) find it by instance().
class UiPort : public ports::ScreenPort {
 public:
  explicit UiPort(ports::Inbox& inbox);
  ~UiPort() override;
  UiPort(const UiPort&) = delete;
  UiPort& operator=(const UiPort&) = delete;

  void show(const view::ViewModel& model) override;
  /// Lays `model` out, and the mirror with it, while nothing is shown and without showing it.
  void rehearse(const view::ViewModel& model, const ui::Viewport& viewport);

  // ---- from the browser, by number
  void frame(double now, ui::Viewport viewport, bool reduced_motion, bool visible);
  void pointer(ui::PointerEvent event) { input_.pointer.push_back(event); }
  /// A button of the mirror was pressed.
  void press(int control);
  /// A button of the mirror has visible keyboard focus; -1: none has.
  void focus(int control);
  void video_size(core::PeerId peer, float width, float height);
  void context(bool lost);
  void theme(const ui::Theme& theme) { theme_ = theme; }
  [[nodiscard]] const ui::Theme& theme() const { return theme_; }
  void font_changed() { ui_.font_changed(); }
  void insets(const ui::Insets& insets) { insets_ = insets; }

  static UiPort* instance();

 private:
  /// The first sight of a screen is the mirror. Making the graphics context and a picture can take the page's thread
  /// for a tenth of a second, and what the browser has for the call (devices, descriptions, candidates) would wait
  /// behind it.
  [[nodiscard]] bool waits(double now);
  void fit_canvas(const ui::Rect& surface, float scale);

  ports::Inbox& inbox_;
  Canvas canvas_;
  WebText text_;
  ui::Ui ui_;
  view::ViewModel model_;
  ui::Theme theme_;
  ui::Input input_;
  ui::Insets insets_;
  ui::Scene scene_;
  int width_{};  ///< of the canvas, device px
  int height_{};
  bool hand_{};
  bool unpainted_{};
  std::optional<double> paint_at_;  ///< known from the first visible frame on, ms
};

}  // namespace odnix::platform
