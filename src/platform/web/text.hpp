// Text drawn by the browser (web/ui/text.js) into WebGL textures.
#pragma once

#include "platform/web/canvas.hpp"
#include "ui/text_source.hpp"

namespace odnix::platform {

class WebText : public ui::TextSource {
 public:
  explicit WebText(const Canvas& canvas) : canvas_(canvas) {}
  /// Without a working canvas the text is only measured: layout goes on, for the mirror.
  ui::TextPicture rasterise(const ui::TextKey& key) override;
  void release(ui::Texture texture) override;

 private:
  const Canvas& canvas_;
};

}  // namespace odnix::platform
