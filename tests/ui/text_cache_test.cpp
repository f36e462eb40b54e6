// Texts are remembered as long as they are used, and their textures never leak.
#include "ui/text_cache.hpp"
#include "ui/stand.hpp"

namespace odnix::test {

namespace {
ui::TextKey key(const std::string& text) { return {text, 16, 400, 1000, 1, false}; }
}  // namespace

TEST_CASE("a text is rasterised once per size, weight and width") {
  platform::BoxText source;
  ui::TextCache cache(source);
  const ui::Texture first = cache.get(key("Anna")).texture;
  CHECK(cache.get(key("Anna")).texture == first);
  ui::TextKey other = key("Anna");
  other.size = 17;
  CHECK(cache.get(other).texture != first);
  other = key("Anna");
  other.weight = 600;
  CHECK(cache.get(other).texture != first);
  other = key("Anna");
  other.max_width = 10;
  CHECK(cache.get(other).texture != first);
  CHECK(source.rasterised() == 4);
}

TEST_CASE("the longest unused text goes first, never one of this frame") {
  platform::BoxText source;
  ui::TextCache cache(source, 2);
  (void)cache.get(key("a"));
  (void)cache.get(key("b"));
  cache.end_frame();
  (void)cache.get(key("a"));
  (void)cache.get(key("c"));
  cache.end_frame();
  CHECK(source.alive() == 2);
  CHECK(source.rasterised() == 3);
  (void)cache.get(key("a"));
  CHECK(source.rasterised() == 3);
  for (const char* text : {"d", "e", "f"}) (void)cache.get(key(text));
  cache.end_frame();
  CHECK(source.alive() == 4);  // all of this frame
}

TEST_CASE("a lost context forgets without releasing, another font releases") {
  platform::BoxText source;
  ui::TextCache cache(source);
  (void)cache.get(key("a"));
  cache.forget_all();
  CHECK(cache.size() == 0);
  CHECK(source.alive() == 1);
  (void)cache.get(key("a"));
  cache.clear();
  CHECK(source.alive() == 1);
}

TEST_CASE("long text wraps at words, and its last line ends in an ellipsis within the width") {
  platform::BoxText source;
  ui::TextKey long_text = key("one two three four five six seven eight nine ten eleven twelve");
  const ui::TextPicture whole = source.rasterise(long_text);
  CHECK(whole.box_width > 400);
  long_text.max_width = 120;
  const ui::TextPicture cut = source.rasterise(long_text);
  CHECK(cut.box_width <= 120);
  CHECK(cut.box_height == ui::line_height(16));
  long_text.max_lines = 3;
  const ui::TextPicture three = source.rasterise(long_text);
  CHECK(three.box_width <= 120);
  CHECK(three.box_height == 3 * ui::line_height(16));
}

}  // namespace odnix::test
