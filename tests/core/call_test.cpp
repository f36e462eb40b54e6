#include "world.hpp"

using namespace odnix::scenario;

TEST_CASE("the call is active when the path is there; v2 peers hear what our devices do") {
  World w;
  w.ringing_out().answered();
  w.happens(ConnectionChanged{w.peer(), ConnectionState::connected, IceState::connected});
  CHECK(w.phase() == "Active");
  CHECK(sent<MediaState>(w.effects) == std::vector{MediaState{true, true, true}});
  CHECK(w.call().connected_at == w.now);
}

TEST_CASE("hang up tells the other side and closes everything") {
  World w;
  w.in_call();
  const PeerId peer = w.peer();
  w.happens(HangUpRequested{});
  CHECK(w.effects == Effects{SendMessage{chat, Header{our_call, here, there, 4}, End{EndReason::hangup}},
                             ClosePeer{peer}, CloseMedia{}, PlayTone{Tone::ended}});
  CHECK(w.reason() == EndReason::hangup);
  w.pass(4s);
  CHECK(w.phase() == "Idle");
}

TEST_CASE("the other side hangs up") {
  World w;
  w.in_call();
  w.pass(61s);
  w.happens(from_v2(End{EndReason::hangup}, our_call));
  CHECK(sent<End>(w.effects).empty());
  const auto& ended = std::get<Ended>(w.state.phase);
  CHECK(ended.by_remote);
  CHECK(ended.talked == Duration{61s});
}

TEST_CASE("another device's end is not about our call") {
  World w;
  w.in_call();
  CHECK(w.happens(from_v2(End{EndReason::declined}, our_call, elsewhere)).empty());
  CHECK(w.phase() == "Active");
}

TEST_CASE("no path within 30 s of accepting ends the call on both sides") {
  World w;
  w.ringing_out().answered();
  const auto effects = w.pass(30s);
  CHECK(w.reason() == EndReason::connection_failed);
  CHECK(sent<End>(effects) == std::vector{End{EndReason::connection_failed}});
}

TEST_CASE("a lost path is told, comes back, or ends the call after 30 s (10 s with an old peer)") {
  World w;
  w.in_call();
  w.happens(ConnectionChanged{w.peer(), ConnectionState::disconnected, IceState::disconnected});
  CHECK(w.phase() == "Reconnecting");
  SECTION("back") {
    w.pass(5s);
    w.happens(ConnectionChanged{w.peer(), ConnectionState::connected, IceState::connected});
    CHECK(w.phase() == "Active");
  }
  SECTION("gone") {
    w.pass(29s);
    CHECK(w.phase() == "Reconnecting");
    w.pass(2s);
    CHECK(w.reason() == EndReason::connection_failed);
  }
  SECTION("failed, on either state") {
    const PeerId old = w.peer();
    const bool newer = GENERATE(false, true);
    w.happens(newer ? ConnectionChanged{old, ConnectionState::failed, IceState::disconnected}
                    : ConnectionChanged{old, ConnectionState::connecting, IceState::failed});
    CHECK(w.phase() == "Reconnecting");
    CHECK(w.peer() != old);
  }
}

TEST_CASE("an old peer's lost path is given up after 10 s") {
  World w;
  w.rung_by_old().accepted().connected();
  w.happens(ConnectionChanged{w.peer(), ConnectionState::disconnected, IceState::disconnected});
  w.pass(11s);
  CHECK(w.reason() == EndReason::connection_failed);
}

TEST_CASE("our candidates go to a v2 peer in batches of 100 ms, to an old one one by one") {
  World w;
  SECTION("v2") {
    w.rung().accepted();
    CHECK(w.happens(CandidateGathered{w.peer(), candidate(1)}).empty());
    CHECK(w.happens(CandidateGathered{w.peer(), candidate(2)}).empty());
    CHECK(sent<Candidates>(w.pass(100ms)) == std::vector{Candidates{{candidate(1), candidate(2)}}});
  }
  SECTION("old") {
    w.rung_by_old().accepted();
    CHECK(sent<Candidates>(w.happens(CandidateGathered{w.peer(), candidate(1)})).size() == 1);
    CHECK(sent<Candidates>(w.happens(CandidateGathered{w.peer(), candidate(1)})).empty());
  }
}

TEST_CASE("a page that goes ends its call; one that is kept closes its sockets and opens them when it is back") {
  World w;
  w.in_call();
  w.happens(PageHidden{true});
  CHECK(sent<End>(w.effects).size() == 1);
  CHECK(only<CloseSocket>(w.effects).size() == 2);
  CHECK(w.phase() == "Idle");
  CHECK(w.happens(from_v2(offer())).empty());
  CHECK(w.happens(StartRequested{CallId{7, 7}, false}).empty());
  CHECK(only<OpenSocket>(w.happens(PageShown{})).size() == 2);
}

TEST_CASE("a second call works after the first, in both directions") {
  World w;
  w.in_call();
  w.happens(HangUpRequested{});
  w.happens(from_v2(offer()));
  CHECK(w.phase() == "InRinging");
  w.accepted().connected();
  w.happens(from_v2(End{EndReason::hangup}));
  w.happens(StartRequested{CallId{7, 7}, false});
  CHECK(w.phase() == "Preparing");
}
