#include "world.hpp"

using namespace odnix::scenario;

namespace {

MediaFailed fails(const World& w, MediaError error, Permission microphone = Permission::unknown) {
  return {w.request(), error, microphone, Permission::unknown};
}

}  // namespace

TEST_CASE("no camera: a caller goes on with audio") {
  for (const auto error : {MediaError::missing, MediaError::busy, MediaError::denied, MediaError::constrained}) {
    World w;
    w.happens(StartRequested{our_call, true});
    w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::offer, our_sdp});
    w.happens(fails(w, error, Permission::granted));
    CHECK(only<OpenMedia>(w.effects) == std::vector{OpenMedia{w.request(), true, false}});
    w.happens(MediaOpened{w.request(), true, false});
    CHECK(w.phase() == "OutRinging");
    CHECK(sent<Offer>(w.effects)[0].audio_only);
    CHECK(w.call().media.camera_error == error);
  }
}

TEST_CASE("no camera: a callee answers and still sees the caller") {
  World w;
  w.rung();
  w.happens(AcceptRequested{true});
  w.happens(fails(w, MediaError::missing));
  w.happens(MediaOpened{w.request(), true, false});
  CHECK(w.phase() == "Connecting");
  CHECK(w.call().video);
}

TEST_CASE("no microphone: the person is asked, nobody is rung meanwhile, and no answer means nothing happened") {
  World w;
  w.happens(StartRequested{our_call, false});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::offer, our_sdp});
  CHECK(w.happens(fails(w, MediaError::missing)).empty());
  CHECK(w.call().media.asks_listen_only);
  CHECK(w.phase() == "Preparing");
  SECTION("listen only") {
    w.happens(ListenOnlyChosen{});
    CHECK(sent<Offer>(w.effects).size() == 1);
    CHECK(w.phase() == "OutRinging");
  }
  SECTION("cancel") {
    w.happens(HangUpRequested{});
    CHECK(only<SendMessage>(w.effects).empty());
    CHECK(w.phase() == "Idle");
  }
}

TEST_CASE("both denied: asked once, not twice; dismissed and insecure likewise") {
  const std::vector<std::pair<MediaError, Permission>> rows{{MediaError::denied, Permission::denied},
                                                            {MediaError::dismissed, Permission::prompt},
                                                            {MediaError::insecure, Permission::unknown}};
  for (const auto& [error, permission] : rows) {
    World w;
    w.happens(StartRequested{our_call, true});
    CHECK(w.happens(fails(w, error, permission)).empty());
    CHECK(w.call().media.asks_listen_only);
    CHECK(w.call().media.microphone_error == error);
  }
}

TEST_CASE("no microphone but a camera: listen only still shows the picture") {
  World w;
  w.happens(StartRequested{our_call, true});
  w.happens(fails(w, MediaError::missing));
  w.happens(fails(w, MediaError::missing));
  w.happens(ListenOnlyChosen{});
  CHECK(only<OpenMedia>(w.effects) == std::vector{OpenMedia{w.request(), false, true}});
}

TEST_CASE("a callee without a microphone who will not listen only ends the call with the reason") {
  World w;
  w.rung(true);
  w.happens(AcceptRequested{false});
  w.happens(fails(w, MediaError::denied, Permission::denied));
  w.happens(HangUpRequested{});
  CHECK(sent<End>(w.effects) == std::vector{End{EndReason::media_failed}});
  CHECK(std::get<Ended>(w.state.phase).media_error == MediaError::denied);
}

TEST_CASE("mute disables the microphone and says so; camera off closes the camera and takes it off the link") {
  World w;
  w.in_call();
  CHECK(w.happens(MicrophoneSwitched{false}) ==
        Effects{SetMicrophone{false},
                SendMessage{chat, Header{our_call, here, there, 4}, MediaState{false, true, true}}});
  CHECK(w.happens(MicrophoneSwitched{false}).empty());
  CHECK(w.happens(CameraSwitched{false}) ==
        Effects{CloseCamera{}, AttachMedia{w.peer()},
                SendMessage{chat, Header{our_call, here, there, 5}, MediaState{false, false, true}}});
  w.happens(CameraSwitched{true});
  CHECK(w.effects == Effects{OpenMedia{w.request(), false, true}});
  w.happens(MediaOpened{w.request(), false, true});
  CHECK(w.call().media.camera == DeviceState::on);
  CHECK(only<AttachMedia>(w.effects).size() == 1);
}

TEST_CASE("an audio call has no camera to switch on before it is accepted, and none at all with an old peer") {
  World w;
  w.ringing_out(false);
  CHECK(w.happens(CameraSwitched{true}).empty());
  w.happens(from_old(Answer{their_sdp, {}}));
  w.happens(RemoteDescriptionApplied{w.peer()});
  w.connected();
  CHECK(w.happens(CameraSwitched{true}).empty());
}

TEST_CASE("an unplugged microphone is replaced by the next; without one the call goes on listening") {
  World w;
  w.in_call();
  w.happens(DeviceLost{MediaKind::audio, Permission::granted});
  CHECK(only<OpenMedia>(w.effects) == std::vector{OpenMedia{w.request(), true, false}});
  w.happens(fails(w, MediaError::missing));
  CHECK(w.phase() == "Active");
  CHECK(w.call().media.microphone == DeviceState::failed);
  CHECK_FALSE(w.call().media.asks_listen_only);
}

TEST_CASE("devices that open after the call is over are nobody's") {
  World w;
  w.happens(StartRequested{our_call, true});
  const RequestId request = w.request();
  w.happens(HangUpRequested{});
  CHECK(w.happens(MediaOpened{request, true, true}).empty());
}
