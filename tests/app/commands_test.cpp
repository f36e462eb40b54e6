// What is pressed becomes the event that was meant.
#include "app/commands.hpp"

#include "support/page.hpp"
#include "support/printers.hpp"

using namespace odnix;
using namespace odnix::test;
using view::ControlId;

namespace {

view::ViewModel showing(ControlId id, bool video = true, std::optional<bool> pressed = std::nullopt) {
  view::ViewModel model;
  model.video = video;
  view::Control control;
  control.id = id;
  control.pressed = pressed;
  model.controls.push_back(control);
  return model;
}

struct CountingRandom final : ports::RandomPort {
  std::uint64_t value{0};
  std::uint64_t next() override { return value++; }
};

}  // namespace

TEST_CASE("every control means one event", "[app]") {
  const core::CallId fresh{0x20, 0x21};
  const auto [control, video, pressed, event] = GENERATE_COPY(table<ControlId, bool, std::optional<bool>, core::Event>({
      {ControlId::accept, true, {}, core::AcceptRequested{true}},
      {ControlId::accept, false, {}, core::AcceptRequested{false}},
      {ControlId::accept_audio, true, {}, core::AcceptRequested{false}},
      {ControlId::decline, true, {}, core::DeclineRequested{}},
      {ControlId::mute_ring, true, {}, core::RingMuted{}},
      {ControlId::cancel, true, {}, core::HangUpRequested{}},
      {ControlId::hang_up, true, {}, core::HangUpRequested{}},
      {ControlId::microphone, true, true, core::MicrophoneSwitched{false}},
      {ControlId::microphone, true, false, core::MicrophoneSwitched{true}},
      {ControlId::camera, true, true, core::CameraSwitched{false}},
      {ControlId::camera, true, false, core::CameraSwitched{true}},
      {ControlId::share, true, true, core::ShareSwitched{false}},
      {ControlId::share, true, false, core::ShareSwitched{true}},
      {ControlId::call_again, true, {}, core::StartRequested{fresh, true}},
      {ControlId::call_again, false, {}, core::StartRequested{fresh, false}},
      {ControlId::dismiss, true, {}, core::NoticeDismissed{}},
      {ControlId::listen_only, true, {}, core::ListenOnlyChosen{}},
      {ControlId::tap_to_hear, true, {}, core::PlaybackRequested{}},
  }));
  CountingRandom random;
  random.value = 0x20;
  CHECK(app::event_of(view::Intent{control}, showing(control, video, pressed), random) == event);
}

TEST_CASE("a control that is gone or grey was pressed too late", "[app]") {
  CountingRandom random;
  CHECK(app::event_of(view::Intent{ControlId::accept}, view::ViewModel{}, random) == std::nullopt);
  CHECK(app::event_of(view::Intent{ControlId::accept}, showing(ControlId::decline), random) == std::nullopt);
  view::ViewModel grey = showing(ControlId::camera, true, true);
  grey.controls[0].enabled = false;
  CHECK(app::event_of(view::Intent{ControlId::camera}, grey, random) == std::nullopt);
}

TEST_CASE("a fresh call id is never one of those that number old peers' calls", "[app]") {
  CountingRandom random;  // 0, then 1
  CHECK(app::event_of(ports::StartCommand{true}, random) == core::Event{core::StartRequested{{1, 1}, true}});
}

TEST_CASE("the page's commands", "[app]") {
  Page page;
  page.open();
  page.tell(ports::StartCommand{true});
  const auto* preparing = std::get_if<core::Preparing>(&page.app.state().phase);
  REQUIRE(preparing != nullptr);
  CHECK(preparing->call.video);
  CHECK(preparing->call.id == core::CallId{0x1000, 0x1001});
  page.tell(ports::EndCommand{});
  CHECK(page.state() == "idle");
}

TEST_CASE("two presses of a toggle in one run are off and on again", "[app]") {
  Page page;
  page.open();
  page.tell(ports::StartCommand{false});
  page.tell(core::Event{core::MediaOpened{core::RequestId{1}, true, false}});
  page.forget();
  page.inbox.post(view::Intent{ControlId::microphone});
  page.inbox.post(view::Intent{ControlId::microphone});
  page.app.run();
  CHECK(page.world.calls == std::vector<std::string>{"microphone off", "microphone on"});
  CHECK(page.world.shown.empty());
}

TEST_CASE("accepting is what this person pressed, and nothing but", "[app]") {
  Page page;
  page.open();
  page.ring(true);
  page.forget();
  page.press(ControlId::accept_audio);
  CHECK(page.state() == "connecting");
  CHECK(std::count(page.world.calls.begin(), page.world.calls.end(), "open media 1 audio") +
            std::count(page.world.calls.begin(), page.world.calls.end(), "open media 2 audio") ==
        1);
}
