// This person's screen: asked for by their own press only, on lines of its own, and over with whatever ends it.
#include "scenario.hpp"
#include "view/project.hpp"

using namespace odnix::scenario;

namespace {

const Sdp with_screen{
    "v=0\r\no=- 3 3 IN IP4 0.0.0.0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n"
    "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"};

RequestId press(World& w) {
  const auto asked = only<OpenShare>(w.happens(ShareSwitched{true}));
  REQUIRE(asked.size() == 1);
  return asked[0].request;
}
/// They have our answer.
void answer_heard(World& w) {
  const auto said = only<SendMessage>(w.effects);
  REQUIRE_FALSE(said.empty());
  w.happens(says(w, Ack{said.back().header->seq}, 99));
}
/// Shared, offered and answered.
World sharing(World w = talking()) {
  w.happens(ShareOpened{press(w)});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::offer, our_sdp});
  const auto offers = sent<Renegotiate>(w.effects);
  REQUIRE(offers.size() == 1);
  w.happens(says(w, Renegotiate{DescriptionKind::answer, with_screen, offers[0].round, 0, 0}));
  w.happens(RemoteDescriptionApplied{w.peer()});
  return w;
}

}  // namespace

TEST_CASE("sharing: the picker first, then two lines beside the camera's, and the other side is told") {
  World w = talking();
  const Effects asked = w.happens(ShareSwitched{true});
  CHECK(asked == Effects{OpenShare{w.call().media.share_request}});
  CHECK(w.call().media.share == ShareState::asking);
  w.happens(ShareOpened{w.call().media.share_request});
  CHECK(only<AttachMedia>(w.effects).size() == 1);
  CHECK(sent<MediaState>(w.effects) == std::vector{MediaState{true, true, true, true}});
  CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{w.peer(), false, false, true}});
  CHECK(only<CloseCamera>(w.effects).empty());
  CHECK(w.call().media.camera == DeviceState::on);
}

TEST_CASE("sharing in an audio call: a line for cameras comes first, so that nobody takes the screen for a face") {
  World w;
  w.ringing_out(false).answered().connected();
  w.happens(ShareOpened{press(w)});
  CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{w.peer(), false, true, true}});
  CHECK_FALSE(w.call().video);
}

TEST_CASE("a screen takes its share of the line as a camera does, and waits where there is room for the sound alone") {
  World w;
  w.ringing_out(false).answered().connected();
  w = sharing(std::move(w));
  const PeerId peer = w.peer();
  CHECK(only<LimitMedia>(w.effects) == std::vector{LimitMedia{peer, 2000, 100, true}});
  CHECK(w.happens(LineMeasured{peer, 100, true}) == Effects{LimitMedia{peer, 1000, 100, true}});
  w.happens(LineMeasured{peer, 50, true});
  CHECK(only<LimitMedia>(w.pass(2s)) == std::vector{LimitMedia{peer, 1000, 100, false, true}});
  REQUIRE(odnix::view::project(w.state, w.now).banner);
  w.happens(ShareSwitched{false});
  CHECK_FALSE(odnix::view::project(w.state, w.now).banner);
}

TEST_CASE("stopped and shared again: the lines are there, no second offer") {
  World w = sharing();
  w.happens(ShareSwitched{false});
  CHECK(only<CloseShare>(w.effects).size() == 1);
  CHECK(sent<MediaState>(w.effects) == std::vector{MediaState{true, true, true, false}});
  w.happens(ShareOpened{press(w)});
  CHECK(only<CreateOffer>(w.effects).empty());
  CHECK(only<AttachMedia>(w.effects).size() == 1);
  CHECK(w.call().media.share == ShareState::on);
}

TEST_CASE("the browser's own bar ends it, once") {
  World w = sharing();
  const RequestId request = w.call().media.share_request;
  CHECK(only<CloseShare>(w.happens(ShareEnded{request})).size() == 1);
  CHECK(w.call().media.share == ShareState::none);
  CHECK_FALSE(w.call().notice);
  CHECK(w.happens(ShareEnded{request}).empty());
}

TEST_CASE("a picker that was closed is no error: said quietly, and the call knows nothing of it") {
  World w = talking();
  const RequestId request = press(w);
  CHECK(only<SendMessage>(w.happens(ShareEnded{request})).empty());
  CHECK(w.call().notice->kind == NoticeKind::not_shared);
  CHECK(only<ReportProblem>(w.effects).empty());
  CHECK(press(w) != request);
}

TEST_CASE("while the picker is open: a second press opens no second one, and what comes after a stop is stale") {
  World w = talking();
  const RequestId request = press(w);
  CHECK(w.happens(ShareSwitched{true}).empty());
  CHECK(w.happens(ShareOpened{{request.value + 40}}).empty());
  CHECK(w.happens(ShareSwitched{false}) == Effects{CloseShare{}});
  CHECK(w.happens(ShareOpened{request}).empty());
  CHECK(w.call().media.share == ShareState::none);
}

TEST_CASE("nobody shares with an old peer, in a group, before the call runs, or where the browser cannot") {
  for (World (*const make)() : {talking_to_old, idle, preparing, calling, rung, answering, answered, over}) {
    World w = make();
    CHECK(w.happens(ShareSwitched{true}).empty());
  }
  World w = talking();
  w.state.self.can_share = false;
  CHECK(w.happens(ShareSwitched{true}).empty());
}

TEST_CASE("their screen is known by their word, and is no reason to open ours") {
  World w = talking();
  CHECK(w.happens(says(w, MediaState{true, true, true, true}, 7)).empty());
  CHECK(w.call().links.front().remote_media->sharing);
  w.happens(says(w, Renegotiate{DescriptionKind::offer, with_screen, 1, 0, 0}, 8));
  w.happens(RemoteDescriptionApplied{w.peer()});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::answer, our_sdp});
  answer_heard(w);
  CHECK(w.call().media.share == ShareState::none);
  w.happens(ShareOpened{press(w)});  // both at once: lines of our own
  CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{w.peer(), false, false, true}});
}

TEST_CASE("both press at the same moment: who gives way offers afterwards") {
  World w = talking_as_callee();
  w.happens(ShareOpened{press(w)});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::offer, our_sdp});
  w.happens(says(w, Renegotiate{DescriptionKind::offer, with_screen, 1, 0, 0}, 8));
  w.happens(RemoteDescriptionApplied{w.peer()});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::answer, our_sdp});
  CHECK_FALSE(w.call().links.front().share_line);
  answer_heard(w);  // now ours
  CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{w.peer(), false, false, true}});
}

TEST_CASE("hanging up closes the screen with everything else, and the next call begins without") {
  World w = sharing();
  w.happens(HangUpRequested{});
  CHECK(only<CloseMedia>(w.effects).size() == 1);
  w.happens(NoticeDismissed{});
  w.ringing_out().answered().connected();
  CHECK(w.call().media.share == ShareState::none);
}

TEST_CASE("a connection made anew has no lines for the screen yet: they are offered again") {
  World w = sharing();
  CHECK(w.call().links.front().share_line);
  w.happens(PeerFailed{w.peer(), "gone"});
  if (w.phase() != "Ended") CHECK_FALSE(w.call().links.front().share_line);
}

TEST_CASE("lines that are refused twice: the screen is closed, the call goes on, and nobody believes they are seen") {
  World w = talking();
  w.happens(ShareOpened{press(w)});
  w.happens(DescriptionFailed{w.peer(), DescriptionStep::offer, "OperationError"});
  CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{w.peer(), false, false, true}});
  w.happens(DescriptionFailed{w.peer(), DescriptionStep::offer, "OperationError"});
  CHECK(only<CloseShare>(w.effects).size() == 1);
  CHECK(w.call().media.share == ShareState::none);
  CHECK(w.call().notice->kind == NoticeKind::not_shared);
  const auto told = only<ReportProblem>(w.effects);
  REQUIRE(told.size() == 1);
  CHECK(told[0].text.find("share the screen to try again") != std::string::npos);
  CHECK(told[0].text.find("camera") == std::string::npos);
  CHECK(w.phase() == "Active");
}

TEST_CASE("lines for the camera were refused twice while the picker was open: the screen has tries of its own") {
  World w;
  w.ringing_out(false).answered().connected();
  const RequestId request = press(w);
  w.happens(CameraSwitched{true});
  w.devices_open(true);
  for (int i = 0; i < 2; ++i) w.happens(DescriptionFailed{w.peer(), DescriptionStep::offer, "OperationError"});
  CHECK(only<ReportProblem>(w.effects).size() == 1);
  CHECK(only<CreateOffer>(w.effects).empty());
  w.happens(ShareOpened{request});
  CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{w.peer(), false, true, true}});
}

TEST_CASE("their page reloads: its screen is gone with it, ours goes on") {
  World w = sharing();
  w.happens(says(w, MediaState{true, true, true, true}, 7));
  w.happens(MessageReceived{chat, bob, Header{w.call().id, there, here, 8}, Resume{ResumeStep::leaving, {}, {}, {}}});
  REQUIRE(w.phase() == "Resuming");
  CHECK_FALSE(w.call().links.front().remote_media->sharing);
  CHECK(w.call().media.share == ShareState::on);
}

TEST_CASE("the same person calls anew from an old page: devices go on with that call, the screen does not") {
  World w = sharing();
  w.happens(from_old(offer()));
  REQUIRE(w.phase() == "Connecting");
  CHECK(only<CloseShare>(w.effects).size() == 1);
  CHECK(w.call().media.share == ShareState::none);
}

TEST_CASE("what our devices do is said until the other page has it; the newest word takes the place of older ones") {
  World w = talking();
  w.happens(MicrophoneSwitched{false});
  w.happens(MicrophoneSwitched{true});
  const auto said = [](const std::vector<Effect>& effects) { return sent<MediaState>(effects); };
  CHECK(said(w.effects).size() == 1);
  w.pass(20s);  // older words are given up
  const auto later = said(w.pass(60s));
  CHECK(later.size() >= 3);
  for (const MediaState& state : later) CHECK(state == MediaState{true, true, true});
}
