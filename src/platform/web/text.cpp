#include "platform/web/text.hpp"

#include <emscripten.h>

namespace odnix::platform {

namespace {

// Fills out[7]: box width, box height, left, top, width, height and, if it is wanted, a texture of the picture.
// clang-format off
EM_JS(void, draw_text, (const char* text, int size, int weight, int width, int lines, int centered, int texture, int* out), {
  const ui = Module["ui"];
  const box = ui["drawText"](UTF8ToString(text), size, weight, width, lines, !!centered);
  HEAP32.set([box["boxWidth"], box["boxHeight"], box["left"], box["top"], box["width"], box["height"], texture ? ui["textTexture"]() : 0], out >> 2);
});
EM_JS(void, release_texture, (int texture), { Module["ui"]["releaseTexture"](texture); });
// clang-format on

}  // namespace

ui::TextPicture WebText::rasterise(const ui::TextKey& key) {
  int out[7] = {};
  draw_text(key.text.c_str(), key.size, key.weight, key.max_width, key.max_lines, key.centered ? 1 : 0,
            canvas_.works() ? 1 : 0, out);
  return {static_cast<ui::Texture>(out[6]), out[0], out[1], out[2], out[3], out[4], out[5]};
}

void WebText::release(ui::Texture texture) {
  if (texture != 0) release_texture(static_cast<int>(texture));
}

}  // namespace odnix::platform
