// Sound first: what may be sent by a line, and when the picture waits.
#include "view/project.hpp"
#include "world.hpp"

using namespace odnix::scenario;

namespace {

World measured(World w, std::int32_t kbit, bool relayed = false) {
  w.happens(LineMeasured{w.peer(), kbit, relayed});
  return w;
}
World overfull(World w, bool is = true) {
  w.happens(LineMeasured{w.peer(), 0, false, is});
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

TEST_CASE("a browser that does not say how wide the line is: as soon as our picture crowds out the sound it is small") {
  World w = overfull(World{}.in_call());
  const PeerId peer = w.peer();
  const LimitMedia tiny{peer, 40, 800, true, false, 5};
  const LimitMedia more{peer, 80, 800, true};
  const LimitMedia all{peer, 2000, 100, true};
  const LimitMedia none{peer, 2000, 100, false, true};
  CHECK(limits(w.effects) == std::vector{tiny});

  SECTION("it was a moment: 3 s later it grows, step by step") {
    w.happens(LineMeasured{peer, 0, true, true});  // nothing new but the way
    w = overfull(std::move(w), false);
    CHECK(limits(w.pass(2900ms)).empty());
    CHECK(limits(w.pass(100ms)) == std::vector{more});
    CHECK(limits(w.pass(15s)) == std::vector{LimitMedia{peer, 160, 400, true}, LimitMedia{peer, 320, 400, true},
                                             LimitMedia{peer, 640, 200, true}, LimitMedia{peer, 1280, 100, true}, all});
    CHECK(w.call().links.front().quality.setbacks == 1);  // all of it may be too much still
    CHECK(limits(w.pass(20s)).empty());
    CHECK(w.call().links.front().quality.setbacks == 0);
    CHECK_FALSE(w.call().links.front().quality.more_at);
    CHECK_FALSE(odnix::view::project(w.state, w.now).banner);
  }
  SECTION("what is sent again clears: until then it does not grow") {
    CHECK(limits(w.pass(7900ms)).empty());
    w = overfull(std::move(w), false);
    CHECK(limits(w.pass(3s)) == std::vector{more});
  }
  SECTION("a tiny one that is too much for a moment is no setback") {
    w = overfull(overfull(std::move(w), false));
    w = overfull(std::move(w), false);
    CHECK(limits(w.pass(3s)) == std::vector{more});
  }
  SECTION("when more was too much it waits longer, and never for ever") {
    for (const auto wait : {3s, 20s, 40s, 40s}) {
      w = overfull(std::move(w), false);
      w.pass(wait);
      CHECK(w.call().links.front().quality.applied == more);
      CHECK(limits((w = overfull(std::move(w))).effects) == std::vector{tiny});
    }
  }
  SECTION("while the path is lost nothing is tried") {
    w = overfull(std::move(w), false);
    w.happens(ConnectionChanged{peer, ConnectionState::disconnected, IceState::disconnected});
    w.pass(20s);
    CHECK(w.call().links.front().quality.most == 40);
  }
  SECTION("a tiny one is too much still after 8 s: it is paused, the person reads why, and a tiny one is tried again") {
    CHECK(limits(w.pass(8s)) == std::vector{none});
    CHECK(odnix::view::project(w.state, w.now).banner);
    w = overfull(std::move(w), false);
    CHECK(limits(w.pass(19900ms)).empty());
    CHECK(limits(w.pass(100ms)) == std::vector{tiny});
    CHECK(limits(w.pass(3s)) == std::vector{more});
  }
  SECTION("a new connection does not begin with all of it") {
    const bool waits = GENERATE(false, true);
    if (waits) w.pass(8s);
    w.happens(ConnectionChanged{peer, ConnectionState::failed, IceState::failed});
    const Quality& q = w.call().links.front().quality;
    CHECK(q.most == 40);
    CHECK_FALSE(q.paused);
    CHECK(q.more_at == w.now + 3s);
  }
  SECTION("the camera is off meanwhile: there is an end to doubling") {
    w.happens(CameraSwitched{false});
    w = overfull(std::move(w), false);
    w.pass(300s);
    CHECK(w.call().links.front().quality.most == 0);
    CHECK_FALSE(w.call().links.front().quality.more_at);
  }
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
