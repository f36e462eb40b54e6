// The WebGL2 canvas that the draw list is painted on (web/ui/graphics.js): transparent, over the native videos. It may
// never come to be, and it may be lost at any time; then the mirror is the user interface.
#pragma once

struct ImDrawList;

namespace odnix::platform {

class Canvas {
 public:
  /// Makes the context at the first call. True: works.
  bool ready();
  /// The browser took the context away (1) or gave a new one (0). True: every texture is gone.
  bool context_changed(bool lost);
  /// Clears and draws; the canvas has `width` x `height` device px.
  void paint(const ImDrawList* list, int width, int height);
  /// Nobody has asked for a context yet.
  [[nodiscard]] bool untried() const { return state_ == State::untried; }
  /// Textures can be made.
  [[nodiscard]] bool works() const { return state_ == State::works; }

 private:
  bool start();
  enum class State { untried, missing, works, lost };
  State state_{State::untried};
};

}  // namespace odnix::platform
