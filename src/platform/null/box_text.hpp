// Text for tests without a browser: every letter is a box of a width that follows from its code point, in lines and
// with an ellipsis exactly as the contract of TextSource says. Deterministic on every machine.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "ui/text_source.hpp"

namespace odnix::platform {

/// A picture that the rasteriser can sample: RGBA, straight alpha.
struct Picture {
  int width{};
  int height{};
  std::vector<std::uint8_t> rgba;
};

class BoxText : public ui::TextSource {
 public:
  ui::TextPicture rasterise(const ui::TextKey& key) override;
  void release(ui::Texture texture) override { pictures_.erase(texture); }

  [[nodiscard]] const Picture* picture(ui::Texture texture) const;
  [[nodiscard]] int rasterised() const { return rasterised_; }  ///< how many texts were ever asked for
  [[nodiscard]] std::size_t alive() const { return pictures_.size(); }

 private:
  std::map<ui::Texture, Picture> pictures_;
  ui::Texture next_{100};  // 0 means none, the small numbers belong to the renderer
  int rasterised_{};
};

}  // namespace odnix::platform
