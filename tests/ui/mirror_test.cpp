// The mirror says what is drawn: screen readers, keyboards and tests rely on it.
#include <algorithm>

#include "ui/stand.hpp"

namespace odnix::test {

using ui::TextRole;
using view::ControlId;

namespace {

std::string text_of(const ui::Scene& scene, TextRole role) {
  for (const ui::MirrorText& text : scene.texts)
    if (text.role == role) return text.text;
  return {};
}

}  // namespace

TEST_CASE("each control's label, role and state are in the mirror as in the model") {
  for (const samples::Sample& sample : samples::all()) {
    Stand stand;
    const ui::Scene scene = stand.draw(sample.model).scene;
    REQUIRE(scene.buttons.size() == sample.model.controls.size());
    for (std::size_t i = 0; i < scene.buttons.size(); ++i) {
      const view::Control& control = sample.model.controls[i];
      INFO(sample.name << ", " << core::to_string(control.id));
      CHECK(scene.buttons[i].label == control.label);
      CHECK(scene.buttons[i].caption == control.caption);
      CHECK(scene.buttons[i].role == control.role);
      CHECK(scene.buttons[i].pressed == control.pressed);
      CHECK(scene.buttons[i].enabled == control.enabled);
    }
  }
}

TEST_CASE("every text of the model is in the mirror, whole, on every screen and size") {
  for (const samples::Sample& sample : samples::all()) {
    for (const Size& size : sizes) {
      INFO(sample.name << " at " << size);
      Stand stand(size);
      const ui::Scene scene = stand.draw(sample.model).scene;
      if (sample.model.screen != view::Screen::notice) CHECK(text_of(scene, TextRole::title) == sample.model.title);
      CHECK(text_of(scene, TextRole::status) == sample.model.status);
      if (sample.model.screen != view::Screen::incoming) CHECK(text_of(scene, TextRole::detail) == sample.model.detail);
      CHECK(text_of(scene, TextRole::banner) == (sample.model.banner ? sample.model.banner->text : ""));
      CHECK(text_of(scene, TextRole::timer).empty() == !sample.model.timer);
    }
  }
}

TEST_CASE("Escape leaves what can be left and never ends a call") {
  Stand stand;
  CHECK(stand.draw(samples::ended()).scene.escape == ControlId::dismiss);
  CHECK(stand.draw(samples::notice()).scene.escape == ControlId::dismiss);
  CHECK(stand.draw(samples::outgoing()).scene.escape == ControlId::cancel);
  CHECK(stand.draw(samples::incoming()).scene.escape == ControlId::mute_ring);
  CHECK(stand.draw(samples::video_call()).scene.escape == std::nullopt);
  CHECK(stand.draw(samples::audio_call()).scene.escape == std::nullopt);
}

TEST_CASE("open devices are told of as long as they are open") {
  Stand stand;
  const ui::Scene video = stand.draw(samples::video_call()).scene;
  CHECK(video.microphone_open);
  CHECK(video.camera_open);
  const ui::Scene audio = stand.draw(samples::audio_call()).scene;
  CHECK(audio.microphone_open);
  CHECK_FALSE(audio.camera_open);
  const ui::Scene incoming = stand.draw(samples::incoming()).scene;
  CHECK_FALSE(incoming.microphone_open);
  CHECK_FALSE(incoming.camera_open);
}

TEST_CASE("the own preview is on every screen that the model wants it on") {
  for (const samples::Sample& sample : samples::all()) {
    INFO(sample.name);
    Stand stand;
    const ui::Scene scene = stand.draw(sample.model).scene;
    const bool shown = std::any_of(scene.videos.begin(), scene.videos.end(),
                                   [](const ui::VideoPlace& video) { return video.peer == core::PeerId{}; });
    CHECK(shown == sample.model.self_view);
  }
}

TEST_CASE("a remote video has a place only while its picture flows") {
  Stand stand;
  auto model = samples::video_call();
  CHECK(stand.draw(model).scene.videos.size() == 2);
  model.tiles[0].video = false;
  const ui::Scene scene = stand.draw(model).scene;
  REQUIRE(scene.videos.size() == 1);
  CHECK(scene.videos[0].peer == core::PeerId{});
  CHECK(scene.videos[0].mirrored);
}

}  // namespace odnix::test
