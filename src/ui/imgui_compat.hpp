// The one place that knows Dear ImGui's versions: 1.86 (Debian 12) is the reference; 1.87 brought an event queue for
// input, 1.92 new fonts and textures.
#pragma once

#include "imgui.h"
#include "ui/text_source.hpp"

namespace odnix::ui {

/// A context for us: nothing is read or written on disk, the style is bare, the font atlas is a white pixel.
/// It becomes the current one. Give it to ImGui::DestroyContext.
ImGuiContext* create_imgui_context();

/// The pointer in device px, or outside of everything; `down`: its primary button or finger.
void feed_pointer(const ImVec2* at, bool down);

inline ImTextureID imgui_texture(Texture texture) {
  return (ImTextureID)texture;
}  // a pointer until 1.91, then an integer

/// The texture of a draw command; 0 for ImGui's own, of which we only ever sample the white pixel.
inline Texture texture_of(const ImDrawCmd& command) {
#if IMGUI_VERSION_NUM >= 19200
  return command.TexRef._TexData != nullptr ? 0 : (Texture)command.TexRef._TexID;
#else
  return (Texture)command.GetTexID();
#endif
}

}  // namespace odnix::ui
