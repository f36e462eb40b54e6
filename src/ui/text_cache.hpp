// Remembers rasterised texts, so that an unchanged text costs nothing and a frame draws without asking the browser.
#pragma once

#include <cstdint>
#include <vector>

#include "ui/text_source.hpp"

namespace odnix::ui {

class TextCache {
 public:
  /// `capacity` texts are kept; more only if one frame needs more.
  explicit TextCache(TextSource& source, std::size_t capacity = 64) : source_(source), capacity_(capacity) {}

  [[nodiscard]] TextPicture get(const TextKey& key);
  /// Call once per frame: drops the longest unused texts beyond the capacity, never one of this frame.
  void end_frame();
  /// The renderer lost its textures: forgets them without releasing.
  void forget_all() { entries_.clear(); }
  /// Another pixel ratio or font: releases everything.
  void clear();
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    TextKey key;
    TextPicture picture;
    std::uint32_t used{};
  };
  TextSource& source_;
  std::size_t capacity_;
  std::uint32_t frame_{1};
  std::vector<Entry> entries_;
};

}  // namespace odnix::ui
