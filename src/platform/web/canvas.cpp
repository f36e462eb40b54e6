#include "platform/web/canvas.hpp"

#include <GLES2/gl2.h>
#include <emscripten.h>

#include "imgui.h"
#include "imgui_impl_opengl3.h"
#include "ui/painter.hpp"

namespace odnix::platform {

namespace {

// The context is made here and registered with Emscripten, so that none of its event and canvas helpers are linked.
// clang-format off
EM_JS(int, make_context, (), {
  try {
    const context = Module["ui"]["canvas"].getContext("webgl2", {
      alpha: true, premultipliedAlpha: true, antialias: false, depth: false, stencil: false,
      preserveDrawingBuffer: false, powerPreference: "low-power"
    });
    if (!context || context.isContextLost()) return 0;
    return GL.makeContextCurrent(GL.registerContext(context, { majorVersion: 2, minorVersion: 0 })) ? 1 : 0;
  } catch (e) {
    return 0;
  }
});
// clang-format on

/// What is drawn next removes as much as it covers. Dear ImGui's reset command ends it.
void erase_next() { glBlendFuncSeparate(GL_ZERO, GL_ONE_MINUS_SRC_ALPHA, GL_ZERO, GL_ONE_MINUS_SRC_ALPHA); }

}  // namespace

void Canvas::start() {
  ui::begin_erasing = erase_next;
  ImGui_ImplOpenGL3_Init(nullptr);
  // Makes the device objects at once: the first draw list already names the font texture, or its shapes would be black.
  ImGui_ImplOpenGL3_NewFrame();
  state_ = State::works;
}

bool Canvas::ready() {
  if (state_ != State::untried) return works();
  state_ = State::missing;
  if (make_context() != 0) start();
  return works();
}

bool Canvas::context_changed(bool lost) {
  if (state_ == State::works && lost) {
    // Anything less than a complete new start leaves stale buffer sizes behind in 1.86; and now is the time: a context
    // that came back complains about the names of the one before.
    ImGui_ImplOpenGL3_Shutdown();
    state_ = State::lost;
    return true;
  }
  if (state_ == State::lost && !lost) {
    start();
    return true;
  }
  return false;
}

void Canvas::paint(ImDrawData* data, int width, int height) {
  if (!works() || data == nullptr) return;
  glViewport(0, 0, width, height);
  glClearColor(0, 0, 0, 0);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(data);
}

}  // namespace odnix::platform
