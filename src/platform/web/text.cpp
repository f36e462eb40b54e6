#include "platform/web/text.hpp"

#include <GLES2/gl2.h>
#include <emscripten.h>

namespace odnix::platform {

namespace {

// Fills out[6]: box width, box height, left, top, width, height. With `upload`, the picture goes to the bound texture
// straight from the canvas: WebGL un-premultiplies it, which is what Dear ImGui's blending wants.
// clang-format off
EM_JS(void, draw_text, (const char* text, int size, int weight, int width, int lines, int centered, int upload, int* out), {
  const ui = Module["ui"];
  const box = ui["drawText"](UTF8ToString(text), size, weight, width, lines, !!centered);
  HEAP32.set([box["boxWidth"], box["boxHeight"], box["left"], box["top"], box["width"], box["height"]], out >> 2);
  if (!upload) return;
  GLctx.pixelStorei(GLctx.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  GLctx.pixelStorei(GLctx.UNPACK_FLIP_Y_WEBGL, false);
  GLctx.texImage2D(GLctx.TEXTURE_2D, 0, GLctx.RGBA, GLctx.RGBA, GLctx.UNSIGNED_BYTE, ui["textCanvas"]);
});
// clang-format on

GLuint bound_texture() {
  GLuint name = 0;
  glGenTextures(1, &name);
  glBindTexture(GL_TEXTURE_2D, name);
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    glTexParameteri(GL_TEXTURE_2D, filter, GL_LINEAR);
  for (const GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
    glTexParameteri(GL_TEXTURE_2D, wrap, GL_CLAMP_TO_EDGE);
  return name;
}

}  // namespace

ui::TextPicture WebText::rasterise(const ui::TextKey& key) {
  const GLuint texture = canvas_.works() ? bound_texture() : 0;
  int out[6] = {};
  draw_text(key.text.c_str(), key.size, key.weight, key.max_width, key.max_lines, key.centered ? 1 : 0,
            texture != 0 ? 1 : 0, out);
  return {texture, out[0], out[1], out[2], out[3], out[4], out[5]};
}

void WebText::release(ui::Texture texture) {
  const auto name = static_cast<GLuint>(texture);
  if (name != 0 && canvas_.works()) glDeleteTextures(1, &name);
}

}  // namespace odnix::platform
