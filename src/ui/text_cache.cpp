#include "ui/text_cache.hpp"

#include <algorithm>

namespace odnix::ui {

TextPicture TextCache::get(const TextKey& key) {
  // A few dozen entries: the numbers differ before the strings are looked at.
  for (Entry& entry : entries_) {
    if (entry.key.size == key.size && entry.key.weight == key.weight && entry.key == key) {
      entry.used = frame_;
      return entry.picture;
    }
  }
  entries_.push_back({key, source_.rasterise(key), frame_});
  return entries_.back().picture;
}

void TextCache::end_frame() {
  while (entries_.size() > capacity_) {
    const auto oldest = std::min_element(entries_.begin(), entries_.end(),
                                         [](const Entry& a, const Entry& b) { return a.used < b.used; });
    if (oldest->used == frame_) break;
    source_.release(oldest->picture.texture);
    entries_.erase(oldest);
  }
  ++frame_;
}

void TextCache::clear() {
  for (const Entry& entry : entries_) source_.release(entry.picture.texture);
  entries_.clear();
}

}  // namespace odnix::ui
