#include "world.hpp"

using namespace odnix::scenario;

namespace {

TabMessage about(TabNews news, const World& w) {
  const Call& call = w.call();
  return {news, call.id, call.chat, call.user, call.session};
}

/// A tab that does not hold the right to ring.
World silent_tab() {
  World w;
  w.state.may_ring = false;
  return w;
}

}  // namespace

TEST_CASE("a page asks for the right to ring and who is busy") {
  World w;
  w.happens(PageOpened{Self{w.state.self}});
  CHECK(only<RequestRingRight>(w.effects).size() == 1);
  CHECK(w.told == std::vector{TabMessage{TabNews::hello, {}, {}, {}, 0}});
}

TEST_CASE("only the tab with the right makes the sound; when that tab goes the next one takes over") {
  World w = silent_tab();
  w.happens(from_v2(offer()));
  CHECK(w.phase() == "InRinging");
  CHECK(only<PlayTone>(w.effects).empty());
  CHECK(w.happens(RingRightGranted{}) == Effects{PlayTone{Tone::ringtone}});
  CHECK(w.happens(RingRightGranted{}).empty());
}

TEST_CASE("a muted ring stays muted when the right to ring comes") {
  World w = silent_tab();
  w.rung();
  w.happens(RingMuted{});
  CHECK(w.happens(RingRightGranted{}).empty());
}

TEST_CASE("accepting, declining and muting are told to the other tabs") {
  World w;
  w.rung();
  SECTION("accept, and that a call runs here") {
    const TabMessage news = about(TabNews::accepted, w);
    w.happens(AcceptRequested{true});
    CHECK(w.told == std::vector{news, about(TabNews::busy, w)});
    w.happens(HangUpRequested{});
    CHECK(w.told == std::vector{TabMessage{TabNews::free, {}, {}, {}, 0}});
  }
  SECTION("decline") {
    const TabMessage news = about(TabNews::declined, w);
    w.happens(DeclineRequested{});
    CHECK(w.told == std::vector{news});
  }
  SECTION("mute") {
    w.happens(RingMuted{});
    CHECK(w.told == std::vector{about(TabNews::ring_muted, w)});
  }
}

TEST_CASE("what another tab did with the ringing call is done here, without a word to the caller") {
  const bool old = GENERATE(false, true);
  World w;
  if (old) {
    w.rung_by_old();
  } else {
    w.rung();
  }
  const TabNews news = GENERATE(TabNews::accepted, TabNews::declined, TabNews::ring_muted);
  CHECK(w.happens(TabSaid{about(news, w)}) == Effects{StopTone{}});
  CHECK(w.phase() == (news == TabNews::ring_muted ? "InRinging" : "Idle"));
  w.happens(old ? from_old(offer()) : from_v2(offer()));
  CHECK(only<PlayTone>(w.effects).empty());
}

TEST_CASE("the caller's word overtakes that of another tab: what is shown of another device goes with it") {
  World w;
  w.rung();
  const bool accepted = GENERATE(false, true);
  const TabMessage news = about(accepted ? TabNews::accepted : TabNews::declined, w);
  w.happens(from_v2(End{accepted ? EndReason::answered_elsewhere : EndReason::declined_elsewhere}));
  CHECK(w.phase() == "Ended");
  TabMessage other = news;
  other.call = CallId{77, 77};
  w.happens(TabSaid{other});
  CHECK(w.phase() == "Ended");
  CHECK(w.happens(TabSaid{news}).empty());
  CHECK(w.phase() == "Idle");
}

TEST_CASE("an end of another kind stays when a tab speaks of its call") {
  World w;
  w.rung();
  const TabMessage news = about(TabNews::declined, w);
  w.happens(from_v2(End{EndReason::cancelled}));
  w.happens(TabSaid{news});
  CHECK(w.phase() == "Ended");
}

TEST_CASE("news of another call changes nothing here") {
  World w;
  w.rung();
  TabMessage other = about(TabNews::declined, w);
  other.call = CallId{77, 77};
  CHECK(w.happens(TabSaid{other}).empty());
  CHECK(w.phase() == "InRinging");
}

TEST_CASE("while another tab is in a call nothing rings here and no call is started") {
  World w;
  w.happens(TabSaid{TabMessage{TabNews::busy, our_call, chat, bob, 0}});
  CHECK(w.happens(from_v2(offer())).empty());
  w.happens(StartRequested{our_call, true});
  CHECK(only<ReportProblem>(w.effects)[0].code == "busy-elsewhere");
  SECTION("until it is free") { w.happens(TabSaid{TabMessage{TabNews::free, {}, {}, {}, 0}}); }
  SECTION("or has said nothing for so long that it must have crashed") { w.pass(51s); }
  w.happens(from_v2(offer(), their_call, there, bob, 2));
  CHECK(w.phase() == "InRinging");
}

TEST_CASE("a tab in a call answers a new tab's hello, and repeats itself") {
  World w;
  w.in_call();
  w.happens(TabSaid{TabMessage{TabNews::hello, {}, {}, {}, 0}});
  CHECK(w.told == std::vector{about(TabNews::busy, w)});
  w.now = *next_deadline(w.state);
  while (w.told.empty() || w.effects.size() > 0) {
    w.now = *next_deadline(w.state);
    w.happens(TimePassed{});
  }
  CHECK(w.told == std::vector{about(TabNews::busy, w)});
}

TEST_CASE("a page kept for 'back' lets go of its tabs and takes part again when shown") {
  World w;
  w.happens(PageHidden{true});
  CHECK(only<LeaveTabs>(w.effects).size() == 1);
  w.happens(PageShown{});
  CHECK(only<RequestRingRight>(w.effects).size() == 1);
}

TEST_CASE("the caller took another device's answer: this one stops, ringing or already accepted") {
  World w;
  w.rung();
  const auto select = [](EndpointId chosen) { return from_v2(Select{chosen}, their_call, there, bob, 2); };
  SECTION("ringing") { w.happens(select(elsewhere)); }
  SECTION("accepted a moment too late") {
    w.accepted();
    w.happens(select(elsewhere));
    CHECK(only<CloseMedia>(w.effects).size() == 1);
  }
  CHECK(w.reason() == EndReason::answered_elsewhere);
  CHECK(sent<End>(w.effects).empty());
}

TEST_CASE("being chosen changes nothing for the chosen") {
  World w;
  w.rung().accepted();
  CHECK(w.happens(from_v2(Select{here}, their_call, there, bob, 2)).empty());
  CHECK(w.phase() == "Connecting");
}

TEST_CASE("one device declines: the caller tells the others") {
  World w;
  w.ringing_out();
  w.happens(from_v2(End{EndReason::declined}, our_call));
  CHECK(sent<End>(w.effects) == std::vector{End{EndReason::declined_elsewhere}});
  CHECK(w.reason() == EndReason::declined);
}

TEST_CASE("a push from a chat without a socket opens it, asks for the offer, and lets it go when nothing comes") {
  World w;
  const ChatId other{9};
  CHECK(w.happens(CallPushed{other, carol, false, Secret{"Carol"}, {}}) == Effects{OpenSocket{SocketKey{other}}});
  CHECK(w.happens(CallPushed{other, carol, false, Secret{"Carol"}, {}}).empty());
  w.happens(SocketOpened{SocketKey{other}});
  CHECK(sent<Ready>(w.effects).size() == 1);
  SECTION("nothing comes") {
    CHECK(only<CloseSocket>(w.pass(26s)) == std::vector{CloseSocket{SocketKey{other}}});
    CHECK(w.state.sockets.size() == 2);
  }
  SECTION("it rings here, with the name from the push, and the socket stays with the call") {
    MessageReceived ring = from_v2(offer(), their_call, elsewhere, carol);
    ring.chat = other;
    w.happens(ring);
    CHECK(w.phase() == "InRinging");
    CHECK(w.call().name == Secret{"Carol"});
    w.accepted().connected();
    w.pass(120s);
    CHECK(w.state.sockets.size() == 3);
    w.happens(HangUpRequested{});
    w.pass(60s);
    CHECK(w.state.sockets.size() == 2);
  }
}

TEST_CASE("a page that joined while it rings gets an offer at once, but not more often than every 300 ms") {
  World w;
  w.ringing_out();
  const auto ready = [](std::uint32_t seq) { return from_v2(Ready{}, CallId{0xC, 0}, elsewhere, bob, seq); };
  CHECK(sent<Offer>(w.happens(ready(0))).empty());
  w.pass(500ms);
  CHECK(sent<Offer>(w.happens(ready(0))).size() == 1);
  CHECK(sent<Offer>(w.happens(ready(0))).empty());
  CHECK(sent<Offer>(w.pass(1500ms)).size() == 1);
}
