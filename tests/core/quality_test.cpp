// Sound first: what may be sent by a line, and when the picture waits.
#include "view/project.hpp"
#include "world.hpp"

using namespace odnix::scenario;

namespace {

World measured(World w, std::int32_t kbit, bool relayed = false) {
  w.happens(LineMeasured{w.peer(), kbit, relayed});
  return w;
}
World paused() {
  World w = measured(World{}.in_call(), 50);
  w.pass(2s);
  return w;
}
std::vector<LimitMedia> limits(const std::vector<Effect>& effects) { return only<LimitMedia>(effects); }

}  // namespace

TEST_CASE("a call's picture takes 2 Mbit/s at most, 1 Mbit/s by a relay, and the browser is told once") {
  World w = World{}.in_call();
  const PeerId peer = w.peer();
  CHECK(limits(w.effects) == std::vector{LimitMedia{peer, 2000, 100, true}});
  CHECK(w.happens(LineMeasured{peer, 100, false}).empty());
  CHECK(w.happens(LineMeasured{peer, 100, true}) == Effects{LimitMedia{peer, 1000, 100, true}});
  CHECK(w.happens(LineMeasured{peer, 90, true}).empty());
}

TEST_CASE("an audio call has nothing to limit but its sound, below 90 kbit/s and until there are 100 again") {
  World w = World{}.ringing_out(false).answered().connected();
  CHECK(limits(w.effects).empty());
  CHECK(w.happens(LineMeasured{w.peer(), 90, false}).empty());
  CHECK(w.happens(LineMeasured{w.peer(), 80, false}) == Effects{LimitMedia{w.peer(), 2000, 100, true, true}});
  CHECK(w.happens(LineMeasured{w.peer(), 90, false}).empty());
  CHECK(w.happens(LineMeasured{w.peer(), 0, false}).empty());  // not known
  CHECK(w.happens(LineMeasured{w.peer(), 100, false}) == Effects{LimitMedia{w.peer(), 2000, 100, true}});
}

TEST_CASE("below 60 kbit/s the picture is paused; the person reads why, and the other sees no frozen picture") {
  World w = measured(World{}.in_call(), 60);
  CHECK(limits(w.pass(10s)).empty());
  w = measured(std::move(w), 50);
  CHECK(limits(w.pass(1900ms)).empty());
  const auto paused = w.pass(100ms);
  CHECK(sent<MediaState>(paused) == std::vector{MediaState{true, false, true}});
  CHECK(limits(paused) == std::vector{LimitMedia{w.peer(), 2000, 100, false, true}});
  const auto model = odnix::view::project(w.state, w.now);
  REQUIRE(model.banner);
  CHECK(model.banner->text == "Weak connection: your picture is paused, so that you can be heard.");
  CHECK(w.call().media.camera == DeviceState::on);
}

TEST_CASE("paused, and there is no microphone: nobody waits for sound that cannot come") {
  World w = World{}.in_call();
  const bool muted = GENERATE(false, true);  // a muted one sends silence
  std::get_if<Active>(&w.state.phase)->call.media.microphone = muted ? DeviceState::muted : DeviceState::failed;
  w = measured(std::move(w), 50);
  CHECK(sent<MediaState>(w.pass(2s)).back() == MediaState{false, false, muted});
}

TEST_CASE("70 kbit/s for 6 s: the picture is back; less in between starts anew") {
  World w = measured(paused(), 60);
  CHECK(limits(w.pass(5s)).empty());
  w = measured(std::move(w), 70);
  CHECK(limits(w.pass(5s)).empty());
  w = measured(std::move(w), 60);
  CHECK(limits(w.pass(5s)).empty());
  w = measured(std::move(w), 80);
  CHECK(limits(w.pass(5900ms)).empty());
  CHECK(limits(w.pass(100ms)) == std::vector{LimitMedia{w.peer(), 2000, 100, true, true}});
  CHECK_FALSE(odnix::view::project(w.state, w.now).banner);
}

TEST_CASE("a line that does not show how wide it is: the picture is tried again after 20 s") {
  World w = paused();
  const auto all = w.pass(20s);
  CHECK(limits(all) == std::vector{LimitMedia{w.peer(), 2000, 100, true, true}});
  CHECK(sent<MediaState>(all).back() == MediaState{true, true, true});
  CHECK(limits(w.pass(2s)) == std::vector{LimitMedia{w.peer(), 2000, 100, false, true}});
}

TEST_CASE("a line that is narrow for a moment pauses nothing, and one that is lost says nothing of its width") {
  World w = measured(World{}.in_call(), 50);
  w.pass(1900ms);
  w = measured(std::move(w), 60);
  CHECK(limits(w.pass(10s)).empty());
  w.happens(ConnectionChanged{w.peer(), ConnectionState::disconnected, IceState::disconnected});
  w = measured(std::move(w), 10);
  CHECK(limits(w.pass(10s)).empty());
}

TEST_CASE("nothing is said of the pause while the camera is off") {
  World w = paused();
  w.happens(CameraSwitched{false});
  CHECK_FALSE(odnix::view::project(w.state, w.now).banner);
}

TEST_CASE("a new connection inside the call begins without an opinion of its line") {
  World w = paused();
  const auto effects = w.happens(ConnectionChanged{w.peer(), ConnectionState::failed, IceState::failed});
  CHECK(w.call().links.front().quality == Quality{});
  CHECK(sent<MediaState>(effects) == std::vector{MediaState{true, true, true}});  // the pause had said "no camera"
  CHECK(w.call().links.front().negotiation.epoch == 1);
}
