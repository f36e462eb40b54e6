#include "world.hpp"

using namespace odnix::scenario;

TEST_CASE("start opens the devices and makes the offer side by side, and tells nobody yet") {
  World w;
  CHECK(w.happens(StartRequested{our_call, true}) == Effects{OpenMedia{RequestId{1}, true, true},
                                                             CreatePeer{PeerId{2}, true, true}, OpenChannel{PeerId{2}},
                                                             CreateOffer{PeerId{2}, false}});
  CHECK(w.phase() == "Preparing");
  CHECK(w.happens(LocalDescriptionReady{PeerId{2}, DescriptionKind::offer, our_sdp}).empty());
}

TEST_CASE("an audio call never asks for the camera") {
  World w;
  CHECK(w.happens(StartRequested{our_call, false}) == Effects{OpenMedia{RequestId{1}, true, false},
                                                              CreatePeer{PeerId{2}, true, false},
                                                              OpenChannel{PeerId{2}}, CreateOffer{PeerId{2}, false}});
}

TEST_CASE("the offer goes out when devices and description are there, whichever comes last") {
  World w;
  w.happens(StartRequested{our_call, true});
  const PeerId peer = w.peer();
  const Header header{our_call, here, std::nullopt, 1};
  const Effects expected{AttachMedia{peer}, SendMessage{chat, header, Offer{our_sdp, false, 0ms, 0, {}}},
                         PlayTone{Tone::ringback}};
  SECTION("devices last") {
    w.happens(LocalDescriptionReady{peer, DescriptionKind::offer, our_sdp});
    CHECK(w.happens(MediaOpened{w.request(), true, true}) == expected);
  }
  SECTION("description last") {
    CHECK(w.happens(MediaOpened{w.request(), true, true}) == Effects{AttachMedia{peer}});
    CHECK(w.happens(LocalDescriptionReady{peer, DescriptionKind::offer, our_sdp}) == Effects{expected[1], expected[2]});
  }
  CHECK(w.phase() == "OutRinging");
}

TEST_CASE("devices that open without a question are not waited for: it rings while they open") {
  World w;
  w.happens(DevicesGranted{true, true});
  w.happens(StartRequested{our_call, true});
  const PeerId peer = w.peer();
  const Header header{our_call, here, std::nullopt, 1};
  w.happens(LocalDescriptionReady{peer, DescriptionKind::offer, our_sdp});
  CHECK(w.effects == Effects{SendMessage{chat, header, Offer{our_sdp, false, 0ms, 0, {}}}, PlayTone{Tone::ringback}});
  CHECK(w.phase() == "OutRinging");
  SECTION("they open") {
    CHECK(w.happens(MediaOpened{w.request(), true, true}) == Effects{AttachMedia{peer}});
    CHECK(w.call().media.camera == DeviceState::on);
  }
  SECTION("after the other side accepted") {
    w.answered();
    CHECK(only<AttachMedia>(w.happens(MediaOpened{w.request(), true, true})) == std::vector{AttachMedia{peer}});
  }
  SECTION("the call is given up first: what opens late is not used") {
    const RequestId request = w.request();
    CHECK(only<CloseMedia>(w.happens(HangUpRequested{})).size() == 1);
    CHECK(w.happens(MediaOpened{request, true, true}).empty());
  }
  SECTION("another program has the camera: it rings on, and the microphone is tried alone") {
    w.happens(MediaFailed{w.request(), MediaError::busy, Permission::granted, Permission::granted});
    CHECK(only<OpenMedia>(w.effects) == std::vector{OpenMedia{w.request(), true, false}});
    CHECK(w.happens(MediaOpened{w.request(), true, false}) == Effects{AttachMedia{peer}});
    CHECK(w.call().media.camera == DeviceState::failed);
    CHECK(w.phase() == "OutRinging");
  }
  SECTION("nothing opens: it rings on, and nobody is asked") {
    w.happens(MediaFailed{w.request(), MediaError::busy, Permission::granted, Permission::granted});
    w.happens(MediaFailed{w.request(), MediaError::busy, Permission::granted, Permission::granted});
    CHECK(w.call().media.microphone == DeviceState::failed);
    CHECK_FALSE(w.call().media.asks_listen_only);
    CHECK(w.phase() == "OutRinging");
  }
}

TEST_CASE("what would be asked for, is not there or has failed once is waited for") {
  World w;
  const auto [granted, video] =
      GENERATE(std::pair{DevicesGranted{false, false}, false}, std::pair{DevicesGranted{false, true}, true},
               std::pair{DevicesGranted{true, false}, true});
  w.happens(granted);
  w.happens(StartRequested{our_call, video});
  CHECK(w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::offer, our_sdp}).empty());
  CHECK(w.phase() == "Preparing");
}

TEST_CASE("a camera that failed before the offer was ready is waited for as ever") {
  World w;
  w.happens(DevicesGranted{true, true});
  w.happens(StartRequested{our_call, true});
  w.happens(MediaFailed{w.request(), MediaError::busy, Permission::granted, Permission::granted});
  CHECK(w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::offer, our_sdp}).empty());
  w.happens(MediaOpened{w.request(), true, false});
  CHECK(sent<Offer>(w.effects) == std::vector{Offer{our_sdp, true, 0ms, 0, {}}});
}

TEST_CASE("candidates that came before the offer travel inside it, later ones by themselves") {
  World w;
  w.happens(StartRequested{our_call, false});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::offer, our_sdp});
  CHECK(w.happens(CandidateGathered{w.peer(), candidate(1)}).empty());
  w.happens(MediaOpened{w.request(), true, false});
  REQUIRE(sent<Offer>(w.effects).size() == 1);
  CHECK(sent<Offer>(w.effects)[0].candidates == std::vector{candidate(1)});
  CHECK(sent<Candidates>(w.happens(CandidateGathered{w.peer(), candidate(2)})) ==
        std::vector{Candidates{{candidate(2)}}});
}

TEST_CASE("offers are repeated at 0, 2, 4, 8, 16 s and then every 10 s until 60 s, then it is 'no answer'") {
  World w;
  w.ringing_out();
  std::vector<std::int64_t> times;
  const TimePoint start = w.now;
  while (w.phase() == "OutRinging") {
    w.now = *next_deadline(w.state);
    w.happens(TimePassed{});
    for (const auto& again : sent<Offer>(w.effects)) {
      times.push_back((w.now - start) / 1s);
      CHECK(again.age == w.now - start);
    }
  }
  CHECK(times == std::vector<std::int64_t>{2, 4, 8, 16, 26, 36, 46, 56});
  CHECK(w.now - start == 60s);
  CHECK(w.reason() == EndReason::timeout);
  CHECK(sent<End>(w.effects) == std::vector{End{EndReason::timeout}});
  CHECK(only<ClosePeer>(w.effects).size() == 1);
  CHECK(only<CloseMedia>(w.effects).size() == 1);
}

TEST_CASE("a v2 peer's 'ringing' is shown; a stranger's is not") {
  World w;
  w.ringing_out();
  w.happens(from_v2(Ringing{}, their_call));
  CHECK_FALSE(std::get<OutRinging>(w.state.phase).rings_there);
  w.happens(from_v2(Ringing{}, our_call));
  CHECK(std::get<OutRinging>(w.state.phase).rings_there);
}

TEST_CASE("an answer stops the ringback and is applied once") {
  World w;
  w.ringing_out();
  const PeerId peer = w.peer();
  CHECK(w.happens(from_v2(Answer{their_sdp, {}}, our_call)) ==
        Effects{SendMessage{chat, Header{our_call, here, std::nullopt, 2}, Select{there}},
                ApplyRemote{peer, DescriptionKind::answer, their_sdp}, StopTone{}});
  CHECK(w.phase() == "Connecting");
  CHECK(w.happens(from_v2(Answer{their_sdp, {}}, our_call, there, bob, 2)).empty());
  CHECK(w.pass(5s).empty());
}

TEST_CASE("an old peer's answer has no header and counts for the call that rings") {
  World w;
  w.ringing_out();
  w.happens(from_old(Answer{their_sdp, {}}));
  CHECK(w.phase() == "Connecting");
  CHECK(w.call().links.front().dialect == Dialect::old);
  CHECK(w.call().user == bob);
}

TEST_CASE("a second device's answer is told that the call is taken") {
  World w;
  w.ringing_out().answered();
  w.happens(from_v2(Answer{their_sdp, {}}, our_call, elsewhere));
  REQUIRE(only<SendMessage>(w.effects).size() == 1);
  const auto message = only<SendMessage>(w.effects)[0];
  CHECK(message.header->to == elsewhere);
  CHECK(message.signal == Signal{End{EndReason::answered_elsewhere}});
  CHECK(w.phase() == "Connecting");
}

TEST_CASE("declined: the caller is told so and everything is closed") {
  World w;
  w.ringing_out();
  SECTION("by a v2 peer") { w.happens(from_v2(End{EndReason::declined}, our_call)); }
  SECTION("by an old peer, whose end says nothing") { w.happens(from_old(End{EndReason::hangup})); }
  CHECK(sent<End>(w.effects) == std::vector{End{EndReason::declined_elsewhere}});  // to their other devices
  CHECK(w.reason() == EndReason::declined);
  CHECK(std::get<Ended>(w.state.phase).by_remote);
  CHECK(only<ClosePeer>(w.effects).size() == 1);
  CHECK(only<CloseMedia>(w.effects).size() == 1);
}

TEST_CASE("cancel tells the other side once the offer was sent, and nobody before") {
  World w;
  SECTION("while devices open") {
    w.happens(StartRequested{our_call, true});
    const PeerId peer = w.peer();
    CHECK(w.happens(HangUpRequested{}) == Effects{ClosePeer{peer}, CloseMedia{}, StopTone{}});
    CHECK(w.phase() == "Idle");
  }
  SECTION("while it rings") {
    w.ringing_out();
    w.happens(HangUpRequested{});
    CHECK(sent<End>(w.effects) == std::vector{End{EndReason::cancelled}});
    CHECK(w.reason() == EndReason::cancelled);
  }
}

TEST_CASE("a second press of the call button changes nothing") {
  World w;
  w.ringing_out();
  const State before = w.state;
  CHECK(w.happens(StartRequested{CallId{9, 9}, true}).empty());
  CHECK(w.state == before);
}

TEST_CASE("without a chat, or without WebRTC, a start says so and does nothing") {
  World w;
  Self self = w.state.self;
  std::string code;
  SECTION("no chat") {
    self.chat.reset();
    code = "no-chat";
  }
  SECTION("no WebRTC") {
    self.can_call = false;
    code = "webrtc-unavailable";
  }
  w.happens(PageOpened{self});
  w.happens(StartRequested{our_call, true});
  REQUIRE(only<ReportProblem>(w.effects).size() == 1);
  CHECK(w.effects.size() == 1);
  CHECK(only<ReportProblem>(w.effects)[0].code == code);
  CHECK(w.phase() == "Idle");
}

TEST_CASE("a description the browser refuses ends the call with a word to developer and peer") {
  World w;
  w.ringing_out();
  w.happens(from_v2(Answer{their_sdp, {}}, our_call));
  w.happens(DescriptionFailed{w.peer(), DescriptionStep::remote, "OperationError: no"});
  CHECK(w.reason() == EndReason::error);
  CHECK(sent<End>(w.effects) == std::vector{End{EndReason::error}});
  CHECK(only<ReportProblem>(w.effects)[0].code == "description-refused");
}

TEST_CASE("an old page answers: the person's new pages ring no more") {
  World w;
  w.ringing_out();
  w.happens(from_old(Answer{their_sdp, {}}));
  const auto messages = only<SendMessage>(w.effects);
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].signal == Signal{Select{here}});
  CHECK(!messages[0].header->to);

  World other;  // a new page of theirs
  other.rung();
  other.happens(from_v2(Select{there}));
  CHECK(other.reason() == EndReason::answered_elsewhere);
}

namespace {
/// Two offers are out by a socket that was open before, and the third is due.
World rings_in_vain() {
  World w;
  w.pass(1min);
  w.ringing_out();
  w.pass(3900ms);
  return w;
}
}  // namespace

TEST_CASE("two offers and no word: the third goes out by a fresh socket, once") {
  World w = rings_in_vain();
  const bool heard = GENERATE(false, true);
  if (heard) w.happens(from_v2(Ringing{}, our_call));
  const auto effects = w.pass(100ms);
  CHECK(only<OpenSocket>(effects).size() == (heard ? 0 : 1));
  CHECK(only<CloseSocket>(effects).empty());
  CHECK(sent<Offer>(effects).size() == (heard ? 1 : 0));
  CHECK(sent<Offer>(w.happens(SocketOpened{SocketKey{chat}})).size() == (heard ? 0 : 1));
  const auto later = w.pass(30s);
  CHECK(only<OpenSocket>(later).empty());
  CHECK(sent<Offer>(later).size() == 3);
}

TEST_CASE("a fresh socket that will not open leaves the one there is alone") {
  World w = rings_in_vain();
  w.pass(100ms);
  CHECK(sent<Offer>(w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms, true})).size() == 1);
  const auto later = w.pass(30s);
  CHECK(only<OpenSocket>(later).empty());
  CHECK(sent<Offer>(later).size() == 3);
  w.happens(from_old(Answer{their_sdp, {}}));
  CHECK(w.phase() == "Connecting");
}

TEST_CASE("a fresh socket that hangs for 10 s: nothing passes, and both are given up") {
  World w = rings_in_vain();
  const auto effects = w.pass(11s);
  CHECK(only<CloseSocket>(effects) == std::vector{CloseSocket{SocketKey{chat}}});
  CHECK(only<OpenSocket>(effects).size() == 2);
}
