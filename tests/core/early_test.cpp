// Connected while it rings: what is made, what is said, and what is not.
#include "world.hpp"

using namespace odnix::scenario;

namespace {

constexpr ConnectionState up = ConnectionState::connected;

World page(Preconnect wish, bool relay = false, bool only = false) {
  World w;
  Self self = w.state.self;
  self.preconnect = wish;
  w.happens(PageOpened{self});
  w.happens(SocketOpened{SocketKey{chat}});
  w.happens(RingRightGranted{});
  w.happens(RelayKnown{relay, only});
  return w;
}

PeerId last_peer(const World& w) { return w.call().links.back().peer; }

/// Rings, and the connection beside the ring is agreed on; no path yet.
World agreed(World w) {
  w.rung();
  w.happens(LocalDescriptionReady{last_peer(w), of_offer, our_sdp});
  w.happens(CandidateGathered{last_peer(w), candidate(1)});
  w.happens(from_v2(Early{of_answer, their_sdp, {}}));
  w.happens(RemoteDescriptionApplied{last_peer(w)});
  return w;
}
World linked(World w) {
  w = agreed(std::move(w));
  w.happens(ConnectionChanged{last_peer(w), up, IceState::connected});
  REQUIRE(w.phase() == "InRinging");
  return w;
}
World calling_linked() {
  World w = page(Preconnect::automatic);
  w.ringing_out();
  w.happens(from_v2(Early{of_offer, their_sdp, {}}, our_call));
  const PeerId beside = last_peer(w);
  w.happens(RemoteDescriptionApplied{beside});
  w.happens(LocalDescriptionReady{beside, of_answer, our_sdp});
  w.happens(ConnectionChanged{beside, up, IceState::connected});
  REQUIRE(w.phase() == "OutRinging");
  return w;
}

template <class S>
bool says(const World& w) {
  for (const auto& message : only<SendByChannel>(w.effects))
    if (std::get_if<S>(&message.message.signal)) return true;
  return !sent<S>(w.effects).empty();
}

}  // namespace

TEST_CASE("never: nothing is made while it rings") {
  World w = page(Preconnect::never, true);
  w.rung();
  CHECK(only<CreatePeer>(w.effects).empty());
}

TEST_CASE("without a relay everything is made and nothing leaves: neither hears a candidate of the other") {
  World w = page(Preconnect::automatic);
  w.rung();
  const PeerId peer = w.peer();
  CHECK(only<CreatePeer>(w.effects) == std::vector{CreatePeer{peer, false, true, true, false}});
  CHECK(only<ApplyRemote>(w.effects) == std::vector{ApplyRemote{peer, of_offer, their_sdp, true}});
  CHECK(w.happens(from_v2(Candidates{{candidate(7)}, 0})).empty());
  CHECK(w.happens(RemoteDescriptionApplied{peer}) == Effects{CreateAnswer{peer}});
  CHECK(w.happens(LocalDescriptionReady{peer, of_answer, our_sdp}).empty());
  CHECK(w.happens(CandidateGathered{peer, candidate(1)}).empty());

  w.happens(AcceptRequested{true});
  CHECK(w.effects == Effects{StopTone{}, OpenMedia{RequestId{2}, true, true}, AdmitPeer{peer},
                             SendMessage{chat, Header{their_call, here, there, 2}, Answer{our_sdp, {candidate(1)}}},
                             AddFrom{peer, their_sdp}, AddCandidates{peer, {candidate(7)}}});
  CHECK(w.phase() == "Connecting");
  w.devices_open(true);
  CHECK(w.effects == Effects{AttachMedia{peer}});
  w.connected();
}

TEST_CASE("an accept that comes before our own answer is ready goes on from there") {
  World w = page(Preconnect::automatic);
  w.rung();
  const PeerId peer = w.peer();
  const bool applied = GENERATE(false, true);
  CAPTURE(applied);
  w.happens(from_v2(Candidates{{candidate(7)}, 0}));
  if (applied) w.happens(RemoteDescriptionApplied{peer});
  w.happens(AcceptRequested{true});
  Effects expected{StopTone{}, OpenMedia{RequestId{2}, true, true}, AdmitPeer{peer}, AddFrom{peer, their_sdp}};
  if (applied) expected.push_back(AddCandidates{peer, {candidate(7)}});
  CHECK(w.effects == expected);
  CHECK(w.phase() == "Connecting");
  if (!applied) {
    CHECK(w.happens(RemoteDescriptionApplied{peer}) ==
          Effects{AddCandidates{peer, {candidate(7)}}, CreateAnswer{peer}});
  }
  w.happens(LocalDescriptionReady{peer, of_answer, our_sdp});
  CHECK(sent<Answer>(w.effects) == std::vector{Answer{our_sdp, {}}});
  w.devices_open(true);
  CHECK(w.effects == Effects{AttachMedia{peer}});
  w.connected();
}

TEST_CASE("the browser refuses what was half prepared after accept: the call ends and says so") {
  World w = page(Preconnect::automatic);
  w.rung();
  const PeerId peer = w.peer();
  w.happens(AcceptRequested{true});
  w.happens(DescriptionFailed{peer, DescriptionStep::remote, "no"});
  CHECK(w.phase() == "Ended");
}

TEST_CASE("an old caller hears nothing before accept, whatever the page may do") {
  World w = page(Preconnect::always, true);
  w.rung_by_old();
  const PeerId peer = w.peer();
  CHECK(only<ApplyRemote>(w.effects) == std::vector{ApplyRemote{peer, of_offer, their_sdp, true}});
  w.happens(RemoteDescriptionApplied{peer});
  CHECK(w.happens(LocalDescriptionReady{peer, of_answer, our_sdp}).empty());
  CHECK(w.happens(CandidateGathered{peer, candidate(1)}).empty());
  w.happens(AcceptRequested{true});
  CHECK(sent<Answer>(w.effects) == std::vector{Answer{our_sdp, {candidate(1)}}});
}

TEST_CASE("a browser that gives up while everything is kept back begins anew at accept, and nothing waits for ever") {
  World w = page(Preconnect::automatic);
  const bool old = GENERATE(false, true);
  const IceState state = GENERATE(IceState::failed, IceState::disconnected);
  CAPTURE(old, state);
  if (old) {
    w.rung_by_old();
  } else {
    w.rung();
  }
  const PeerId given_up = w.peer();
  w.happens(RemoteDescriptionApplied{given_up});
  w.happens(LocalDescriptionReady{given_up, of_answer, our_sdp});
  CHECK(w.happens(ConnectionChanged{given_up, ConnectionState::connecting, state}).empty());
  w.happens(AcceptRequested{true});
  const PeerId peer = w.peer();
  CHECK(peer != given_up);
  CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{given_up}});
  CHECK(only<ApplyRemote>(w.effects) == std::vector{ApplyRemote{peer, of_offer, their_sdp}});
  CHECK_FALSE(w.call().links.front().recovery);
  w.happens(RemoteDescriptionApplied{peer});
  w.happens(LocalDescriptionReady{peer, of_answer, our_sdp});
  CHECK(sent<Answer>(w.effects) == std::vector{Answer{our_sdp, {}}});
  w.devices_open(true);
  w.connected();
}

TEST_CASE("with a relay the page offers a connection beside the ring, once a relayed candidate is there") {
  World w = page(Preconnect::automatic, true);
  w.rung();
  const PeerId peer = last_peer(w);
  CHECK(only<CreatePeer>(w.effects) == std::vector{CreatePeer{peer, true, true, true, true}});
  CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{peer, false, false}});
  CHECK(w.happens(LocalDescriptionReady{peer, of_offer, our_sdp}).empty());
  CHECK(w.happens(CandidateGathered{peer, candidate(1)}) ==
        Effects{SendMessage{chat, Header{their_call, here, there, 2}, Early{of_offer, our_sdp, {candidate(1)}}}});
  CHECK(w.happens(CandidateGathered{peer, candidate(2)}).empty());
  const auto batch = sent<Candidates>(w.pass(100ms));
  CHECK(batch == std::vector{Candidates{{candidate(2)}, 0, 1}});
  w.happens(from_v2(Early{of_answer, their_sdp, {}}));
  CHECK(w.effects == Effects{ApplyRemote{peer, of_answer, their_sdp}});
}

TEST_CASE("always: the same by any way, and at once") {
  World w = page(Preconnect::always);
  w.rung();
  const PeerId peer = last_peer(w);
  CHECK(only<CreatePeer>(w.effects) == std::vector{CreatePeer{peer, true, true, true, false}});
  w.happens(LocalDescriptionReady{peer, of_offer, our_sdp});
  CHECK(sent<Early>(w.effects) == std::vector{Early{of_offer, our_sdp, {}}});
}

TEST_CASE("only the tab that rings aloud connects; the others keep back") {
  World w;
  Self self = w.state.self;
  self.preconnect = Preconnect::always;
  w.happens(PageOpened{self});
  w.happens(SocketOpened{SocketKey{chat}});
  w.rung();
  CHECK(only<CreatePeer>(w.effects) == std::vector{CreatePeer{w.peer(), false, true, true, false}});
}

TEST_CASE("accept on a path that stands: one word, and the call runs; then a shorter way is looked for") {
  World w = linked(page(Preconnect::automatic, true));
  const PeerId peer = last_peer(w);
  w.happens(AcceptRequested{true});
  CHECK(w.phase() == "Connecting");
  CHECK(w.peer() == peer);
  CHECK(only<AdmitPeer>(w.effects) == std::vector{AdmitPeer{peer}});
  CHECK(says<Accept>(w));
  CHECK(!says<Answer>(w));
  CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{peer, true, false}});
  w.devices_open(true);
  CHECK(only<AttachMedia>(w.effects) == std::vector{AttachMedia{peer}});
  w.happens(ConnectionChanged{peer, up, IceState::completed});
  CHECK(w.phase() == "Connecting");  // they may not have heard of it
  w.happens(from_v2(MediaState{true, true, true}));
  CHECK(w.phase() == "Active");
}

TEST_CASE("no track is on a connection before its person accepts") {
  World w = page(Preconnect::always);
  w = linked(std::move(w));
  CHECK(w.happens(MicrophoneSwitched{true}).empty());
  CHECK(w.happens(CameraSwitched{true}).empty());
  World caller = page(Preconnect::automatic);
  caller.happens(StartRequested{our_call, true});
  caller.happens(LocalDescriptionReady{caller.peer(), of_offer, our_sdp});
  caller.devices_open(true);
  caller.happens(from_v2(Early{of_offer, their_sdp, {}}, our_call));
  const PeerId beside = last_peer(caller);
  CHECK(caller.effects == Effects{CreatePeer{beside, false, true, true, false}, OpenChannel{beside},
                                  ApplyRemote{beside, of_offer, their_sdp}});
  CHECK(caller.happens(RemoteDescriptionApplied{beside}) == Effects{CreateAnswer{beside}});
  caller.happens(LocalDescriptionReady{beside, of_answer, our_sdp});
  CHECK(sent<Early>(caller.effects) == std::vector{Early{of_answer, our_sdp, {}}});
  CHECK(caller.happens(CameraSwitched{false}) == Effects{CloseCamera{}, AttachMedia{caller.peer()}});
}

TEST_CASE("the caller hears accept: the ring's own connection goes, the other devices are told, tracks are put on") {
  World w = calling_linked();
  const PeerId first = w.peer();
  const PeerId beside = last_peer(w);
  w.happens(from_v2(Accept{}, our_call));
  CHECK(w.phase() == "Active");
  CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{first}});
  CHECK(only<AdmitPeer>(w.effects) == std::vector{AdmitPeer{beside}});
  CHECK(only<AttachMedia>(w.effects) == std::vector{AttachMedia{beside}});
  CHECK(sent<Select>(w.effects) == std::vector{Select{there}});
  CHECK(only<StopTone>(w.effects).size() == 1);
}

TEST_CASE("another device answers, a new one or an old one: the first offer still stands") {
  for (const bool old : {false, true}) {
    World w = calling_linked();
    const PeerId first = w.peer();
    const PeerId beside = last_peer(w);
    w.happens(old ? from_old(Answer{their_sdp, {}}) : from_v2(Answer{their_sdp, {}}, our_call, elsewhere));
    CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{beside}});
    CHECK(only<ApplyRemote>(w.effects) == std::vector{ApplyRemote{first, of_answer, their_sdp}});
    CHECK(w.peer() == first);
    w.happens(from_v2(Accept{}, our_call));
    CHECK(sent<End>(w.effects) == std::vector{End{EndReason::answered_elsewhere}});
  }
}

TEST_CASE("of several pages that ring the caller takes the first that offers") {
  World w = calling_linked();
  CHECK(w.happens(from_v2(Early{of_offer, their_sdp, {}}, our_call, elsewhere)).empty());
  w.happens(ConnectionChanged{last_peer(w), ConnectionState::failed, IceState::failed});
  const PeerId dead = last_peer(w);
  w.happens(from_v2(Early{of_offer, their_sdp, {}}, our_call, elsewhere, bob, 9));
  CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{dead}});
  CHECK(only<CreatePeer>(w.effects).size() == 1);
}

TEST_CASE("a path that failed while it rang is no way to accept") {
  World w = linked(page(Preconnect::always));
  const PeerId beside = last_peer(w);
  w.happens(ConnectionChanged{beside, ConnectionState::failed, IceState::failed});
  w.happens(AcceptRequested{true});
  CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{beside}});
  CHECK(only<ApplyRemote>(w.effects) == std::vector{ApplyRemote{w.peer(), of_offer, their_sdp}});
}

TEST_CASE("a browser that refuses what is made while it rings: it rings on") {
  for (const Preconnect wish : {Preconnect::automatic, Preconnect::always}) {
    World w = page(wish);
    w.rung();
    const PeerId peer = last_peer(w);
    w.happens(DescriptionFailed{peer, DescriptionStep::remote, "no"});
    CHECK(w.effects == Effects{ClosePeer{peer}});
    CHECK(w.phase() == "InRinging");
    w.happens(AcceptRequested{true});
    CHECK(w.phase() == "Connecting");
  }
}

TEST_CASE("whatever ends a ring closes what was made for it") {
  const std::vector<Event> ends{DeclineRequested{}, from_v2(End{EndReason::cancelled}), from_v2(Select{elsewhere}),
                                TabSaid{{TabNews::accepted, their_call, chat, bob, 0}}, PageHidden{true}};
  for (const Event& event : ends) {
    INFO(describe(event));
    World w = linked(page(Preconnect::always));
    const PeerId beside = last_peer(w);
    w.happens(event);
    CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{beside}});
  }
  World w = page(Preconnect::automatic);
  w.rung();
  const PeerId prepared = w.peer();
  w.happens(from_v2(offer(), our_call));  // the caller's page was reloaded: another call
  CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{prepared}});
}

TEST_CASE("accepted, we learn that another device of ours was taken") {
  World w = linked(page(Preconnect::always));
  w.happens(AcceptRequested{true});
  w.happens(from_v2(Select{elsewhere}));
  CHECK(w.reason() == EndReason::answered_elsewhere);
}

TEST_CASE("candidates of the ring and of the connection beside it do not mix") {
  World w = calling_linked();
  const PeerId beside = last_peer(w);
  CHECK(w.happens(from_v2(Candidates{{candidate(3)}, 0, 1}, our_call)) ==
        Effects{AddCandidates{beside, {candidate(3)}}});
  CHECK(only<AddCandidates>(w.happens(from_v2(Candidates{{candidate(4)}, 0, 0}, our_call))).empty());
  w.happens(from_v2(Accept{}, our_call));
  CHECK(only<AddCandidates>(w.happens(from_v2(Candidates{{candidate(5)}, 0, 0}, our_call))).empty());
  CHECK(only<AddCandidates>(w.happens(from_v2(Candidates{{candidate(6)}, 0, 1}, our_call))).size() == 1);
}

TEST_CASE("an offer to change the call that overtakes the word of accept is kept for after it") {
  World w = calling_linked();
  const PeerId beside = last_peer(w);
  CHECK(only<ApplyRemote>(w.happens(from_v2(Renegotiate{of_offer, their_sdp, 1, 1, 0}, our_call))).empty());
  w.happens(from_v2(Accept{}, our_call));
  CHECK(only<ApplyRemote>(w.effects) == std::vector{ApplyRemote{beside, of_offer, their_sdp, true}});
}

TEST_CASE("after accept an old page of theirs ends nothing: it means its own ring") {
  const bool here_accepts = GENERATE(false, true);
  World w = here_accepts ? linked(page(Preconnect::automatic, true)) : calling_linked();
  if (here_accepts) {
    w.happens(AcceptRequested{true});
  } else {
    w.happens(from_v2(Accept{}, our_call));
  }
  w.happens(from_old(End{}));
  CHECK((w.phase() == "Connecting" || w.phase() == "Active"));
}

TEST_CASE("candidates that come before their early offer are kept for it") {
  World w = page(Preconnect::automatic);
  w.ringing_out();
  w.happens(from_v2(Candidates{{candidate(7)}, 0, 1}, our_call));
  w.happens(from_v2(Early{of_offer, their_sdp, {}}, our_call));
  const PeerId beside = last_peer(w);
  CHECK(only<AddCandidates>(w.happens(RemoteDescriptionApplied{beside})) ==
        std::vector{AddCandidates{beside, {candidate(7)}}});
}

TEST_CASE("a path that is lost while it rings is looked for from Accept on, and so is one on another network") {
  World w = linked(page(Preconnect::always));
  const bool lost = GENERATE(false, true);
  const PeerId beside = last_peer(w);
  if (lost) {
    w.happens(ConnectionChanged{beside, ConnectionState::disconnected, IceState::disconnected});
  } else {
    w.happens(NetworkChanged{true});
  }
  CHECK(only<CreateOffer>(w.effects).empty());
  w.happens(AcceptRequested{true});
  CHECK(only<CreateOffer>(w.effects) == std::vector{CreateOffer{beside, true, false}});
}
