// What is pressed is what is meant: one press, one intent.
#include "ui/stand.hpp"

namespace odnix::test {

using ui::PointerKind;
using view::ControlId;
using view::Intent;

TEST_CASE("pressing a control gives exactly its intent") {
  for (const samples::Sample& sample : samples::all()) {
    for (const view::Control& control : sample.model.controls) {
      INFO(sample.name << ", " << core::to_string(control.id));
      Stand stand(Size{390, 844, 3});
      const ui::Output before = stand.draw(sample.model);
      CHECK(before.intents.empty());
      stand.tap(place_of(before.scene, control.id));
      CHECK(stand.draw(sample.model).intents == std::vector<Intent>{{control.id}});
      CHECK(stand.draw(sample.model).intents.empty());
    }
  }
}

TEST_CASE("a press and its release may come in two draws") {
  Stand stand;
  const auto model = samples::audio_call();
  const ui::Point at = place_of(stand.draw(model).scene, ControlId::hang_up);
  stand.pointer(PointerKind::move, at);
  CHECK(stand.draw(model).hand);
  stand.pointer(PointerKind::press, at);
  CHECK(stand.draw(model).intents.empty());
  stand.pointer(PointerKind::release, at);
  CHECK(stand.draw(model).intents == std::vector<Intent>{{ControlId::hang_up}});
}

TEST_CASE("two quick clicks before one draw are two intents") {
  Stand stand;
  const auto model = samples::audio_call();
  const ui::Point at = place_of(stand.draw(model).scene, ControlId::microphone);
  stand.click(at);
  stand.click(at);
  CHECK(stand.draw(model).intents.size() == 2);
}

TEST_CASE("sliding off a control before letting go presses nothing") {
  Stand stand;
  const auto model = samples::audio_call();
  const ui::Point at = place_of(stand.draw(model).scene, ControlId::hang_up);
  stand.pointer(PointerKind::press, at);
  stand.pointer(PointerKind::move, {at.x, at.y - 200});
  stand.pointer(PointerKind::release, {at.x, at.y - 200});
  CHECK(stand.draw(model).intents.empty());
}

TEST_CASE("a press that began elsewhere presses nothing where it ends, and lights up nothing on its way") {
  Stand stand;
  const auto model = samples::audio_call();
  const ui::Scene scene = stand.draw(model).scene;
  const ui::Point end = place_of(scene, ControlId::hang_up);
  for (const ui::Point start : {ui::Point{3, 797}, place_of(scene, ControlId::microphone)}) {
    stand.pointer(PointerKind::press, start);
    stand.draw(model);
    stand.pointer(PointerKind::move, end);
    CHECK_FALSE(stand.draw(model).hand);
    stand.pointer(PointerKind::release, end);
    CHECK(stand.draw(model).intents.empty());
  }
}

TEST_CASE("a finger that leaves the screen presses nothing") {
  Stand stand;
  const auto model = samples::audio_call();
  const ui::Point at = place_of(stand.draw(model).scene, ControlId::hang_up);
  stand.pointer(PointerKind::press, at, true);
  stand.pointer(PointerKind::leave, at, true);
  stand.pointer(PointerKind::release, at, true);
  CHECK(stand.draw(model).intents.empty());
}

TEST_CASE("a press beside every control presses nothing") {
  Stand stand;
  for (const samples::Sample& sample : samples::all()) {
    stand.draw(sample.model);
    stand.click({3, 797});
    CHECK(stand.draw(sample.model).intents.empty());
  }
}

TEST_CASE("a disabled control cannot be pressed, and the mirror says so") {
  Stand stand;
  auto model = samples::audio_call();
  model.controls[1].enabled = false;
  const ui::Output before = stand.draw(model);
  CHECK_FALSE(before.scene.buttons[1].enabled);
  stand.click(place_of(before.scene, model.controls[1].id));
  const ui::Output after = stand.draw(model);
  CHECK(after.intents.empty());
  CHECK_FALSE(after.hand);
}

TEST_CASE("a control of the next screen is not pressed by a press that began on the last") {
  Stand stand;
  const auto incoming = samples::incoming();
  const ui::Point at = place_of(stand.draw(incoming).scene, ControlId::accept);
  stand.pointer(PointerKind::press, at, true);
  stand.draw(incoming);
  stand.draw({});  // the caller gave up
  auto model = samples::outgoing();
  const ui::Point other = place_of(stand.draw(model).scene, ControlId::cancel);
  stand.pointer(PointerKind::release, other, true);
  CHECK(stand.draw(model).intents.empty());
}

}  // namespace odnix::test
