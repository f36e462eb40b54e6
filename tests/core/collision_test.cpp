#include "world.hpp"

using namespace odnix::scenario;

TEST_CASE("both call at once, the other is old: its call is taken at once, without a second ring") {
  World w;
  w.ringing_out(true);
  const PeerId ours = w.peer();
  w.happens(from_old(offer(false)));
  CHECK(w.phase() == "Connecting");
  CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{ours}});
  CHECK(only<ApplyRemote>(w.effects).size() == 1);
  CHECK(only<OpenMedia>(w.effects).empty());
  CHECK(only<PlayTone>(w.effects).empty());
  CHECK(w.call().media.camera == DeviceState::on);
  w.happens(RemoteDescriptionApplied{w.peer()});
  CHECK(w.effects == Effects{AttachMedia{w.peer()}, CreateAnswer{w.peer()}});
}

TEST_CASE("glare takes the lesser media of the two") {
  World w;
  w.ringing_out(true);
  w.happens(from_old(offer(true)));
  CHECK_FALSE(w.call().video);
  CHECK(only<CloseCamera>(w.effects).size() == 1);
}

TEST_CASE("glare while our devices still open: they serve the other call when they are there") {
  World w;
  w.happens(StartRequested{our_call, true});
  const RequestId request = w.request();
  w.happens(from_old(offer(false)));
  CHECK(w.phase() == "Connecting");
  w.happens(RemoteDescriptionApplied{w.peer()});
  CHECK(w.effects == Effects{CreateAnswer{w.peer()}});
  CHECK(w.happens(MediaOpened{request, true, true}) == Effects{AttachMedia{w.peer()}});
}

TEST_CASE("glare of two new clients: the smaller call id wins on both sides") {
  World w;
  w.ringing_out();
  SECTION("theirs is smaller") {
    w.happens(from_v2(offer(), CallId{1, 1}));
    CHECK(w.phase() == "Connecting");
    CHECK(w.call().id == CallId{1, 1});
  }
  SECTION("ours is smaller") {
    CHECK(w.happens(from_v2(offer(), CallId{9, 9})).empty());
    CHECK(w.phase() == "OutRinging");
  }
  SECTION("equal ids end both") {
    w.happens(from_v2(offer(), our_call));
    CHECK(w.reason() == EndReason::glare);
  }
}

TEST_CASE("calling the person who is calling is accepting, with the lesser media") {
  World w;
  w.rung(true);
  w.happens(StartRequested{our_call, true});
  CHECK(w.phase() == "Connecting");
  CHECK(w.call().id == their_call);
  CHECK(only<OpenMedia>(w.effects)[0].video == false);
}

TEST_CASE("somebody else who calls while we talk hears busy, and our call does not notice") {
  World w;
  w.in_call();
  const State before = w.state;
  w.happens(from_v2(offer(), their_call, elsewhere, carol));
  REQUIRE(only<SendMessage>(w.effects).size() == 1);
  CHECK(only<SendMessage>(w.effects)[0].signal == Signal{End{EndReason::busy}});
  CHECK(only<SendMessage>(w.effects)[0].header->to == elsewhere);
  std::get<Active>(w.state.phase).call.notice.reset();  // a line for the person, and nothing else
  CHECK(w.state.phase == before.phase);
}

TEST_CASE("the person we talk with calls anew: their page was reloaded, the link is replaced without ringing") {
  World w;
  w.in_call();
  const PeerId before = w.peer();
  SECTION("same endpoint") { w.happens(from_v2(offer(), their_call, there)); }
  SECTION("an old peer has no endpoint") { w.happens(from_old(offer())); }
  SECTION("a fresh endpoint while the path is lost") {
    w.happens(ConnectionChanged{w.peer(), ConnectionState::disconnected, IceState::disconnected});
    w.happens(from_v2(offer(), their_call, elsewhere));
  }
  CHECK(w.phase() == "Connecting");
  CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{before}});
  CHECK(only<PlayTone>(w.effects).empty());
}

TEST_CASE("anything that names a call, peer or request that is over changes nothing") {
  World w;
  w.in_call();
  const PeerId peer = w.peer();
  w.happens(HangUpRequested{});
  w.pass(10s);
  REQUIRE(w.phase() == "Idle");
  const State before = w.state;
  const std::vector<Event> late{
      from_v2(Answer{their_sdp, {}}, our_call),
      from_v2(Ringing{}, our_call),
      from_v2(Candidates{{candidate(1)}}, our_call),
      from_v2(End{EndReason::hangup}, our_call),
      from_v2(MediaState{true, true}, our_call),
      from_old(Answer{their_sdp, {}}),
      from_old(End{EndReason::hangup}),
      from_old(Candidates{{candidate(1)}}),
      LocalDescriptionReady{peer, DescriptionKind::offer, our_sdp},
      RemoteDescriptionApplied{peer},
      DescriptionFailed{peer, DescriptionStep::remote, "x"},
      CandidateGathered{peer, candidate(1)},
      ConnectionChanged{peer, ConnectionState::failed, IceState::failed},
      RemoteTrackChanged{peer, MediaKind::video, true},
      PeerFailed{peer, "x"},
      MediaOpened{RequestId{1}, true, true},
      MediaFailed{RequestId{1}, MediaError::denied, {}, {}},
      DeviceLost{MediaKind::audio, Permission::granted},
      AcceptRequested{true},
      DeclineRequested{},
      HangUpRequested{},
      ListenOnlyChosen{},
      MicrophoneSwitched{false},
      CameraSwitched{false},
  };
  for (const auto& event : late) {
    INFO(describe(event));
    CHECK(w.happens(event).empty());
    w.state.budgets = before.budgets;  // that something was said is counted
    CHECK(w.state == before);
  }
}
