// An end in every standing: of the call that is there, of another, by another device, by an old peer that gives no
// reason.
#include "scenario.hpp"

using namespace odnix::scenario;

namespace {

auto v2(EndReason reason, CallId call = their_call, EndpointId from = there, UserId user = bob) {
  return [=](const World&) -> Event { return from_v2(End{reason}, call, from, user); };
}
auto old(UserId user = bob) {
  return [=](const World&) -> Event { return from_old(End{EndReason::hangup}, user); };
}
template <class E>
auto own(E event) {
  return [=](const World&) -> Event { return event; };
}

}  // namespace

TEST_CASE("ends: nothing to end") {
  play({
      {"of a call nobody knows", idle, v2(EndReason::hangup), "Idle:"},
      {"an old peer's, without a call", idle, old(), "Idle:"},
      {"of a call that is over", over, v2(EndReason::hangup, our_call), "Ended hangup:"},
      {"while our call is prepared nobody can end it", preparing, v2(EndReason::hangup, our_call), "Preparing:"},
      {"an old peer's, while our call is prepared", preparing, old(), "Preparing:"},
  });
}

TEST_CASE("ends: while our call rings out") {
  play({
      {"declined: the other devices are told", calling, v2(EndReason::declined, our_call),
       "Ended declined: send end declined_elsewhere; close peer 2; close media; play ended"},
      {"busy: the busy tone", calling, v2(EndReason::busy, our_call),
       "Ended busy: send end declined_elsewhere; close peer 2; close media; play busy"},
      {"no microphone over there", calling, v2(EndReason::media_failed, our_call),
       "Ended media_failed: send end declined_elsewhere; close peer 2; close media; play ended"},
      {"of another call", calling, v2(EndReason::declined, their_call), "OutRinging:"},
      {"an old peer's bare end is a decline", calling, old(),
       "Ended declined: send end declined_elsewhere; close peer 2; close media; play ended"},
  });
}

TEST_CASE("ends: while a call rings here") {
  play({
      {"cancelled", rung, v2(EndReason::cancelled), "Ended cancelled: close media; stop tone"},
      {"the caller gave up: a missed call", rung, v2(EndReason::timeout), "Ended timeout: close media; stop tone"},
      {"answered on another device", rung, v2(EndReason::answered_elsewhere),
       "Ended answered_elsewhere: close media; stop tone"},
      {"declined on another device", rung, v2(EndReason::declined_elsewhere),
       "Ended declined_elsewhere: close media; stop tone"},
      {"of another call", rung, v2(EndReason::cancelled, our_call), "InRinging:"},
      {"of the same call by a stranger's page", rung, v2(EndReason::cancelled, their_call, elsewhere), "InRinging:"},
      {"an old peer's bare end is a cancel", rung_by_old, old(), "Ended cancelled: close media; stop tone"},
      {"a third person's bare end is none of ours", rung_by_old, old(carol), "InRinging:"},
      {"an old peer's end does not end a v2 call", rung, old(), "InRinging:"},
  });
}

TEST_CASE("ends: in a call") {
  play({
      {"before the path is there", answering, v2(EndReason::hangup),
       "Ended hangup: close peer 2; close media; play ended"},
      {"the caller cancels as we accept", answering, v2(EndReason::cancelled),
       "Ended cancelled: close peer 2; close media; play ended"},
      {"answered elsewhere while we connect", answering, v2(EndReason::answered_elsewhere),
       "Ended answered_elsewhere: close peer 2; close media; play ended"},
      {"connected", talking, v2(EndReason::hangup, our_call), "Ended hangup: close peer 2; close media; play ended"},
      {"connected, as callee", talking_as_callee, v2(EndReason::hangup),
       "Ended hangup: close peer 2; close media; play ended"},
      {"while the path is lost", lost, v2(EndReason::hangup, our_call),
       "Ended hangup: close peer 2; close media; play ended"},
      {"the other side gave the path up", lost, v2(EndReason::connection_failed, our_call),
       "Ended connection_failed: close peer 2; close media; play ended"},
      {"by another device of theirs", talking, v2(EndReason::declined, our_call, elsewhere), "Active:"},
      {"of another call", talking, v2(EndReason::hangup, their_call), "Active:"},
      {"an old peer's, in a v2 call", talking, old(), "Active:"},
      {"an old peer's, in its call", talking_to_old, old(), "Ended hangup: close peer 2; close media; play ended"},
      {"a third person's, in an old peer's call", talking_to_old, old(carol), "Active:"},
  });
}

TEST_CASE("ends: this person's own") {
  play({
      {"nothing to hang up", idle, own(HangUpRequested{}), "Idle:"},
      {"cancelled before anybody knew", preparing, own(HangUpRequested{}),
       "Idle: close peer 2; close media; stop tone"},
      {"cancelled while it rings over there", calling, own(HangUpRequested{}),
       "Ended cancelled: send end cancelled; close peer 2; close media; stop tone"},
      {"declined", rung, own(DeclineRequested{}), "Ended declined: send end declined to B; close media; stop tone"},
      {"declined to an old caller", rung_by_old, own(DeclineRequested{}),
       "Ended declined: send end declined; close media; stop tone"},
      {"hang-up on a ringing call is a decline", rung, own(HangUpRequested{}),
       "Ended declined: send end declined to B; close media; stop tone"},
      {"hung up before the path was there", answering, own(HangUpRequested{}),
       "Ended hangup: send end hangup to B; close peer 2; close media; play ended"},
      {"hung up in a call", talking, own(HangUpRequested{}),
       "Ended hangup: send end hangup to B; close peer 2; close media; play ended"},
      {"hung up in an old peer's call", talking_to_old, own(HangUpRequested{}),
       "Ended hangup: send end hangup; close peer 2; close media; play ended"},
      {"hung up while the path is lost", lost, own(HangUpRequested{}),
       "Ended hangup: send end hangup to B; close peer 2; close media; play ended"},
      {"the notice is put aside", over, own(NoticeDismissed{}), "Idle: stop tone"},
      {"decline where nothing rings", talking, own(DeclineRequested{}), "Active:"},
      {"accept where nothing rings", talking, own(AcceptRequested{true}), "Active:"},
      {"the page goes while it rings here: nothing is said", rung, own(PageHidden{false}), "Idle: stop tone"},
      {"the page goes in a call", talking, own(PageHidden{false}),
       "Idle: send end hangup to B; close peer 2; close media; play ended"},
      {"the page goes while our call rings", calling, own(PageHidden{false}),
       "Idle: send end cancelled; close peer 2; close media; stop tone"},
  });
}

TEST_CASE("ends: a hang-up before its offer keeps the offer from ringing, and no other") {
  World w;
  w.happens(from_v2(End{EndReason::cancelled}));
  CHECK(outcome(w) == "Idle:");
  SECTION("its own offer") {
    w.happens(from_v2(offer()));
    CHECK(outcome(w) == "Idle:");
  }
  SECTION("another call's offer") {
    w.happens(from_v2(offer(), CallId{8, 8}));
    CHECK(w.phase() == "InRinging");
  }
  SECTION("its own offer after a minute: forgotten, but too old to matter") {
    w.pass(61s);
    w.happens(TimePassed{});
    w.happens(from_v2(offer(false, 2, 61s)));
    CHECK(outcome(w) == "Idle:");
  }
}
