#include "view/project.hpp"

#include "core/group_steps.hpp"
#include "core/world.hpp"
#include "view/clock_text.hpp"
#include "view/endings.hpp"

using namespace odnix::scenario;
using namespace odnix::view;

namespace {

ViewModel seen(const World& w) { return project(w.state, w.now); }

std::vector<ControlId> controls(const ViewModel& model) {
  std::vector<ControlId> ids;
  for (const auto& control : model.controls) ids.push_back(control.id);
  return ids;
}

using Ids = std::vector<ControlId>;

}  // namespace

TEST_CASE("nothing is shown while nothing happens") {
  World w;
  CHECK(seen(w) == ViewModel{});
  CHECK_FALSE(next_change(w.state, w.now));
}

TEST_CASE("an incoming video call offers to accept with and without video; an audio call only one way") {
  World w;
  w.rung();
  CHECK(seen(w).screen == Screen::incoming);
  CHECK(seen(w).title == "Bob");
  CHECK(seen(w).status == "Incoming video call");
  CHECK(controls(seen(w)) == Ids{ControlId::accept, ControlId::accept_audio, ControlId::decline, ControlId::mute_ring});
  w.happens(RingMuted{});
  CHECK(controls(seen(w)) == Ids{ControlId::accept, ControlId::accept_audio, ControlId::decline});
  World audio;
  audio.rung(true);
  CHECK(controls(seen(audio)) == Ids{ControlId::accept, ControlId::decline, ControlId::mute_ring});
}

TEST_CASE("an outgoing call says 'ringing' only when it really rings there") {
  World w;
  w.ringing_out();
  CHECK(seen(w).status == "Calling…");
  w.happens(from_v2(Ringing{}, our_call));
  CHECK(seen(w).status == "Ringing…");
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  CHECK(seen(w).status == "Waiting for the call server…");
  CHECK(controls(seen(w)) == Ids{ControlId::microphone, ControlId::camera, ControlId::cancel});
}

TEST_CASE("the timer counts from the connection and changes once a second") {
  World w;
  w.in_call();
  w.now += 2500ms;
  CHECK(seen(w).timer == 2);
  CHECK(*next_change(w.state, w.now) == w.now + 500ms);
  CHECK(project(w.state, w.now + 499ms) == seen(w));
  CHECK_FALSE(project(w.state, w.now + 500ms) == seen(w));
}

TEST_CASE("their picture shows when it flows and their camera is on") {
  World w;
  w.in_call();
  CHECK_FALSE(seen(w).tiles[0].video);
  w.happens(RemoteTrackChanged{w.peer(), MediaKind::video, true});
  CHECK(seen(w).tiles[0].video);
  w.happens(from_v2(MediaState{false, false}, our_call));
  CHECK_FALSE(seen(w).tiles[0].video);
  CHECK(seen(w).banner->text == "Bob is muted");
}

TEST_CASE("an audio call offers the camera to who talks with a new client, and says why it does not to others") {
  World w;
  w.ringing_out(false).answered().connected();
  CHECK(controls(seen(w)) == Ids{ControlId::microphone, ControlId::camera, ControlId::share, ControlId::hang_up});
  CHECK(seen(w).controls[1].enabled);
  World old;
  old.ringing_out(false);
  old.happens(from_old(Answer{their_sdp, {}}));
  old.happens(RemoteDescriptionApplied{old.peer()});
  old.connected();
  CHECK(controls(seen(old)) == Ids{ControlId::microphone, ControlId::camera, ControlId::hang_up});
  CHECK_FALSE(seen(old).controls[1].enabled);
  CHECK(seen(old).controls[1].label == "No camera in this call: Bob uses an older version");
}

TEST_CASE(
    "the share button: says what it does, waits while the picker is open, and who shares reads that they are seen") {
  World w;
  w.in_call();
  const auto share = [&w] { return seen(w).controls[2]; };
  CHECK(share() == Control{ControlId::share, "Share your screen", "Share", ControlRole::neutral, false, true});
  w.happens(ShareSwitched{true});
  CHECK_FALSE(share().enabled);
  w.happens(ShareOpened{w.call().media.share_request});
  CHECK(share() == Control{ControlId::share, "Stop sharing your screen", "Share", ControlRole::neutral, true, true});
  CHECK(seen(w).banner == Banner{BannerKind::quiet, "Bob sees your screen."});
  w.happens(ShareSwitched{false});
  CHECK_FALSE(seen(w).banner);
  w.happens(ShareSwitched{true});
  w.happens(ShareEnded{w.call().media.share_request});
  CHECK(seen(w).banner == Banner{BannerKind::quiet, "Your screen is not shared."});
}

TEST_CASE("their screen is large from their word on, and gone with it") {
  World w;
  w.in_call();
  CHECK_FALSE(seen(w).shared);
  w.happens(from_v2(MediaState{true, true, true, true}, our_call, there, bob, 1));
  CHECK(seen(w).shared == shared_of(w.peer()));
  CHECK(seen(w).tiles.size() == 1);
  w.happens(from_v2(MediaState{true, true, true, false}, our_call, there, bob, 2));
  CHECK_FALSE(seen(w).shared);
}

TEST_CASE("a lost path is said in a warning") {
  World w;
  w.in_call();
  w.happens(ConnectionChanged{w.peer(), ConnectionState::disconnected, IceState::disconnected});
  CHECK(seen(w).screen == Screen::in_call);
  CHECK(seen(w).banner == Banner{BannerKind::warning, "Connection lost. Reconnecting…"});
}

TEST_CASE("no microphone asks; cancel is offered before anybody knows, hang up after") {
  World w;
  w.happens(StartRequested{our_call, false});
  w.happens(MediaFailed{w.request(), MediaError::missing, {}, {}});
  CHECK(seen(w).screen == Screen::notice);
  CHECK(seen(w).status == "No microphone found. Plug one in, then try again.");
  CHECK(controls(seen(w)) == Ids{ControlId::listen_only, ControlId::cancel});
  World callee;
  callee.rung();
  callee.happens(AcceptRequested{false});
  callee.happens(MediaFailed{callee.request(), MediaError::missing, {}, {}});
  CHECK(controls(seen(callee)) == Ids{ControlId::listen_only, ControlId::hang_up});
}

TEST_CASE(
    "the sign of an open microphone stands for what is open: not for a switch, a question or a device that failed") {
  World w = World{}.in_call();
  CHECK(seen(w).microphone_open);
  w.happens(MicrophoneSwitched{false});
  CHECK(seen(w).microphone_open);
  CHECK_FALSE(seen(w).microphone_on);
  for (const auto state : {DeviceState::failed, DeviceState::opening, DeviceState::closed}) {
    std::get_if<Active>(&w.state.phase)->call.media.microphone = state;
    CHECK_FALSE(seen(w).microphone_open);
  }
}

TEST_CASE("each device error has its own words for microphone and camera") {
  std::vector<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(MediaError::unknown); ++i) {
    words.push_back(microphone_trouble(static_cast<MediaError>(i), english()));
    words.push_back(camera_trouble(static_cast<MediaError>(i), english()));
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    CHECK_FALSE(words[i].empty());
    for (std::size_t j = i + 1; j < words.size(); ++j) CHECK(words[i] != words[j]);
  }
}

TEST_CASE("sound held back by the browser offers a button to hear") {
  World w;
  w.in_call();
  w.happens(PlaybackChanged{true});
  CHECK(controls(seen(w)) ==
        Ids{ControlId::microphone, ControlId::camera, ControlId::share, ControlId::tap_to_hear, ControlId::hang_up});
}

TEST_CASE("every end has a sentence") {
  Ended ended;
  struct Row {
    EndReason reason;
    bool by_remote, outgoing;
    std::string_view status;
  };
  const std::vector<Row> rows{
      {EndReason::hangup, true, true, "Call ended"},
      {EndReason::declined, true, true, "Anna declined"},
      {EndReason::declined, false, false, "Call declined"},
      {EndReason::busy, true, true, "Anna is in another call"},
      {EndReason::timeout, false, true, "No answer"},
      {EndReason::timeout, true, false, "Missed call"},
      {EndReason::cancelled, true, false, "Missed call"},
      {EndReason::cancelled, false, true, "Call cancelled"},
      {EndReason::answered_elsewhere, true, false, "Answered on another device"},
      {EndReason::declined_elsewhere, true, false, "Declined on another device"},
      {EndReason::glare, false, true, "You called each other at the same moment"},
      {EndReason::replaced, true, false, "The call went on elsewhere"},
      {EndReason::media_failed, true, true, "Anna could not open a microphone"},
      {EndReason::connection_failed, false, true, "Could not connect"},
      {EndReason::error, false, true, "The call failed"},
  };
  for (const auto& row : rows) {
    ended.reason = row.reason;
    ended.by_remote = row.by_remote;
    ended.outgoing = row.outgoing;
    CHECK(ending(ended, "Anna", english()).status == row.status);
  }
  ended.talked = Duration{151s};
  ended.reason = EndReason::hangup;
  CHECK(ending(ended, "Anna", english()).detail == "Lasted 2:31");
  ended.reason = EndReason::connection_failed;
  CHECK(ending(ended, "Anna", english()).status == "Connection lost");
}

TEST_CASE("clock texts") {
  CHECK(clock_text(7) == "0:07");
  CHECK(clock_text(754) == "12:34");
  CHECK(clock_text(3723) == "1:02:03");
}

TEST_CASE("a group's call offers no share button, in a browser that can share") {
  odnix::test::GroupRoom room(2);
  for (auto& page : room.pages) page.state.self.can_share = true;
  meet(room, all(2));
  const ViewModel model = project(room.pages[0].state, room.now);
  CHECK(controls(model) == Ids{ControlId::microphone, ControlId::camera, ControlId::hang_up});
}
