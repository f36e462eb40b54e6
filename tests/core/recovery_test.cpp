// A lost path: noticed when media stops, restarted every 4 s, built anew where a restart cannot help, given up after 30
// s.
#include "world.hpp"

using namespace odnix::scenario;

namespace {

/// In a call in which the other side is known to send.
World flowing() {
  World w;
  w.in_call();
  w.happens(says(w, MediaState{true, true, true}));
  w.happens(MediaFlowChanged{w.peer(), true});
  return w;
}
World stalled() {
  World w = flowing();
  w.happens(MediaFlowChanged{w.peer(), false});
  REQUIRE(w.phase() == "Reconnecting");
  return w;
}
void state(World& w, ConnectionState connection) {
  const auto ice = connection == ConnectionState::connected ? IceState::connected : IceState::disconnected;
  w.happens(ConnectionChanged{w.peer(), connection, ice});
}
/// The other side has heard everything so far: the socket is sound.
void heard_so_far(World& w) {
  const auto waiting = w.state.unacked;
  for (const auto& item : waiting) w.happens(says(w, Ack{item.message.header->seq}));
}
/// What was offered is answered, and both descriptions stand.
void answered(World& w) {
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  const auto offers = sent<Renegotiate>(w.effects);
  REQUIRE(offers.size() == 1);
  heard_so_far(w);
  w.happens(says(w, Renegotiate{of_answer, their_sdp, offers[0].round, offers[0].generation, offers[0].epoch}));
  w.happens(RemoteDescriptionApplied{w.peer()});
}
std::vector<CreateOffer> restarts(const Effects& effects) { return only<CreateOffer>(effects); }

}  // namespace

TEST_CASE("media that stops is a lost path: restarted at once and every 4 s; media that is back ends it") {
  World w = flowing();
  w.happens(MediaFlowChanged{w.peer(), false});
  CHECK(w.phase() == "Reconnecting");
  CHECK(restarts(w.effects) == std::vector{CreateOffer{w.peer(), true, false}});
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  CHECK(sent<Renegotiate>(w.effects) == std::vector{Renegotiate{of_offer, our_sdp, 1, 1, 0}});
  heard_so_far(w);
  CHECK(restarts(w.pass(3900ms)).empty());
  CHECK(restarts(w.pass(200ms)).size() == 1);
  answered(w);
  w.happens(MediaFlowChanged{w.peer(), true});
  CHECK(w.phase() == "Active");
  CHECK(restarts(w.pass(20s)).empty());
}

TEST_CASE("a restart that was just answered is given its time before the next") {
  World w = stalled();
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  w.pass(600ms);
  heard_so_far(w);
  w.pass(2400ms);
  w.happens(says(w, Renegotiate{of_answer, their_sdp, 1, 1, 0}));
  w.happens(RemoteDescriptionApplied{w.peer()});
  CHECK(restarts(w.pass(3900ms)).empty());
  CHECK(restarts(w.pass(200ms)).size() == 1);
}

TEST_CASE("connected again: what comes by it has its time before a restart; lost once more, it is restarted at once") {
  World w = stalled();
  answered(w);
  state(w, ConnectionState::connected);
  CHECK(restarts(w.pass(4500ms)).empty());
  state(w, ConnectionState::disconnected);
  CHECK(restarts(w.effects).size() == 1);
}

TEST_CASE("an offer for the connection before ours: they are back, and our offer is said again at once") {
  World w = flowing();
  state(w, ConnectionState::failed);
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  const auto offer = sent<Renegotiate>(w.effects);
  REQUIRE(offer.size() == 1);
  w.pass(600ms);
  w.happens(says(w, Renegotiate{of_offer, their_sdp, 1, 1, 0}));
  CHECK(sent<Renegotiate>(w.effects) == offer);
  heard_so_far(w);
  w.happens(says(w, Renegotiate{of_offer, their_sdp, 2, 2, 0}));
  CHECK(w.effects.empty());
}

TEST_CASE("a lost path does not wait for its socket: 4 s to open, then after 0.3 s anew") {
  World w = stalled();
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  const auto opened = [&](Duration after) { return only<OpenSocket>(w.pass(after)).size(); };
  w.happens(TimePassed{});
  CHECK(opened(3900ms) == 0);
  for (int tries = 0; tries < 3; ++tries) CHECK(opened(4300ms) == 1);
}

TEST_CASE("who sends nothing is not lost: muted and without a camera is silence that was meant") {
  World w = flowing();
  SECTION("said before") {
    w.happens(says(w, MediaState{false, false, false}));
    w.happens(MediaFlowChanged{w.peer(), false});
  }
  SECTION("said a moment after") {
    w.happens(MediaFlowChanged{w.peer(), false});
    w.happens(says(w, MediaState{false, false, false}));
  }
  CHECK(w.phase() == "Active");
  CHECK(restarts(w.pass(30s)).empty());
}

TEST_CASE("a muted microphone still sends: its silence is a lost path") {
  World w = flowing();
  w.happens(says(w, MediaState{false, false, true}));
  w.happens(MediaFlowChanged{w.peer(), false});
  CHECK(w.phase() == "Reconnecting");
}

TEST_CASE("disconnected restarts; the restart alone ends nothing; after 30 s it is over, with the reason") {
  World w;
  w.in_call();
  state(w, ConnectionState::disconnected);
  CHECK(restarts(w.effects).size() == 1);
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  heard_so_far(w);
  w.pass(29900ms);
  CHECK(w.phase() == "Reconnecting");
  const auto end = w.pass(200ms);
  CHECK(w.reason() == EndReason::connection_failed);
  CHECK(only<CloseMedia>(end).size() == 1);
  CHECK(sent<End>(end) == std::vector{End{EndReason::connection_failed}});
}

TEST_CASE("disconnected while packets come: believed after 15 s, or when they stop; a lossy line says it for seconds") {
  World w = flowing();
  state(w, ConnectionState::disconnected);
  CHECK(restarts(w.pass(14900ms)).empty());
  state(w, ConnectionState::connected);
  CHECK(restarts(w.pass(10s)).empty());
  CHECK(w.phase() == "Active");

  World doubted = flowing();
  state(doubted, ConnectionState::disconnected);
  CHECK(restarts(doubted.pass(15s)).size() == 1);
  CHECK(doubted.phase() == "Reconnecting");

  World silent = flowing();
  state(silent, ConnectionState::disconnected);
  CHECK(silent.phase() == "Active");
  silent.happens(MediaFlowChanged{silent.peer(), false});
  CHECK(silent.phase() == "Reconnecting");
}

TEST_CASE("failed: a new connection inside the same call, in the next epoch") {
  World w = flowing();
  const PeerId old = w.peer();
  state(w, ConnectionState::failed);
  CHECK(w.phase() == "Reconnecting");
  const PeerId fresh = w.peer();
  CHECK(fresh != old);
  CHECK(w.effects == Effects{ClosePeer{old}, CreatePeer{fresh, true, true}, OpenChannel{fresh}, AttachMedia{fresh},
                             CreateOffer{fresh, false, false}, MeterMicrophone{false}});
  w.happens(LocalDescriptionReady{fresh, of_offer, our_sdp});
  CHECK(sent<Renegotiate>(w.effects) == std::vector{Renegotiate{of_offer, our_sdp, 1, 1, 1}});
  CHECK(w.happens(says(w, Renegotiate{of_answer, their_sdp, 1, 1, 0})).empty());  // of the old connection
  w.happens(says(w, Renegotiate{of_answer, their_sdp, 1, 1, 1}));
  w.happens(RemoteDescriptionApplied{fresh});
  w.happens(ConnectionChanged{old, ConnectionState::closed, IceState::closed});
  state(w, ConnectionState::connected);
  w.happens(MediaFlowChanged{fresh, true});
  CHECK(w.phase() == "Active");
}

TEST_CASE("a socket that opens repeats the offer of a connection made a moment ago, and makes an older one anew") {
  const bool fresh = GENERATE(true, false);
  World w = flowing();
  state(w, ConnectionState::failed);
  const PeerId made = w.peer();
  w.happens(LocalDescriptionReady{made, of_offer, our_sdp});
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  w.pass(fresh ? 900ms : 1100ms);
  const auto effects = w.happens(SocketOpened{SocketKey{chat}});
  CHECK(only<CreatePeer>(effects).size() == (fresh ? 0 : 1));
  CHECK(sent<Renegotiate>(effects).size() == 1);  // until the new one is there, it may still be taken
  CHECK((w.peer() == made) == fresh);
}

TEST_CASE("a restart without an answer is taken back, and begun anew: they may have answered one before it") {
  World w = stalled();
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  w.happens(MediaFlowChanged{w.peer(), true});
  CHECK(w.phase() == "Active");
  const auto effects = w.pass(10s);
  CHECK(only<Rollback>(effects).size() == 1);
  CHECK(only<CreateOffer>(effects) == std::vector{CreateOffer{w.peer(), true, false}});
}

TEST_CASE("a restart that was taken back while the socket was down is begun anew, though media came back meanwhile") {
  World w = stalled();
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  w.happens(SocketClosed{{chat}, 1006, 0ms});
  w.pass(10100ms);
  REQUIRE(w.call().links.front().negotiation.step == NegotiationStep::idle);
  w.happens(MediaFlowChanged{w.peer(), true});
  CHECK(w.phase() == "Active");
  CHECK(restarts(w.happens(SocketOpened{{chat}})) == std::vector{CreateOffer{w.peer(), true, false}});
}

TEST_CASE("their new connection is followed, with our devices; not more often than once a second") {
  World w = flowing();
  const PeerId old = w.peer();
  w.happens(says(w, Renegotiate{of_offer, their_sdp, 1, 1, 1}));
  const PeerId fresh = w.peer();
  CHECK(w.effects == Effects{ClosePeer{old}, CreatePeer{fresh, false, true}, OpenChannel{fresh},
                             ApplyRemote{fresh, of_offer, their_sdp, true}, MeterMicrophone{false}});
  CHECK(w.phase() == "Reconnecting");
  CHECK(w.happens(says(w, Renegotiate{of_offer, their_sdp, 2, 2, 2})).empty());
  SECTION("but then without being told again") {
    CHECK(only<CreatePeer>(w.pass(900ms)).empty());
    const auto made = only<CreatePeer>(w.pass(100ms));
    CHECK(made == std::vector{CreatePeer{w.peer(), false, true}});
    CHECK(w.call().links.front().negotiation.epoch == 2);
    return;
  }
  CHECK(w.happens(RemoteDescriptionApplied{fresh}) == Effects{AttachMedia{fresh}, CreateAnswer{fresh}});
  w.happens(LocalDescriptionReady{fresh, of_answer, our_sdp});
  CHECK(sent<Renegotiate>(w.effects) == std::vector{Renegotiate{of_answer, our_sdp, 1, 1, 1}});
}

TEST_CASE("both build a new connection: the callee follows the caller's") {
  World caller = flowing();
  World callee;
  callee.rung().accepted().connected();
  for (World* w : {&caller, &callee}) {
    state(*w, ConnectionState::failed);
    w->happens(LocalDescriptionReady{w->peer(), of_offer, our_sdp});
    w->pass(1s);
    w->happens(says(*w, Renegotiate{of_offer, their_sdp, 1, 1, 1}));
  }
  CHECK(only<ApplyRemote>(caller.effects).empty());
  CHECK(only<CreatePeer>(callee.effects).size() == 1);
  CHECK(only<ApplyRemote>(callee.effects).size() == 1);
}

TEST_CASE("connected again, but nothing comes: a new connection after 5 s") {
  World w = stalled();
  state(w, ConnectionState::disconnected);
  answered(w);
  state(w, ConnectionState::connected);
  CHECK(w.phase() == "Reconnecting");
  CHECK(only<CreatePeer>(w.pass(4900ms)).empty());
  CHECK(only<CreatePeer>(w.pass(200ms)).size() == 1);
}

TEST_CASE("a socket that says nothing while we offer is opened anew, one that speaks is not") {
  const bool speaks = GENERATE(false, true);
  World w = stalled();
  w.happens(LocalDescriptionReady{w.peer(), of_offer, our_sdp});
  w.pass(600ms);
  if (speaks) w.happens(says(w, Candidates{{candidate(1)}, 1}));
  const auto after = w.pass(200ms);
  CHECK(only<OpenSocket>(after).size() == (speaks ? 0 : 1));
}

TEST_CASE("without a socket nothing is offered; when it opens, at once, and nothing of before") {
  World w = flowing();
  w.happens(SocketClosed{SocketKey{chat}, 1006, 500ms});
  w.happens(MediaFlowChanged{w.peer(), false});
  CHECK(restarts(w.effects).empty());
  w.pass(500ms);
  w.happens(SocketOpened{SocketKey{chat}});
  CHECK(restarts(w.effects).size() == 1);
  CHECK(w.phase() == "Reconnecting");
}

TEST_CASE("the browser is back on a network: sockets and restarts wait for nothing") {
  World w = stalled();
  answered(w);
  w.happens(SocketClosed{SocketKey{}, 1006, 500ms});
  w.happens(NetworkChanged{true});
  CHECK(only<OpenSocket>(w.effects) == std::vector{OpenSocket{SocketKey{}}});
  CHECK(restarts(w.effects).size() == 1);
  World calm = flowing();
  calm.happens(NetworkChanged{true});
  CHECK(restarts(calm.effects).size() == 1);
  CHECK(calm.phase() == "Active");
  CHECK(calm.happens(NetworkChanged{false}).empty());
}

TEST_CASE("accepted and no path after 15 s: restarted, and given up at 30 s") {
  World w;
  w.ringing_out().answered();
  CHECK(restarts(w.pass(14900ms)).empty());
  CHECK(restarts(w.pass(200ms)).size() == 1);
  w.pass(14900ms);
  CHECK(w.reason() == EndReason::connection_failed);
}

TEST_CASE("with an old peer nothing is sent, and a failure is the end") {
  World w;
  w.rung_by_old().accepted().connected();
  w.happens(MediaFlowChanged{w.peer(), true});
  CHECK(w.happens(MediaFlowChanged{w.peer(), false}).empty());
  CHECK(w.phase() == "Active");
  state(w, ConnectionState::disconnected);
  CHECK(w.phase() == "Reconnecting");
  CHECK(only<SendMessage>(w.pass(9900ms)).empty());
  w.pass(200ms);
  CHECK(w.reason() == EndReason::connection_failed);
  World failed;
  failed.rung_by_old().accepted().connected();
  state(failed, ConnectionState::failed);
  CHECK(failed.reason() == EndReason::connection_failed);
}

TEST_CASE("other credentials for the relay: a path is looked for again, once the other side can hear of it") {
  World w;
  w.ringing_out();
  CHECK(w.happens(RelayRenewed{w.peer()}).empty());
  w.answered();
  const Negotiation& negotiation = w.call().links.front().negotiation;
  CHECK(negotiation.step == NegotiationStep::making);
  CHECK(negotiation.restarts);
  World calm = flowing();
  CHECK(calm.happens(RelayRenewed{calm.peer()}).empty());
}

TEST_CASE("other credentials before the first path: the callee lets the caller offer, and offers itself after 2 s") {
  World w;
  w.rung().accepted();
  CHECK(w.phase() == "Connecting");
  CHECK(restarts(w.happens(RelayRenewed{w.peer()})).empty());
  CHECK(restarts(w.pass(1900ms)).empty());
  CHECK(restarts(w.pass(200ms)) == std::vector{CreateOffer{w.peer(), true, false}});
}

TEST_CASE("other credentials while a path is looked for: the next restart waits for nothing") {
  World w = stalled();
  w.happens(ConnectionChanged{w.peer(), ConnectionState::disconnected, IceState::disconnected});
  answered(w);
  CHECK(restarts(w.pass(1s)).empty());
  w.happens(RelayRenewed{w.peer()});
  CHECK(restarts(w.effects) == std::vector{CreateOffer{w.peer(), true, false}});
}

TEST_CASE("a browser that is slow to answer is waited for: a restart in between would lose the answer") {
  World w;
  w.rung();
  w.happens(AcceptRequested{true});
  CHECK(only<CreateOffer>(w.pass(20s)).empty());
  w.happens(RemoteDescriptionApplied{w.peer()});
  CHECK(only<CreateAnswer>(w.effects).size() == 1);
  w.happens(LocalDescriptionReady{w.peer(), of_answer, our_sdp});
  CHECK(sent<Answer>(w.effects).size() == 1);
  CHECK(only<CreateOffer>(w.effects).empty());
  CHECK(only<CreateOffer>(w.pass(3900ms)).empty());
  CHECK(only<CreateOffer>(w.pass(100ms)).size() == 1);
}
