// Which microphone, camera and speaker: choices, loss, return, refusal.
#include "core/timing.hpp"
#include "world.hpp"

using namespace odnix::scenario;

namespace {

constexpr std::uint32_t label_of(std::uint32_t id) { return id + 100; }
Device device(DeviceKind kind, std::uint32_t id) { return {kind, {id}, label_of(id), false, false}; }
Device microphone(std::uint32_t id) { return device(DeviceKind::microphone, 10 + id); }
Device camera(std::uint32_t id) { return device(DeviceKind::camera, 20 + id); }
Device speaker(std::uint32_t id) { return device(DeviceKind::speaker, 30 + id); }
DevicesTold here_are(std::vector<Device> list) { return {std::move(list), false}; }

MediaOpened opens(const World& w, const Device& one) {
  return {w.request(), one.kind == DeviceKind::microphone, one.kind == DeviceKind::camera, {one}, {"Its name"}};
}
MediaFailed refuses(const World& w, MediaError error) {
  return {w.request(), error, Permission::granted, Permission::granted};
}

/// A video call with m1 and c1 of what is plugged in.
World in_call(std::vector<Device> list) {
  World w;
  w.happens(here_are(std::move(list)));
  w.happens(StartRequested{our_call, true});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::offer, our_sdp});
  w.happens(MediaOpened{w.request(), true, true, {microphone(1), camera(1)}, {}});
  w.answered().connected();
  return w;
}

std::vector<OpenMedia> asked(const World& w) { return only<OpenMedia>(w.effects); }
std::vector<Device> kept(const World& w) {
  for (const auto& tell : only<TellDevices>(w.effects)) {
    if (tell.keep) return tell.list;
  }
  return {};
}
std::vector<Device> shown(const World& w) {
  const auto told = only<TellDevices>(w.effects);
  REQUIRE_FALSE(told.empty());
  return told.back().list;
}

}  // namespace

TEST_CASE("a device is asked for by the person's latest choice that is there") {
  World w;
  w.happens(DevicesTold{{microphone(9), camera(2), microphone(2), speaker(2)}, true});
  CHECK(w.effects == Effects{ListDevices{}});
  SECTION("before the browser told what there is: what it takes") {
    w.happens(StartRequested{our_call, true});
    CHECK(asked(w) == std::vector{OpenMedia{w.request(), true, true, {}, {}}});
  }
  SECTION("afterwards: the latest that is there; nothing without a choice that is there") {
    w.happens(here_are({microphone(1), microphone(2), camera(1), speaker(2)}));
    CHECK(only<UseSpeaker>(w.effects) == std::vector{UseSpeaker{{32}}});
    w.happens(StartRequested{our_call, true});
    CHECK(asked(w) == std::vector{OpenMedia{w.request(), true, true, {12}, {}}});
  }
  SECTION("a device that got a new id is known by its label") {
    Device renamed = microphone(9);
    renamed.id = {77};
    w.happens(here_are({renamed}));
    w.happens(StartRequested{our_call, false});
    CHECK(asked(w) == std::vector{OpenMedia{w.request(), true, false, {77}, {}}});
  }
}

TEST_CASE(
    "an unplugged microphone: the next is opened, said, and left when the first comes back; nothing renegotiates") {
  World w = in_call({microphone(1), microphone(2), camera(1)});
  w.happens(DeviceLost{MediaKind::audio, Permission::granted});
  CHECK(w.effects == Effects{AttachMedia{w.peer()},
                             SendMessage{chat, Header{our_call, here, there, 4}, MediaState{false, true, true}},
                             OpenMedia{w.request(), true, false, {}, {}}, MeterMicrophone{false}});
  w.happens(opens(w, microphone(2)));
  CHECK(only<CreateOffer>(w.effects).empty());
  CHECK(only<AttachMedia>(w.effects).size() == 1);
  CHECK(sent<MediaState>(w.effects) == std::vector{MediaState{true, true, true}});
  CHECK(w.call().notice->kind == NoticeKind::switched);
  CHECK(w.call().notice->text.text == "Its name");

  w.happens(here_are({microphone(2), camera(1)}));
  CHECK(asked(w).empty());
  w.happens(here_are({microphone(1), microphone(2), camera(1)}));
  CHECK(asked(w) == std::vector{OpenMedia{w.request(), true, false, {11}, {}}});
  CHECK(w.call().media.microphone == DeviceState::on);  // the one before runs on meanwhile
  w.happens(opens(w, microphone(1)));
  CHECK(w.call().media.microphone_use.id == DeviceId{11});
  CHECK_FALSE(w.call().media.microphone_use.lost);
  w.pass(timing::device_notice);
  CHECK_FALSE(w.call().notice);
}

TEST_CASE("no next microphone: the call goes on, it is said, and the first one is taken up when it returns") {
  World w = in_call({microphone(1), camera(1)});
  w.happens(DeviceLost{MediaKind::audio, Permission::granted});
  w.happens(refuses(w, MediaError::missing));
  CHECK(w.phase() == "Active");
  CHECK(w.call().media.microphone == DeviceState::failed);
  CHECK_FALSE(w.call().media.asks_listen_only);
  w.happens(DevicesChanged{false});
  CHECK(w.pass(timing::devices_settle) == Effects{ListDevices{}});
  w.happens(here_are({microphone(1), camera(1)}));
  CHECK(asked(w) == std::vector{OpenMedia{w.request(), true, false, {11}, {}}});
  w.happens(opens(w, microphone(1)));
  CHECK(w.call().media.microphone == DeviceState::on);
}

TEST_CASE("a muted microphone that is lost stays muted when the next opens") {
  World w = in_call({microphone(1), microphone(2)});
  w.happens(MicrophoneSwitched{false});
  w.happens(DeviceLost{MediaKind::audio, Permission::granted});
  w.happens(opens(w, microphone(2)));
  CHECK(w.call().media.microphone == DeviceState::muted);
  CHECK(only<SetMicrophone>(w.effects).empty());  // the browser side keeps it, too
  w.happens(MicrophoneSwitched{true});
  CHECK(only<SetMicrophone>(w.effects) == std::vector{SetMicrophone{true}});
}

TEST_CASE("a muted microphone that is gone and asked for again is not muted any more") {
  World w = in_call({microphone(1)});
  w.happens(MicrophoneSwitched{false});
  w.happens(DeviceLost{MediaKind::audio, Permission::granted});
  w.happens(refuses(w, MediaError::missing));
  w.happens(MicrophoneSwitched{true});
  CHECK(only<SetMicrophone>(w.effects) == std::vector{SetMicrophone{true}});
  w.happens(opens(w, microphone(1)));
  CHECK(w.call().media.microphone == DeviceState::on);
}

TEST_CASE("a permission taken back is no unplug: nothing is opened until the person asks for it") {
  World w = in_call({microphone(1), microphone(2), camera(1)});
  w.happens(DeviceLost{MediaKind::audio, Permission::denied});
  w.happens(DeviceLost{MediaKind::video, Permission::denied});
  w.happens(here_are({microphone(1), microphone(2), camera(1)}));
  CHECK(asked(w).empty());
  CHECK(w.call().media.microphone_error == MediaError::denied);
  CHECK(w.call().media.camera_error == MediaError::denied);
  w.happens(MicrophoneSwitched{true});
  CHECK(asked(w).size() == 1);
}

TEST_CASE("a lost camera is replaced, comes back, and stays off once it was switched off") {
  World w = in_call({camera(1)});
  w.happens(DeviceLost{MediaKind::video, Permission::granted});
  CHECK(asked(w).size() == 1);
  w.happens(refuses(w, MediaError::missing));
  CHECK(w.call().media.camera == DeviceState::failed);
  w.happens(here_are({camera(1)}));
  w.happens(opens(w, camera(1)));
  CHECK(w.call().media.camera == DeviceState::on);
  w.happens(CameraSwitched{false});
  w.happens(here_are({camera(1), camera(2)}));
  CHECK(asked(w).empty());
}

TEST_CASE("a choice moves to the front, is kept, and is taken up at once") {
  World w = in_call({microphone(1), microphone(2), camera(1), camera(2)});
  w.happens(DeviceChosen{DeviceKind::microphone, {12}});
  CHECK(kept(w) == std::vector{microphone(2)});
  CHECK(asked(w) == std::vector{OpenMedia{w.request(), true, false, {12}, {}}});
  w.happens(opens(w, microphone(2)));
  w.happens(DeviceChosen{DeviceKind::camera, {22}});
  w.happens(opens(w, camera(2)));
  w.happens(DeviceChosen{DeviceKind::microphone, {11}});
  CHECK(kept(w) == std::vector{microphone(1), camera(2), microphone(2)});
  SECTION("the browser's own choice: the others of that kind are forgotten") {
    w.happens(opens(w, microphone(1)));
    w.happens(DeviceChosen{DeviceKind::microphone, {}});
    CHECK(kept(w) == std::vector{camera(2)});
    CHECK(asked(w) == std::vector{OpenMedia{w.request(), true, false, {}, {}}});
  }
}

TEST_CASE("a chosen device that will not open: the one before stays, it is said, and it is not tried for ever") {
  World w = in_call({microphone(1), microphone(2)});
  w.happens(DeviceChosen{DeviceKind::microphone, {12}});
  w.happens(refuses(w, MediaError::busy));
  CHECK(asked(w).empty());
  CHECK(w.call().media.microphone == DeviceState::on);
  CHECK(w.call().media.microphone_use.id == DeviceId{11});
  CHECK(w.call().notice->kind == NoticeKind::not_opened);
}

TEST_CASE("a device in another program's hands falls to the next, by the person's order") {
  World w;
  w.happens(DevicesTold{{microphone(3), microphone(2)}, true});
  w.happens(here_are({microphone(1), microphone(2), microphone(3)}));
  w.happens(StartRequested{our_call, false});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::offer, our_sdp});
  std::vector<DeviceId> tries;
  for (int i = 0; i < 4; ++i) {
    tries.push_back(w.call().media.microphone_use.asked);
    w.happens(refuses(w, MediaError::busy));
  }
  CHECK(tries == std::vector<DeviceId>{{13}, {12}, {}, {11}});
  CHECK(w.call().media.asks_listen_only);
}

TEST_CASE("a camera that would not open with the microphone: another one is tried before it rings") {
  World w;
  w.happens(here_are({microphone(1), camera(1), camera(2)}));
  w.happens(StartRequested{our_call, true});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::offer, our_sdp});
  w.happens(refuses(w, MediaError::busy));
  w.happens(opens(w, microphone(1)));
  CHECK(asked(w) == std::vector{OpenMedia{w.request(), false, true, {}, {21}}});
  w.happens(refuses(w, MediaError::busy));
  w.happens(opens(w, camera(2)));
  CHECK(w.phase() == "OutRinging");
  CHECK_FALSE(sent<Offer>(w.effects)[0].audio_only);
}

TEST_CASE("the system's default moves: what follows it is opened anew") {
  Device now = microphone(5);
  now.follows = true;
  World w;
  w.happens(here_are({now, microphone(1)}));
  w.happens(StartRequested{our_call, false});
  w.happens(opens(w, now));
  now.label = 7;
  w.happens(here_are({now, microphone(1)}));
  CHECK(asked(w) == std::vector{OpenMedia{w.request(), true, false, {}, {}}});
  w.happens(opens(w, now));
  w.happens(here_are({now, microphone(1)}));
  CHECK(asked(w).empty());
}

TEST_CASE("silenced by the system: said to the person and to the other side, and over when it is over") {
  World w = in_call({});
  w.happens(DeviceHeld{MediaKind::audio, true});
  CHECK(sent<MediaState>(w.effects) == std::vector{MediaState{false, true, true}});
  CHECK(w.call().media.microphone == DeviceState::on);
  w.happens(DeviceHeld{MediaKind::audio, false});
  CHECK(sent<MediaState>(w.effects) == std::vector{MediaState{true, true, true}});
}

TEST_CASE("a speaker that is gone or does not work: sound goes to the system's, with a word") {
  World w = in_call({speaker(1)});
  w.happens(DeviceChosen{DeviceKind::speaker, {31}});
  CHECK(only<UseSpeaker>(w.effects) == std::vector{UseSpeaker{{31}}});
  SECTION("gone") {
    w.happens(here_are({speaker(2)}));
    CHECK(only<UseSpeaker>(w.effects) == std::vector{UseSpeaker{{}}});
    CHECK(w.call().notice->kind == NoticeKind::speaker_lost);
    w.happens(here_are({speaker(1), speaker(2)}));
    CHECK(only<UseSpeaker>(w.effects) == std::vector{UseSpeaker{{31}}});
  }
  SECTION("broken") {
    w.happens(SpeakerFailed{});
    CHECK(w.call().notice->kind == NoticeKind::speaker_lost);
    CHECK(only<UseSpeaker>(w.effects) == std::vector{UseSpeaker{{}}});
  }
}

TEST_CASE("many devicechange events make one list") {
  World w;
  for (int i = 0; i < 5; ++i) {
    w.happens(DevicesChanged{false});
    CHECK(w.pass(100ms).empty());
  }
  CHECK(w.pass(10s) == Effects{ListDevices{}});
}

TEST_CASE("the page is told what there is and what is selected") {
  World w;
  w.happens(DevicesChanged{true});
  CHECK(w.effects == Effects{ListDevices{}});
  w.happens(here_are({microphone(1), microphone(2), camera(1)}));
  auto list = shown(w);
  CHECK(list[0].selected);
  CHECK_FALSE(list[1].selected);
  CHECK(list[2].selected);
  w.happens(DeviceChosen{DeviceKind::microphone, {12}});
  list = shown(w);
  CHECK_FALSE(list[0].selected);
  CHECK(list[1].selected);
}

TEST_CASE("nothing of devices opens anything while it only rings") {
  World w;
  w.rung();
  w.happens(DevicesTold{{microphone(1), camera(1)}, true});
  w.happens(here_are({microphone(1), camera(1)}));
  w.happens(DeviceChosen{DeviceKind::camera, {21}});
  CHECK(asked(w).empty());
}

TEST_CASE("a microphone that gives digital silence for 5 s is said, and not any more once it is heard") {
  World w = in_call({});
  for (int second = 1; second <= 5; ++second) {
    CHECK(only<MeterMicrophone>(w.pass(1s)) == std::vector{MeterMicrophone{true}});
    CHECK_FALSE(is_silent(w.call().media.meter));
    w.happens(MicrophoneMeasured{0});
  }
  CHECK(is_silent(w.call().media.meter));
  w.happens(MicrophoneMeasured{1});
  CHECK(w.effects == Effects{MeterMicrophone{false}});
  CHECK_FALSE(is_silent(w.call().media.meter));
  CHECK(only<MeterMicrophone>(w.pass(30s)).empty());
}

TEST_CASE("who talks while muted is told, once in a while; murmuring and a single word are not talking") {
  World w = in_call({});
  w.happens(MicrophoneMeasured{50});  // nobody asked
  w.pass(1s);
  w.happens(MicrophoneMeasured{50});
  w.happens(MicrophoneSwitched{false});
  for (const int level : {50, 3, 50, 3}) {
    w.pass(1s);
    w.happens(MicrophoneMeasured{level});
    CHECK_FALSE(w.call().notice);
  }
  w.happens(MicrophoneMeasured{50});
  w.happens(MicrophoneMeasured{50});
  CHECK(w.call().notice->kind == NoticeKind::speaking_muted);
  w.happens(MicrophoneSwitched{true});
  CHECK(only<MeterMicrophone>(w.effects) == std::vector{MeterMicrophone{false}});
}

TEST_CASE("nothing is measured before the call connects, without a microphone, or after its end") {
  World w;
  w.ringing_out();
  CHECK(only<MeterMicrophone>(w.pass(10s)).empty());
  w.answered().connected();
  w.happens(DeviceLost{MediaKind::audio, Permission::denied});
  CHECK(only<MeterMicrophone>(w.pass(5s)).empty());
  w.happens(HangUpRequested{});
  CHECK(w.happens(MicrophoneMeasured{5}).empty());
  CHECK(only<MeterMicrophone>(w.pass(5s)).empty());
}

TEST_CASE("devices that take long to open: the browser must be asking, and the person is told") {
  World w;
  w.happens(StartRequested{our_call, true});
  w.pass(timing::browser_asks);
  CHECK(w.call().media.asks_browser);
  CHECK(w.phase() == "Preparing");  // for as long as it takes; cancel works
  w.pass(std::chrono::minutes{10});
  CHECK(w.phase() == "Preparing");
  w.devices_open(true);
  CHECK_FALSE(w.call().media.asks_browser);
}

TEST_CASE("a callee whose browser asks for ever hears and sees all the same") {
  World w;
  w.rung();
  w.happens(AcceptRequested{true});
  w.happens(RemoteDescriptionApplied{w.peer()});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::answer, our_sdp});
  CHECK(sent<Answer>(w.effects).size() == 1);
  w.connected();
  w.pass(std::chrono::minutes{10});
  CHECK(w.phase() == "Active");
  w.devices_open(true);
  CHECK(only<AttachMedia>(w.effects).size() == 1);
}

TEST_CASE("choices are remembered up to a limit: the oldest is forgotten") {
  World w;
  for (std::uint32_t id = 1; id <= 33; ++id) w.happens(DeviceChosen{DeviceKind::microphone, {id}});
  const std::vector<Device> list = kept(w);
  REQUIRE(list.size() == max_devices);
  CHECK(list.front().id == DeviceId{33});
  CHECK(list.back().id == DeviceId{2});
}
