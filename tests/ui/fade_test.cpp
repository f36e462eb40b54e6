// Controls fade over video, and only there (ui.md, in call).
#include "ui/stand.hpp"

namespace odnix::test {

using ui::PointerKind;
using view::ControlId;

namespace {
constexpr double long_after = ui::fade_after + ui::fade_for + 50;
}

TEST_CASE("over video the controls fade three seconds after the last input") {
  Stand stand;
  const auto model = samples::video_call();
  ui::Output out = stand.draw(model);
  CHECK_FALSE(out.scene.controls_hidden);
  CHECK(out.wake_at == stand.input.now + ui::fade_after);

  stand.later(ui::fade_after + ui::fade_for / 2);
  out = stand.draw(model);
  CHECK_FALSE(out.scene.controls_hidden);
  CHECK(out.animating);

  stand.later(ui::fade_for);
  out = stand.draw(model);
  CHECK(out.scene.controls_hidden);
  CHECK_FALSE(out.animating);
  CHECK_FALSE(out.wake_at);
}

TEST_CASE("any movement keeps them and brings them back") {
  Stand stand;
  const auto model = samples::video_call();
  stand.draw(model);
  stand.later(ui::fade_after - 10);
  stand.pointer(PointerKind::move, {600, 300});
  stand.draw(model);
  stand.later(ui::fade_after - 10);
  CHECK_FALSE(stand.draw(model).scene.controls_hidden);
  stand.later(long_after);
  CHECK(stand.draw(model).scene.controls_hidden);
  stand.pointer(PointerKind::move, {601, 300});
  CHECK_FALSE(stand.draw(model).scene.controls_hidden);
}

TEST_CASE("hidden controls cannot be pressed by a finger: the first touch shows them, the second presses") {
  Stand stand(Size{390, 844, 3});
  const auto model = samples::video_call();
  const ui::Point at = place_of(stand.draw(model).scene, ControlId::hang_up);
  stand.later(long_after);
  REQUIRE(stand.draw(model).scene.controls_hidden);
  stand.tap(at);
  const ui::Output shown = stand.draw(model);
  CHECK(shown.intents.empty());
  CHECK_FALSE(shown.scene.controls_hidden);
  stand.tap(at);
  CHECK(stand.draw(model).intents == std::vector<view::Intent>{{ControlId::hang_up}});
}

TEST_CASE("a mouse that comes to a hidden control sees it before it presses") {
  Stand stand;
  const auto model = samples::video_call();
  const ui::Point at = place_of(stand.draw(model).scene, ControlId::hang_up);
  stand.later(long_after);
  REQUIRE(stand.draw(model).scene.controls_hidden);
  stand.click(at);
  CHECK(stand.draw(model).intents.size() == 1);
}

TEST_CASE("they stay while the mouse rests on one, while the keyboard is on one, and without pictures") {
  Stand stand;
  const auto video = samples::video_call();
  const ui::Point at = place_of(stand.draw(video).scene, ControlId::microphone);
  SECTION("the mouse") {
    stand.pointer(PointerKind::move, at);
    stand.draw(video);
    stand.later(long_after);
    CHECK_FALSE(stand.draw(video).scene.controls_hidden);
  }
  SECTION("the keyboard, and from its leaving three seconds more") {
    stand.input.focus = ControlId::hang_up;
    stand.draw(video);
    stand.later(long_after);
    CHECK_FALSE(stand.draw(video).scene.controls_hidden);
    stand.input.focus.reset();
    CHECK_FALSE(stand.draw(video).scene.controls_hidden);
    stand.later(long_after);
    CHECK(stand.draw(video).scene.controls_hidden);
  }
  SECTION("every other screen") {
    for (const auto& model :
         {samples::audio_call(), samples::outgoing(), samples::incoming(), samples::ended(), samples::notice()}) {
      stand.draw(model);
      stand.later(long_after);
      const ui::Output out = stand.draw(model);
      CHECK_FALSE(out.scene.controls_hidden);
      CHECK_FALSE(out.wake_at);
      CHECK_FALSE(out.animating);
    }
  }
}

TEST_CASE("with reduced motion they go at once") {
  Stand stand;
  stand.input.reduced_motion = true;
  const auto model = samples::video_call();
  stand.draw(model);
  stand.later(ui::fade_after + 1);
  const ui::Output out = stand.draw(model);
  CHECK(out.scene.controls_hidden);
  CHECK_FALSE(out.animating);
}

TEST_CASE("hidden controls stay in the mirror, where keyboards and screen readers find them") {
  Stand stand;
  const auto model = samples::video_call();
  const ui::Scene before = stand.draw(model).scene;
  stand.later(long_after);
  const ui::Scene after = stand.draw(model).scene;
  REQUIRE(after.controls_hidden);
  CHECK(after.buttons == before.buttons);
  CHECK(after.texts == before.texts);
}

TEST_CASE("a sound that waits for a tap is never hidden") {
  Stand stand;
  auto model = samples::video_call();
  model.controls.push_back({ControlId::tap_to_hear, "Tap to hear", "Tap to hear", view::ControlRole::accept, {}, true});
  const ui::Point at = place_of(stand.draw(model).scene, ControlId::tap_to_hear);
  stand.later(long_after);
  REQUIRE(stand.draw(model).scene.controls_hidden);
  const platform::Picture picture = stand.picture(stand.draw(model));
  const auto corner =
      static_cast<std::size_t>(at.y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(at.x - 70);
  CHECK(picture.rgba[4 * corner + 1] == stand.theme.accent.g);
}

}  // namespace odnix::test
