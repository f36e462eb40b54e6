// Offers and answers inside a running call: who may make them, who gives way, and that the call outlives every failure.
#include "world.hpp"

using namespace odnix::scenario;

namespace {

const Sdp new_sdp{
    "v=0\r\no=- 3 3 IN IP4 0.0.0.0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n"};

/// A running audio call: ours, so that we insist, or theirs, so that we give way.
World running(bool outgoing) {
  World w;
  if (outgoing) {
    w.ringing_out(false).answered().connected();
  } else {
    w.rung(true).accepted().connected();
  }
  return w;
}
/// Our camera was switched on and opened: what follows.
Effects camera_on(World& w) {
  w.happens(CameraSwitched{true});
  w.devices_open(true);
  return w.effects;
}
void offered(World& w) {
  camera_on(w);
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
}

}  // namespace

TEST_CASE("the camera in an audio call: opened, then offered; the answer ends it, and switching needs no offer again") {
  World w = running(true);
  const auto asked = only<OpenMedia>(w.happens(CameraSwitched{true}));
  CHECK(asked == std::vector{OpenMedia{w.request(), false, true}});
  w.devices_open(true);
  CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{w.peer(), false, true}});
  CHECK(sent<MediaState>(w.effects) == std::vector{MediaState{true, true, true}});
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  CHECK(sent<Renegotiate>(w.effects) == std::vector{Renegotiate{of_offer, our_sdp, 1, 0, 0}});
  CHECK(w.happens(says(w, Renegotiate{of_answer, new_sdp, 1, 0, 0})) ==
        Effects{ApplyRemote{w.peer(), of_answer, new_sdp}});
  CHECK(w.happens(RemoteDescriptionApplied{w.peer()}) ==
        Effects{AttachMedia{w.peer()}, LimitMedia{w.peer(), 2000, 100, true}});
  w.happens(CameraSwitched{false});
  CHECK(only<CloseCamera>(w.effects).size() == 1);
  CHECK(only<CreateOffer>(camera_on(w)).empty());
  CHECK(w.phase() == "Active");
}

TEST_CASE("the other side's picture: taken and answered, and no camera of ours is touched") {
  World w = running(false);
  w.happens(says(w, MediaState{true, false}));
  w.happens(says(w, MediaState{true, true}));
  CHECK(w.call().video);
  CHECK(w.happens(says(w, Renegotiate{of_offer, new_sdp, 1, 0, 0})) ==
        Effects{ApplyRemote{w.peer(), of_offer, new_sdp, true}});
  w.happens(RemoteTrackAdded{w.peer(), MediaKind::video});
  CHECK(w.happens(RemoteDescriptionApplied{w.peer()}) == Effects{AttachMedia{w.peer()}, CreateAnswer{w.peer()}});
  w.happens(LocalDescriptionReady{w.peer(), of_answer, our_sdp});
  CHECK(sent<Renegotiate>(w.effects) == std::vector{Renegotiate{of_answer, our_sdp, 1, 0, 0}});
  CHECK(w.call().media.camera == DeviceState::closed);
  CHECK(only<CreateOffer>(camera_on(w)).empty());  // the line is there
}

TEST_CASE("an old peer is never offered anything in a call") {
  World w;
  w.rung_by_old().accepted().connected();
  w.happens(CameraSwitched{false});
  CHECK(only<CreateOffer>(camera_on(w)).empty());
  World audio;
  audio.happens(from_old(offer(true)));
  audio.happens(AcceptRequested{false});
  audio.devices_open(false);
  audio.happens(RemoteDescriptionApplied{audio.peer()});
  audio.happens(LocalDescriptionReady{audio.peer(), of_answer, our_sdp});
  audio.connected();
  CHECK(audio.happens(CameraSwitched{true}).empty());
  CHECK(audio.happens(from_old(Renegotiate{of_offer, new_sdp, 1, 0, 0})).empty());
}

TEST_CASE("glare: the caller insists and passes their offer over; the callee takes it and offers again afterwards") {
  const bool made = GENERATE(false, true);  // ours is out already, or still being made
  World caller = running(true);
  World callee = running(false);
  for (World* w : {&caller, &callee}) {
    camera_on(*w);
    if (made) w->happens(LocalDescriptionReady{w->peer(), of_offer, our_sdp});
  }
  const Renegotiate theirs{of_offer, new_sdp, 1, 0, 0};
  CHECK(caller.happens(says(caller, theirs)).empty());
  CHECK(callee.happens(says(callee, theirs)) == Effects{ApplyRemote{callee.peer(), of_offer, new_sdp, true}});
  if (!made) CHECK(callee.happens(LocalDescriptionReady{callee.peer(), of_offer, our_sdp}).empty());
  CHECK(only<CreateAnswer>(callee.happens(RemoteDescriptionApplied{callee.peer()})).size() == 1);
  callee.happens(LocalDescriptionReady{callee.peer(), of_answer, our_sdp});
  const auto answer = only<SendMessage>(callee.effects).front();
  CHECK(only<CreateOffer>(callee.effects).empty());  // the answer must be there first
  callee.happens(says(callee, Ack{answer.header->seq}));
  CHECK(only<CreateOffer>(callee.effects) == std::vector{CreateOffer{callee.peer(), false, true}});
}

TEST_CASE("an offer that comes while an answer is being applied waits its turn") {
  World w = running(true);
  offered(w);
  w.happens(says(w, Renegotiate{of_answer, new_sdp, 1, 0, 0}));
  CHECK(w.happens(says(w, Renegotiate{of_offer, new_sdp, 1, 0, 0})).empty());
  w.happens(RemoteDescriptionApplied{w.peer()});
  CHECK(only<ApplyRemote>(w.effects) == std::vector{ApplyRemote{w.peer(), of_offer, new_sdp, true}});
}

TEST_CASE("an offer that its own answer overtook on the other way was taken back over there, and is passed over") {
  const bool applied = GENERATE(false, true);  // the answer is still being applied, or has been
  World w = running(true);
  offered(w);
  w.happens(says(w, Renegotiate{of_answer, new_sdp, 1, 0, 0}, 10));
  if (applied) w.happens(RemoteDescriptionApplied{w.peer()});
  w.happens(says(w, Renegotiate{of_offer, new_sdp, 1, 0, 0}, 9));  // it crossed ours and gave way
  CHECK(only<ApplyRemote>(w.effects).empty());
  if (!applied) w.happens(RemoteDescriptionApplied{w.peer()});
  CHECK(only<ApplyRemote>(w.effects).empty());
  w.happens(says(w, Renegotiate{of_offer, new_sdp, 2, 0, 0}, 11));  // what is still wanted comes again
  CHECK(only<ApplyRemote>(w.effects).size() == 1);
}

TEST_CASE("no answer: taken back after 10 s, tried once more, then said, and the call goes on") {
  World w = running(true);
  offered(w);
  const auto again = w.pass(10s);
  CHECK(only<Rollback>(again).size() == 1);
  CHECK(only<CreateOffer>(again).size() == 1);
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  CHECK(sent<Renegotiate>(w.effects).front().round == 2);
  CHECK(w.happens(says(w, Renegotiate{of_answer, new_sdp, 1, 0, 0})).empty());  // of the first: too late
  const auto over = w.pass(10s);
  CHECK(only<Rollback>(over).size() == 1);
  CHECK(only<CreateOffer>(over).empty());
  CHECK(only<ReportProblem>(over).front().code == "renegotiation-failed");
  CHECK(w.phase() == "Active");
  w.happens(CameraSwitched{false});
  CHECK(only<CreateOffer>(camera_on(w)).size() == 1);  // a new press is a new try
}

TEST_CASE("a lost offer is said again until it is acknowledged, and no older one after it") {
  World w = running(true);
  offered(w);
  const auto first = only<SendMessage>(w.effects).front();
  CHECK(sent<Renegotiate>(w.pass(1s)).size() == 1);
  w.happens(says(w, Ack{first.header->seq}));
  CHECK(sent<Renegotiate>(w.pass(8s)).empty());
}

TEST_CASE("what the browser refuses is taken back, and the call goes on") {
  World w = running(true);
  SECTION("our offer") {
    camera_on(w);
    w.happens(DescriptionFailed{w.peer(), DescriptionStep::offer, "no"});
    CHECK(only<CreateOffer>(w.effects).size() == 1);
    w.happens(DescriptionFailed{w.peer(), DescriptionStep::offer, "no"});
    CHECK(only<ReportProblem>(w.effects).size() == 1);
  }
  SECTION("an offer of somebody else's") {
    w.happens(says(w, Renegotiate{of_offer, new_sdp, 1, 0, 0}));
    w.happens(DescriptionFailed{w.peer(), DescriptionStep::certificate, "another certificate"});
    CHECK(only<CreatePeer>(w.effects).empty());
  }
  SECTION("our answer") {
    w.happens(says(w, Renegotiate{of_offer, new_sdp, 1, 0, 0}));
    w.happens(RemoteDescriptionApplied{w.peer()});
    w.happens(DescriptionFailed{w.peer(), DescriptionStep::answer, "no"});
  }
  CHECK(only<Rollback>(w.effects).size() == 1);
  CHECK(w.phase() == "Active");
}

TEST_CASE("a description of theirs that the browser refuses: one new connection, and a pause before the next") {
  World w = running(true);
  const bool offer = GENERATE(false, true);
  const PeerId before = w.peer();
  const auto refused = [&] {
    w.happens(says(w, Renegotiate{offer ? of_offer : of_answer, new_sdp, 1, 0, 0}));
    w.happens(DescriptionFailed{w.peer(), DescriptionStep::remote, "the order of lines"});
  };
  if (!offer) offered(w);
  const bool open = GENERATE(true, false);
  if (!open) w.happens(SocketClosed{{chat}, 1006, 0ms});
  refused();
  if (!open) {  // though media flows, it waits for the socket
    CHECK(only<CreatePeer>(w.effects).empty());
    CHECK(w.phase() == "Active");
    w.happens(MediaFlowChanged{w.peer(), true});
    w.pass(100ms);
    w.happens(SocketOpened{{chat}});
    CHECK(only<CreatePeer>(w.effects).size() == 1);
  } else {
    CHECK(only<Rollback>(w.effects) == std::vector{Rollback{before}});
    CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{before}});
    CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{w.peer(), false, false}});
    CHECK(w.phase() == "Reconnecting");
  }
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  const auto offers = sent<Renegotiate>(w.effects);
  REQUIRE(offers.size() == 1);
  CHECK(offers[0].epoch == 1);
  w.happens(says(w, Renegotiate{of_answer, new_sdp, offers[0].round, offers[0].generation, 1}));
  w.happens(RemoteDescriptionApplied{w.peer()});
  w.happens(ConnectionChanged{w.peer(), ConnectionState::connected, IceState::connected});
  w.happens(MediaFlowChanged{w.peer(), true});
  CHECK(w.phase() == "Active");
  const PeerId mended = w.peer();
  const auto go_on = [&w](int seconds) {
    for (; seconds > 0; --seconds) {
      w.pass(1s);
      w.happens(says(w, Ack{99}));  // the socket is known to live
    }
  };
  go_on(20);
  for (const std::uint32_t round : {7U, 8U}) {
    w.happens(says(w, Renegotiate{of_offer, new_sdp, round, w.call().links.front().negotiation.theirs, 1}));
    w.happens(DescriptionFailed{w.peer(), DescriptionStep::remote, "again"});
  }
  go_on(39);
  CHECK(w.peer() == mended);
  CHECK(w.phase() == "Active");
  SECTION("refused to the end: the next after a pause, once the socket is open") {
    if (!open) w.happens(SocketClosed{{chat}, 1006, 0ms});
    w.pass(1s);
    if (!open) {
      CHECK(w.peer() == mended);
      w.happens(SocketOpened{{chat}});
    }
    CHECK(w.peer() != mended);
    CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{w.peer(), false, false}});
    CHECK(w.phase() == "Reconnecting");
  }
  SECTION("one that is taken meanwhile: nothing is in doubt any more") {
    w.happens(says(w, Renegotiate{of_offer, new_sdp, 9, w.call().links.front().negotiation.theirs, 1}));
    w.happens(RemoteDescriptionApplied{w.peer()});
    w.happens(LocalDescriptionReady{w.peer(), of_answer, our_sdp});
    w.pass(5min);
    CHECK(w.peer() == mended);
    CHECK(w.phase() == "Active");
  }
}

TEST_CASE("an answer to an offer that was taken back: they stand on it, so both begin anew from a restart") {
  World w = running(true);
  offered(w);
  w.pass(10s);
  w.happens(CameraSwitched{false});
  w.happens(DescriptionFailed{w.peer(), DescriptionStep::offer, "no"});  // the second try: nothing is offered any more
  REQUIRE(w.call().links.front().negotiation.step == NegotiationStep::idle);
  const Effects late = w.happens(says(w, Renegotiate{of_answer, new_sdp, 1, 0, 0}));
  CHECK(only<CreateOffer>(late) == std::vector{CreateOffer{w.peer(), true, false}});
  CHECK(only<ApplyRemote>(late).empty());
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  w.happens(says(w, Renegotiate{of_answer, new_sdp, 2, 1, 0}));
  w.happens(RemoteDescriptionApplied{w.peer()});
  CHECK(w.happens(says(w, Renegotiate{of_answer, new_sdp, 2, 1, 0})).empty());  // nothing is in doubt any more
}

TEST_CASE("candidates of a restart wait for its description, those of before come to nothing") {
  World w = running(true);
  CHECK(w.happens(says(w, Candidates{{candidate(7)}, 1})).empty());
  w.happens(says(w, Renegotiate{of_offer, new_sdp, 1, 1, 0}));
  CHECK(w.happens(says(w, Candidates{{candidate(8)}, 1})).empty());
  w.happens(RemoteDescriptionApplied{w.peer()});
  CHECK(only<AddCandidates>(w.effects) == std::vector{AddCandidates{w.peer(), {candidate(7), candidate(8)}}});
  CHECK(w.happens(says(w, Candidates{{candidate(9)}, 0})).empty());
  CHECK(only<AddCandidates>(w.happens(says(w, Candidates{{candidate(9)}, 1}))).size() == 1);
}

TEST_CASE("who still negotiates in a call that is over here hears how it ended") {
  World w = running(true);
  const CallId id = w.call().id;
  w.happens(HangUpRequested{});
  auto late = from_v2(Renegotiate{of_offer, new_sdp, 1, 0, 0}, id);
  late.header->to = here;
  CHECK(sent<End>(w.happens(late)) == std::vector{End{EndReason::hangup}});
}

TEST_CASE("nobody but the page we talk with changes the call") {
  World w = running(true);
  CHECK(w.happens(from_v2(Renegotiate{of_offer, new_sdp, 1, 0, 0}, w.call().id, elsewhere)).empty());
  CHECK(w.happens(says(w, Renegotiate{of_answer, new_sdp, 0, 0, 0})).empty());
}
