// The one place that knows Dear ImGui's versions: 1.86 (Debian 12) is the reference; 1.92 brought new textures.
// Of the library we use what draws: its draw lists need neither a context, a window nor a font, and those three would
// be two thirds of what is linked. What can be pressed is a few rectangles (press.hpp).
#pragma once

#include <memory>

#include "imgui.h"
#include "ui/text_source.hpp"

namespace odnix::ui {

/// One draw list, made anew for each picture.
class Drawing {
 public:
  Drawing();
  ~Drawing();
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;

  /// Empties it for a picture of this size in device px.
  ImDrawList& begin(ImVec2 size);
  /// Triangles in device px. Texture 0 is white.
  [[nodiscard]] const ImDrawList& list() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

inline ImTextureID imgui_texture(Texture texture) {
  return (ImTextureID)texture;
}  // a pointer until 1.91, then an integer

inline Texture texture_of(const ImDrawCmd& command) {
#if IMGUI_VERSION_NUM >= 19200
  return (Texture)command.TexRef._TexID;
#else
  return (Texture)command.GetTexID();
#endif
}

}  // namespace odnix::ui
