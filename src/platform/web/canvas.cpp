#include "platform/web/canvas.hpp"

#include <emscripten.h>

#include "imgui.h"
#include "ui/imgui_compat.hpp"
#include "ui/painter.hpp"

namespace odnix::platform {

namespace {

// clang-format off
EM_JS(int, graphics_start, (), { return Module["ui"]["startGraphics"]() ? 1 : 0; });
EM_JS(void, graphics_begin, (int width, int height, const void* vertices, int vertex_bytes, const void* indices, int index_bytes), {
  Module["ui"]["beginPicture"](width, height, HEAPU8.subarray(vertices, vertices + vertex_bytes), HEAPU8.subarray(indices, indices + index_bytes));
});
EM_JS(void, graphics_triangles, (int first, int count, int texture, int erasing), {
  Module["ui"]["triangles"](first, count, texture, !!erasing);
});
// clang-format on

// What web/ui/graphics.js takes for granted.
static_assert(sizeof(ImDrawIdx) == 2 && sizeof(ImDrawVert) == 20);

template <class T>
int bytes_of(const ImVector<T>& list) {
  return list.Size * static_cast<int>(sizeof(T));
}

}  // namespace

bool Canvas::start() {
  state_ = graphics_start() != 0 ? State::works : State::missing;
  return works();
}

bool Canvas::ready() { return state_ == State::untried ? start() : works(); }

bool Canvas::context_changed(bool lost) {
  if (state_ == State::works && lost) {
    state_ = State::lost;
    return true;
  }
  return state_ == State::lost && !lost && start();
}

void Canvas::paint(const ImDrawList* list, int width, int height) {
  if (!works() || list == nullptr) return;
  graphics_begin(width, height, list->VtxBuffer.Data, bytes_of(list->VtxBuffer), list->IdxBuffer.Data,
                 bytes_of(list->IdxBuffer));
  bool erasing = false;
  for (const ImDrawCmd& command : list->CmdBuffer) {
    if (command.UserCallback != nullptr) {
      erasing = command.UserCallback == &ui::erase_mark;
    } else if (command.ElemCount != 0) {
      graphics_triangles(static_cast<int>(command.IdxOffset), static_cast<int>(command.ElemCount),
                         static_cast<int>(ui::texture_of(command)), erasing ? 1 : 0);
    }
  }
}

}  // namespace odnix::platform
