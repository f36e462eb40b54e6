#include "world.hpp"

using namespace odnix::scenario;

TEST_CASE("an offer rings, tells a v2 caller so, and opens nothing") {
  World w;
  const Effects effects = w.happens(from_v2(offer()));
  CHECK(effects == Effects{SendMessage{chat, Header{their_call, here, there, 1}, Ringing{}}, SilencePageBanner{},
                           PlayTone{Tone::ringtone}});
  CHECK(w.phase() == "InRinging");
  CHECK(w.call().name == Secret{"Bob"});
}

TEST_CASE("an old caller is rung for without a word that it would not know") {
  World w;
  CHECK(w.happens(from_old(offer())) == Effects{SilencePageBanner{}, PlayTone{Tone::ringtone}});
}

TEST_CASE("repeated offers ring once and are acknowledged to v2 callers") {
  World w;
  SECTION("v2") {
    w.rung();
    w.happens(from_v2(offer(), their_call, there, bob, 2));
    CHECK(only<PlayTone>(w.effects).empty());
    CHECK(sent<Ringing>(w.effects).size() == 1);
  }
  SECTION("old, with more candidates in its description") {
    w.rung_by_old();
    Offer again = offer();
    again.sdp.text += "a=candidate:1\r\n";
    CHECK(w.happens(from_old(again)).empty());
    CHECK(std::get<InRinging>(w.state.phase).offer == again);
  }
}

TEST_CASE("accept opens devices, applies the offer, answers without waiting for the devices") {
  World w;
  w.rung();
  CHECK(w.happens(AcceptRequested{true}) == Effects{StopTone{}, OpenMedia{RequestId{1}, true, true},
                                                    CreatePeer{PeerId{2}, false, true}, OpenChannel{PeerId{2}},
                                                    ApplyRemote{PeerId{2}, DescriptionKind::offer, their_sdp}});
  CHECK(w.happens(RemoteDescriptionApplied{PeerId{2}}) == Effects{CreateAnswer{PeerId{2}}});
  CHECK(sent<Answer>(w.happens(LocalDescriptionReady{PeerId{2}, DescriptionKind::answer, our_sdp})) ==
        std::vector{Answer{our_sdp, {}}});
  CHECK(w.happens(MediaOpened{RequestId{1}, true, true}) == Effects{AttachMedia{PeerId{2}}});
}

TEST_CASE("accept without video, or an audio offer, never asks for the camera") {
  World w;
  SECTION("accept without video") {
    w.rung();
    w.happens(AcceptRequested{false});
  }
  SECTION("audio offer") {
    w.rung(true);
    w.happens(AcceptRequested{true});
  }
  CHECK(only<OpenMedia>(w.effects) == std::vector{OpenMedia{RequestId{1}, true, false}});
}

TEST_CASE("candidates that come while it rings wait for the description") {
  World w;
  w.rung();
  CHECK(w.happens(from_v2(Candidates{{candidate(1)}})).empty());
  CHECK(w.happens(from_v2(Candidates{{candidate(1), candidate(2)}})).empty());
  w.happens(AcceptRequested{false});
  const PeerId peer = w.peer();
  w.happens(RemoteDescriptionApplied{peer});
  CHECK(only<AddCandidates>(w.effects) == std::vector{AddCandidates{peer, {candidate(1), candidate(2)}}});
  CHECK(only<AddCandidates>(w.happens(from_v2(Candidates{{candidate(3)}}))) ==
        std::vector{AddCandidates{peer, {candidate(3)}}});
}

TEST_CASE("candidates before their offer are kept, at most 64 of them") {
  World w;
  for (int i = 0; i < 100; ++i) w.happens(from_v2(Candidates{{candidate(i)}}));
  w.rung();
  CHECK(w.call().links.front().remote.size() == 64);
}

TEST_CASE("a call that was hung up before its offer came never rings") {
  World w;
  w.happens(from_v2(End{EndReason::cancelled}));
  CHECK(w.happens(from_v2(offer())).empty());
  CHECK(w.phase() == "Idle");
}

TEST_CASE("the caller hangs up while it rings: a missed call") {
  World w;
  SECTION("v2") {
    w.rung();
    w.happens(from_v2(End{EndReason::cancelled}));
  }
  SECTION("old") {
    w.rung_by_old();
    w.happens(from_old(End{EndReason::hangup}));
  }
  CHECK(w.reason() == EndReason::cancelled);
  CHECK(only<StopTone>(w.effects).size() == 1);
}

TEST_CASE("decline tells the caller, and late copies of the offer do not ring again: the caller is told once more") {
  World w;
  SECTION("v2") {
    w.rung();
    w.happens(DeclineRequested{});
    CHECK(sent<End>(w.effects) == std::vector{End{EndReason::declined}});
    w.happens(from_v2(offer()));
    CHECK(sent<End>(w.effects) == std::vector{End{EndReason::declined}});
    CHECK(w.effects.size() == 1);
  }
  SECTION("old") {
    w.rung_by_old();
    w.happens(DeclineRequested{});
    CHECK(sent<End>(w.effects) == std::vector{End{EndReason::declined}});
    w.happens(from_old(offer()));
    CHECK(w.effects == Effects{SendMessage{chat, std::nullopt, End{EndReason::declined}}});
  }
  CHECK(w.reason() == EndReason::declined);
}

TEST_CASE("a new call after one decline rings; a third within 20 s is declined by itself; calling back clears it") {
  World w;
  w.rung();
  w.happens(DeclineRequested{});
  w.pass(2s);
  w.happens(from_v2(offer(), CallId{7, 7}));
  CHECK(w.phase() == "InRinging");
  w.happens(DeclineRequested{});
  w.happens(from_v2(offer(), CallId{8, 8}));
  CHECK(w.phase() == "Ended");
  CHECK(sent<End>(w.effects) == std::vector{End{EndReason::declined}});
  SECTION("time heals") {
    w.pass(21s);
    w.happens(from_v2(offer(), CallId{9, 9}));
    CHECK(w.phase() == "InRinging");
  }
  SECTION("calling back heals") {
    w.happens(StartRequested{our_call, false});
    w.happens(HangUpRequested{});
    w.happens(from_v2(offer(), CallId{9, 9}));
    CHECK(w.phase() == "InRinging");
  }
}

TEST_CASE("a v2 caller that falls silent for 20 s is gone; an old one rings for 60 s") {
  World w;
  const TimePoint start = w.now;
  SECTION("v2") {
    w.rung();
    w.pass(25s);
    CHECK(w.phase() == "Ended");
  }
  SECTION("v2 that repeats itself") {
    w.rung();
    for (int i = 0; i < 5; ++i) {
      w.pass(10s);
      w.happens(from_v2(offer()));
    }
    CHECK(w.phase() == "InRinging");
    w.pass(11s);
    CHECK(w.now - start == 61s);
    CHECK(w.reason() == EndReason::timeout);
  }
  SECTION("old") {
    w.rung_by_old();
    w.pass(59s);
    CHECK(w.phase() == "InRinging");
    w.pass(2s);
    CHECK(w.reason() == EndReason::timeout);
  }
}

TEST_CASE("an offer that is too old, or meant for another page, does not ring") {
  World w;
  CHECK(only<PlayTone>(w.happens(from_v2(offer(false, 2, 57s)))).empty());
  CHECK(only<SendMessage>(w.effects).empty());
  MessageReceived other = from_v2(offer());
  other.header->to = elsewhere;
  CHECK(w.happens(other).empty());
  CHECK(w.phase() == "Idle");
}

TEST_CASE("an answer that was lost is said again, once per repeated offer, to v2 callers only") {
  World w;
  SECTION("v2") {
    w.rung().accepted();
    CHECK(sent<Answer>(w.happens(from_v2(offer(), their_call, there, bob, 2))).size() == 1);
  }
  SECTION("old: a second answer would throw over there") {
    w.rung_by_old().accepted();
    CHECK(w.happens(from_old(offer())).empty());
  }
}

TEST_CASE("muting the ring stops the tone and keeps the call") {
  World w;
  w.rung();
  CHECK(w.happens(RingMuted{}) == Effects{StopTone{}});
  CHECK(w.happens(RingMuted{}).empty());
  CHECK(w.phase() == "InRinging");
}

TEST_CASE("a push brings the caller's name, before or after the offer") {
  World w;
  const CallPushed push{chat, bob, false, Secret{"Robert"}, Secret{}};
  SECTION("before") {
    w.happens(push);
    w.rung();
  }
  SECTION("after") {
    w.rung();
    w.happens(push);
  }
  CHECK(w.call().name == Secret{"Robert"});
}

TEST_CASE("a page that goes while it rings declines nothing: the call may be taken elsewhere") {
  World w;
  w.rung();
  w.happens(PageHidden{false});
  CHECK(only<SendMessage>(w.effects).empty());
  CHECK(only<StopTone>(w.effects).size() == 1);
}
