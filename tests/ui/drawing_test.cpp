// The picture: the same for the same model, cheap to repeat, and made of what it should be.
#include <cstring>

#include "imgui.h"
#include "ui/frame.hpp"
#include "ui/imgui_compat.hpp"
#include "ui/stand.hpp"
#include "view/clock_text.hpp"

namespace odnix::test {

using view::ControlId;

namespace {

/// Every byte that reaches a renderer.
std::string bytes_of(const ImDrawList& list) {
  std::string bytes;
  bytes.append(reinterpret_cast<const char*>(list.VtxBuffer.Data),
               static_cast<std::size_t>(list.VtxBuffer.Size) * sizeof(ImDrawVert));
  bytes.append(reinterpret_cast<const char*>(list.IdxBuffer.Data),
               static_cast<std::size_t>(list.IdxBuffer.Size) * sizeof(ImDrawIdx));
  for (const ImDrawCmd& command : list.CmdBuffer) {
    bytes += std::to_string(command.ElemCount) + ',' + std::to_string(command.IdxOffset) + ',';
    bytes += std::to_string(command.UserCallback == nullptr ? ui::texture_of(command) : 0) + ';';
  }
  return bytes;
}

struct Pixel {
  int r, g, b, a;
  bool operator==(const Pixel&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Pixel& p) {
  return out << p.r << ',' << p.g << ',' << p.b << ',' << p.a;
}

Pixel pixel(const platform::Picture& picture, float x, float y) {
  const auto i =
      4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x));
  return {picture.rgba[i], picture.rgba[i + 1], picture.rgba[i + 2], picture.rgba[i + 3]};
}

}  // namespace

TEST_CASE("the same model drawn twice is the same picture, byte for byte, and asks for no text again") {
  for (const samples::Sample& sample : samples::all()) {
    INFO(sample.name);
    Stand stand(Size{390, 844, 3});
    stand.draw(sample.model);
    const std::string first = bytes_of(*stand.ui.picture());
    const int rasterised = stand.texts.rasterised();
    const ui::Output again = stand.draw(sample.model);
    CHECK(bytes_of(*stand.ui.picture()) == first);
    CHECK(stand.texts.rasterised() == rasterised);
    CHECK_FALSE(again.animating);
  }
}

TEST_CASE("nothing to show draws nothing and names no surface") {
  Stand stand;
  stand.draw(samples::video_call());
  const ui::Output out = stand.draw({});
  CHECK(stand.ui.picture() == nullptr);
  CHECK(out.scene == ui::Scene{});
  CHECK_FALSE(out.wake_at);
}

TEST_CASE("a running clock makes no new textures") {
  Stand stand;
  for (auto model : {samples::audio_call(), samples::video_call()}) {
    model.timer = 0;
    stand.draw(model);
    const int rasterised = stand.texts.rasterised();
    for (std::int64_t second = 1; second < 2 * 3600; second += 7) {
      model.timer = second;
      stand.draw(model);
    }
    CHECK(stand.texts.rasterised() == rasterised);
  }
}

TEST_CASE("textures are bounded, however many names pass by, and all go in the end") {
  platform::BoxText texts;
  {
    ui::Ui ui(texts);
    auto model = samples::audio_call();
    for (int i = 0; i < 500; ++i) {
      model.title = "Person number " + std::to_string(i);
      ui.draw(model, {1280, 800, 1, {}}, {}, {});
      CHECK(texts.alive() <= 64);
    }
  }
  CHECK(texts.alive() == 0);
}

TEST_CASE("the surface covers what it must and lets videos through") {
  Stand stand;
  SECTION("an audio call has no hole") {
    const platform::Picture picture = stand.picture(stand.draw(samples::audio_call()));
    for (const auto& [x, y] : {std::pair{1, 1}, {1278, 1}, {640, 400}, {1278, 798}, {1, 798}}) {
      INFO(x << ' ' << y);
      CHECK(pixel(picture, static_cast<float>(x), static_cast<float>(y)).a == 255);
    }
  }
  SECTION("the middle of a video call is all video") {
    const platform::Picture picture = stand.picture(stand.draw(samples::video_call()));
    CHECK(pixel(picture, 640, 400).a == 0);
  }
  SECTION("the own preview shows through an opaque room") {
    auto model = samples::audio_call();
    model.self_view = true;
    const ui::Output out = stand.draw(model);
    REQUIRE(out.scene.videos.size() == 1);
    const ui::Point center = out.scene.videos[0].rect.center();
    CHECK(pixel(stand.picture(out), center.x, center.y).a == 0);
  }
  SECTION("a card's corners are round") {
    const platform::Picture picture = stand.picture(stand.draw(samples::incoming()));
    CHECK(pixel(picture, 0, 0).a == 0);
    CHECK(pixel(picture, static_cast<float>(picture.width) / 2, 3).a == 255);
  }
}

TEST_CASE("accept is green, decline is red, and the theme decides which green and red") {
  Stand stand;
  stand.theme.accent = {0, 200, 10};
  stand.theme.danger = {200, 0, 20};
  const ui::Output out = stand.draw(samples::incoming());
  const platform::Picture picture = stand.picture(out);
  for (const ui::MirrorButton& button : out.scene.buttons) {
    if (button.role == view::ControlRole::neutral) continue;
    const Pixel seen = pixel(picture, button.rect.x + 6, button.rect.center().y);
    if (button.role == view::ControlRole::accept) CHECK(seen == Pixel{0, 200, 10, 255});
    if (button.role == view::ControlRole::danger) CHECK(seen == Pixel{200, 0, 20, 255});
  }
}

TEST_CASE("hovered, pressed, focused and disabled controls look different from idle ones and from each other") {
  Stand stand;
  auto model = samples::audio_call();
  std::vector<std::string> looks;
  const ui::Point at = place_of(stand.draw(model).scene, ControlId::hang_up);
  looks.push_back(bytes_of(*stand.ui.picture()));
  stand.input.focus = ControlId::hang_up;
  stand.draw(model);
  looks.push_back(bytes_of(*stand.ui.picture()));
  stand.input.focus.reset();
  stand.pointer(ui::PointerKind::move, at);
  stand.draw(model);
  looks.push_back(bytes_of(*stand.ui.picture()));
  stand.pointer(ui::PointerKind::press, at);
  stand.draw(model);
  looks.push_back(bytes_of(*stand.ui.picture()));
  stand.pointer(ui::PointerKind::leave, at);
  model.controls.back().enabled = false;
  stand.draw(model);
  looks.push_back(bytes_of(*stand.ui.picture()));
  for (std::size_t i = 0; i < looks.size(); ++i)
    for (std::size_t j = i + 1; j < looks.size(); ++j) CHECK(looks[i] != looks[j]);
}

TEST_CASE("the clock reads as people read clocks") {
  CHECK(view::clock_text(0) == "0:00");
  CHECK(view::clock_text(7) == "0:07");
  CHECK(view::clock_text(754) == "12:34");
  CHECK(view::clock_text(3723) == "1:02:03");
  CHECK(view::clock_text(36000) == "10:00:00");
}

}  // namespace odnix::test
